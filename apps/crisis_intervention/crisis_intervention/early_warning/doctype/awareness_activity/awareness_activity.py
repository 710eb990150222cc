from frappe import _, throw
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.early_warning.awareness import reached_up_to, term_of
from crisis_intervention.records.codes import new_code


class AwarenessActivity(Document):
	"""An activity of mental-health education, and what the term has reached with it (art. 2, 8)."""

	def autoname(self):
		self.name = new_code("Awareness Activity", "AW", 5)

	def validate(self):
		self.check_day()
		self.drop_doubled_classes()
		self.count_classes()

	def check_day(self):
		"""What has not been held yet proves nothing.

		:raises frappe.ValidationError: for a day ahead
		"""
		if self.held_on and getdate(self.held_on) > getdate():
			throw(_("Enter the activity when it has been held."))

	def drop_doubled_classes(self):
		rows = {row.school_class: row for row in self.classes if row.school_class}
		self.set("classes", [] if self.whole_school else list(rows.values()))
		if self.held_on and not self.whole_school and not rows:
			throw(_("Name the classes, or tick that it was for the whole school."))

	def count_classes(self):
		self.term = term_of(self.held_on)
		reached = reached_up_to(self)
		self.classes_covered, self.coverage = reached.classes, reached.percent
