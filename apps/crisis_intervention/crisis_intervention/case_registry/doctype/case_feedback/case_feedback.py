import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.recipients import recipients_of_feedback
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting


class CaseFeedback(Lasting, ReadLogged, Document):
	"""The result of an assessment, given back to the team and the class teacher."""

	def autoname(self):
		self.name = new_code("Case Feedback", "CF", 6, getdate().year)

	def before_insert(self):
		self.sent_by, self.sent_at = frappe.session.user, now_datetime()

	def validate(self):
		if self.is_new():
			self.check_assessment()
			self.fill_receipts()
		else:
			self.keep_as_sent()

	def after_insert(self):
		self.stamp_case()

	def check_assessment(self):
		"""Only a decided result is fed back, and it belongs to the case of the assessment."""
		assessment = frappe.db.get_value(
			"Risk Assessment", self.risk_assessment, ["student", "student_case", "docstatus"], as_dict=True
		)
		if not assessment or assessment.docstatus != 1:
			frappe.throw(_("Submit the assessment before you feed it back."))
		self.student, self.student_case = assessment.student, assessment.student_case

	def fill_receipts(self):
		self.set("receipts", [])
		for user in recipients_of_feedback(self.student):
			if user != self.sent_by:
				self.append("receipts", {"user": user})

	def keep_as_sent(self):
		"""What was fed back stays as it was received."""
		before = self.get_doc_before_save()
		if (self.summary or "") != (before.summary or ""):
			frappe.throw(_("What was fed back stays as it was received. Send another feedback."))
		for fieldname in ("risk_assessment", "student_case", "student", "sent_by", "sent_at", "receipts"):
			self.set(fieldname, before.get(fieldname))

	def stamp_case(self):
		"""The fourth early of the case: fed back (art. 10 and 14)."""
		if self.student_case and not frappe.db.get_value("Student Case", self.student_case, "fed_back_at"):
			frappe.db.set_value("Student Case", self.student_case, "fed_back_at", self.sent_at)

	@frappe.whitelist(methods=["POST"])
	def confirm_receipt(self) -> str:
		"""Confirm as a recipient that the feedback was received.

		:returns: moment of the receipt
		:raises frappe.PermissionError: for anybody else
		"""
		row = frappe.db.get_value(
			"Case Feedback Receipt",
			{"parent": self.name, "user": frappe.session.user},
			["name", "received_at"],
			as_dict=True,
		)
		if not row:
			frappe.throw(_("Only a recipient confirms the receipt."), frappe.PermissionError)
		if not row.received_at:
			row.received_at = now_datetime()
			frappe.db.set_value("Case Feedback Receipt", row.name, "received_at", row.received_at)
		return str(row.received_at)
