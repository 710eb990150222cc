import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

FIXED = ("class_barometer", "school_class", "reason", "calm_run", "raised_at", "reviewed_by", "reviewed_at")
NO_FURTHER_STEP = "No Further Step"


class BarometerReview(Lasting, ReadLogged, Document):
	"""What a person decides about an alarming or an always calm barometer (art. 12, 22)."""

	def autoname(self):
		self.name = new_code("Barometer Review", "BR", 6, getdate().year)

	def validate(self):
		if not self.is_new():
			self.keep_cause()
			self.decide()

	def on_update(self):
		self.tell_monitor()

	def keep_cause(self):
		before = self.get_doc_before_save()
		for fieldname in FIXED:
			self.set(fieldname, before.get(fieldname))
		if before.reviewed_at and (self.outcome, self.note) != (before.outcome, before.note):
			frappe.throw(_("What was decided stays."))

	def decide(self):
		"""An outcome is what closes the duty; nothing further is a decision with a reason.

		:raises frappe.ValidationError: for no further step without a word why
		"""
		if not self.outcome or self.reviewed_at:
			return
		if self.outcome == NO_FURTHER_STEP and not (self.note or "").strip():
			frappe.throw(_("Say in a few words why there is no further step."))
		self.reviewed_by, self.reviewed_at = frappe.session.user, now_datetime()

	def tell_monitor(self):
		"""The monitor sees that the barometer was read, not what was decided."""
		if self.reviewed_at and not frappe.db.get_value("Class Barometer", self.class_barometer, "seen_at"):
			frappe.db.set_value(
				"Class Barometer", self.class_barometer, "seen_at", self.reviewed_at, update_modified=False
			)
