import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.crisis_plan.duties.states import DONE_LATE, OVERDUE
from crisis_intervention.governance.periods import check_period, within
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting


class AccountabilityReview(Lasting, Document):
	"""The look at what the ledger shows as late; whether anybody is asked follows from it, or not."""

	def autoname(self):
		self.name = new_code("Accountability Review", "BR", 6, getdate().year)

	def before_insert(self):
		self.reviewed_by = frappe.session.user

	def validate(self):
		check_period(self)
		if self.from_date and self.to_date:
			self.count()

	def count(self):
		"""Numbers come from the ledger, not from the form."""
		due = {"due_at": within(self)}
		self.duties = frappe.db.count("Duty", due)
		self.done_late = frappe.db.count("Duty", {**due, "state": DONE_LATE})
		self.overdue = frappe.db.count("Duty", {**due, "state": OVERDUE})
		self.proposals = frappe.db.count("Accountability Record", {"creation": within(self)})
