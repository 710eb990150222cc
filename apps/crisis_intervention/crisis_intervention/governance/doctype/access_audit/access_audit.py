import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.governance.periods import check_period, within
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting


class AccessAudit(Lasting, Document):
	"""The yearly audit of who read cases and how access was opened (art. 24.6)."""

	def autoname(self):
		self.name = new_code("Access Audit", "AA", 6, getdate().year)

	def before_insert(self):
		self.reviewed_by = frappe.session.user

	def validate(self):
		check_period(self)
		if self.from_date and self.to_date:
			self.count()

	def count(self):
		"""Numbers come from the logs, not from the form."""
		read = {"read_at": within(self)}
		self.readings = frappe.db.count("Case Read Log", read)
		readers = frappe.get_all("Case Read Log", read, pluck="user", distinct=True, order_by="user asc")
		self.readers = len(readers)
		self.administrator_readings = frappe.db.count("Case Read Log", {**read, "user": "Administrator"})
		asked = {"requested_at": within(self)}
		self.grants = frappe.db.count("Access Grant", asked)
		self.emergencies = frappe.db.count("Access Grant", {**asked, "break_glass": 1})
		self.changes = frappe.db.count("Access Change", {**asked, "state": "Approved"})
