import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting


class StudentProfile(Lasting, Document):
	"""A student of the school, as the roster knows him."""

	def autoname(self):
		self.name = new_code("Student Profile", "ST", 7)

	def validate(self):
		self.tidy()
		self.check_contact_persons()

	def on_update(self):
		self.follow_class()

	def tidy(self):
		self.student_name = (self.student_name or "").strip()
		self.student_number = (self.student_number or "").strip()

	def check_contact_persons(self):
		for row in self.get("contact_persons") or []:
			if row.do_not_contact and not (row.do_not_contact_reason or "").strip():
				frappe.throw(_("Row {0}: say why this person must not be contacted.").format(row.idx))

	def follow_class(self):
		"""Open cases follow the student into another class, and with them the class teacher's view."""
		if not self.is_new() and self.has_value_changed("school_class"):
			from crisis_intervention.case_registry.entry import move_to_class

			move_to_class(self.name, self.school_class)
