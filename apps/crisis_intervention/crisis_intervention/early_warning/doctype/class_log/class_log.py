import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from crisis_intervention.early_warning.periodic.people import classes_of_teacher
from crisis_intervention.early_warning.periodic.report import PeriodicReport, check_classmates, refuse_filed
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.times import moment, refuse_future

# What was logged; changing it afterwards is a correction and needs a reason. What was done may be added.
LOGGED = ("students", "what", "event_time")
TO_BE_SAID = ("students", "what")


class ClassLog(PeriodicReport, Document):
	"""An abnormal situation of a class, or that a month had none (art. 26)."""

	def autoname(self):
		self.name = new_code("Class Log", "LG", 6, getdate().year)

	def before_insert(self):
		self.stamp()

	def validate(self):
		self.check_time()
		if self.is_new():
			self.file()
		else:
			self.keep_filing()
			self.zero_report = self.get_doc_before_save().zero_report
		check_classmates(self, "students")
		self.check_says_something()
		record_corrections(self, self.corrected())

	def check_time(self):
		self.event_time = moment(self.event_time)
		refuse_future(self.event_time, _("When it happened"))

	def file(self):
		"""The class teacher, or who stands in, logs; the month of the event is the period."""
		own = classes_of_teacher(frappe.session.user, self.doctype)
		if not self.school_class and len(own) == 1:
			self.school_class = own[0]
		self.refuse_other(own, _("Only the class teacher or who stands in reports on this class."))
		self.set_period(self.event_time)
		if cint(self.zero_report):
			refuse_filed(self.doctype, {"school_class": self.school_class, "period": self.period})

	def check_says_something(self):
		"""An entry says what was abnormal, a zero entry says nothing else.

		:raises frappe.ValidationError: for an empty entry, or a zero entry with content
		"""
		said = any(self.get(fieldname) for fieldname in TO_BE_SAID)
		if cint(self.zero_report) and said:
			frappe.throw(_("A month with nothing abnormal names no student. Write a new entry."))
		if not cint(self.zero_report) and not (self.what or "").strip():
			frappe.throw(_("Write what was abnormal, or tick that there was nothing."))

	def corrected(self):
		"""Fields whose change is a correction: writing down later what was done is none."""
		before = self.get_doc_before_save()
		return (*LOGGED, "follow_up") if before and before.follow_up else LOGGED
