import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from crisis_intervention.early_warning.screening import consents, coverage
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

ANSWERS = ("guardian_answer", "student_answer")
STAMPED = ("answered_at", "recorded_by", "withdrawn_at", "withdrawal_recorded_by", "tested")


class ScreeningConsent(Lasting, Document):
	"""Whether guardian and student agree to a screening."""

	def autoname(self):
		self.name = new_code("Screening Consent", "SK", 8)

	def validate(self):
		self.check_key()
		self.set_class()
		self.check_campaign()
		self.keep_stamps()
		self.keep_withdrawal()
		self.stamp()
		self.state = consents.state_of(self.guardian_answer, self.student_answer, self.withdrawn_by)

	def on_update(self):
		self.follow_with_result()
		if not self.flags.skip_counts:
			coverage.refresh(self.campaign)

	def check_key(self):
		if self.is_new() and consents.state_for(self.campaign, self.student):
			frappe.throw(_("This student is in the campaign already."), frappe.UniqueValidationError)

	def set_class(self):
		if self.student and not self.school_class:
			self.school_class = frappe.db.get_value("Student Profile", self.student, "school_class")

	def check_campaign(self):
		"""Consent is asked while the campaign runs; it can be taken back as long as there is a result."""
		status = frappe.db.get_value("Screening Campaign", self.campaign, "status")
		if status == "Draft" or (status == "Closed" and self.answers_changed()):
			frappe.throw(_("This campaign is not open."))

	def answers_changed(self):
		before = self.get_doc_before_save()
		return not before or any(self.get(name) != before.get(name) for name in ANSWERS)

	def keep_stamps(self):
		"""Who recorded what and when is set here and nowhere else."""
		before = self.get_doc_before_save()
		for fieldname in STAMPED:
			self.set(fieldname, before.get(fieldname) if before else None)

	def keep_withdrawal(self):
		before = self.get_doc_before_save()
		if (
			before
			and before.withdrawn_by
			and (self.withdrawn_by != before.withdrawn_by or self.answers_changed())
		):
			frappe.throw(_("A withdrawal stands. The next campaign asks anew."))

	def stamp(self):
		now, user = now_datetime(), frappe.session.user
		before = self.get_doc_before_save()
		answered = any((self.get(name) or consents.WAITING) != consents.WAITING for name in ANSWERS)
		if answered and self.answers_changed():
			self.answered_at, self.recorded_by = now, user
		if self.withdrawn_by and not (before and before.withdrawn_by):
			self.withdrawn_at, self.withdrawal_recorded_by = now, user

	def follow_with_result(self):
		"""Without consent nobody sees or uses a result; nothing is deleted."""
		before = self.get_doc_before_save()
		if not before or before.state != self.state:
			consents.block(self.campaign, self.student, self.state != consents.GIVEN)


def on_doctype_update():
	"""One row for each student of a campaign, whatever way it comes in."""
	frappe.db.add_unique("Screening Consent", ["campaign", "student"])
