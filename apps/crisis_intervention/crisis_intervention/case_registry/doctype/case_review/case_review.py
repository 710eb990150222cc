import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.under_case import follow_case, keep
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting

RECORDED = ("findings", "decision", "next_steps", "next_review")
STAMPS = ("student_case", "student", "school_class", "current_level", "reviewed_by", "reviewed_at")


class CaseReview(Lasting, ReadLogged, Document):
	"""The review of an open case; level and state have routes of their own."""

	def autoname(self):
		self.name = new_code("Case Review", "CR", 6, getdate().year)

	def before_insert(self):
		case = follow_case(self)
		self.current_level = case.current_level
		self.reviewed_by, self.reviewed_at = frappe.session.user, now_datetime()
		self.set("corrections", [])

	def validate(self):
		keep(self, STAMPS)
		self.check_text()
		record_corrections(self, RECORDED)

	def after_insert(self):
		self.set_next_review()

	def check_text(self):
		if not (self.findings or "").strip():
			frappe.throw(_("Write what happened since the last review."))
		if self.is_new() and self.next_review and getdate(self.next_review) <= getdate(nowdate()):
			frappe.throw(_("The next review lies in the future."))

	def set_next_review(self):
		"""The case is looked at again on the day that the review names."""
		frappe.db.set_value("Student Case", self.student_case, "next_review", self.next_review)
