from frappe.model.document import Document

from crisis_intervention.early_warning.monitors import check_monitors, has_monitor
from crisis_intervention.records.codes import new_code


class SchoolClass(Document):
	"""A class with the people who look after it."""

	def autoname(self):
		self.name = new_code("School Class", "CL", 5)

	def validate(self):
		check_monitors(self)
		self.has_monitor = int(has_monitor(self))
