import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.access.roles import roles_of
from crisis_intervention.access.roster import KEEPERS
from crisis_intervention.early_warning.monitors import check_monitors, has_monitor
from crisis_intervention.records.codes import new_code

# A class teacher chooses the monitors (art. 9); who teaches a class is not his to say.
KEPT = ("title", "grade", "year", "enabled", "class_teacher", "psychology_teacher")


class SchoolClass(Document):
	"""A class with the people who look after it."""

	def autoname(self):
		self.name = new_code("School Class", "CL", 5)

	def validate(self):
		check_monitors(self)
		self.has_monitor = int(has_monitor(self))
		self.check_who_changes()

	def check_who_changes(self):
		before, user = self.get_doc_before_save(), frappe.session.user
		if not before or user == "Administrator" or KEEPERS & roles_of(user):
			return
		if any((self.get(name) or "") != (before.get(name) or "") for name in KEPT):
			frappe.throw(
				_("A class teacher appoints the monitors. The office sets name, grade and teachers."),
				frappe.PermissionError,
			)
