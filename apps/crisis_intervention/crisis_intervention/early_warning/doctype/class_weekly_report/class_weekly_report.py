import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from crisis_intervention.early_warning.periodic.people import classes_of_teacher
from crisis_intervention.early_warning.periodic.report import check_classmates
from crisis_intervention.early_warning.periodic.weekly import WeeklyReport
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.times import moment


class ClassWeeklyReport(WeeklyReport, Document):
	"""The weekly report of a class teacher to the team leader (art. 12)."""

	def autoname(self):
		self.name = new_code("Class Weekly Report", "CW", 6, getdate().year)

	def before_insert(self):
		self.stamp()

	def validate(self):
		if self.is_new():
			self.file()
		else:
			self.keep_filing()
		check_classmates(self, "entries")
		self.check_says_something()
		self.keep_lines()
		self.count_students()

	def on_update(self):
		self.refer_students()

	def file(self):
		"""A class teacher, or who stands in, files once per class and week."""
		own = classes_of_teacher(frappe.session.user, self.doctype)
		if not self.school_class and len(own) == 1:
			self.school_class = own[0]
		self.refuse_other(own, _("Only the class teacher or who stands in reports on this class."))
		self.set_period(self.period_start)
		self.refuse_double()

	def keep_line(self, row, former):
		"""A referral, once made, stands; it may be made later."""
		super().keep_line(row, former)
		row.warning_report = former.warning_report if former else None
		row.refer = int(bool(cint(row.refer) or row.warning_report))

	def count_students(self):
		super().count_students()
		self.referred = sum(cint(row.refer) for row in self.entries)

	def refer_students(self):
		"""The teacher decides by a tick; the warning report starts its clocks at once (art. 12 and 13)."""
		for row in self.entries:
			if row.refer and not row.warning_report:
				row.db_set("warning_report", self.warn_of(row), update_modified=False)

	def warn_of(self, row):
		"""File the warning report of a line, in the name of who writes it.

		:param row: line with `refer`
		:returns: code of the Warning Report
		"""
		report = {
			"doctype": "Warning Report",
			"student": row.student,
			"description": row.change,
			"event_time": moment(row.event_date),
		}
		return frappe.get_doc(report).insert().name
