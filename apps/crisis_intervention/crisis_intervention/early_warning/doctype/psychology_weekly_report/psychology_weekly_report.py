import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from crisis_intervention.crisis_plan.people.context import open_case_of
from crisis_intervention.early_warning.periodic.people import psychologists_reported_by
from crisis_intervention.early_warning.periodic.weekly import WeeklyReport
from crisis_intervention.records.codes import new_code


class PsychologyWeeklyReport(WeeklyReport, Document):
	"""The weekly report of a psychology teacher to the team leader (art. 12)."""

	subject_doctype = "User"
	subject_field = "psychology_teacher"
	line_fields = ("change", "event_date", "done", "next_step")

	def autoname(self):
		self.name = new_code("Psychology Weekly Report", "PW", 6, getdate().year)

	def before_insert(self):
		self.stamp()

	def validate(self):
		if self.is_new():
			self.file()
		else:
			self.keep_filing()
		self.check_says_something()
		self.keep_lines()
		self.count_students()

	def file(self):
		"""Each psychology teacher files once per week; who stands in does so for the absent one."""
		self.psychology_teacher = self.psychology_teacher or frappe.session.user
		allowed = psychologists_reported_by(frappe.session.user, self.doctype)
		self.refuse_other(allowed, _("Only this psychology teacher or who stands in reports on this week."))
		self.set_period(self.period_start)
		self.refuse_double()
		self.count_week()

	def keep_line(self, row, former):
		"""A line knows the student's case of the day on which it was written."""
		super().keep_line(row, former)
		row.student_case = former.student_case if former else open_case_of(row.student) or None

	def keep_filing(self):
		super().keep_filing()
		before = self.get_doc_before_save()
		self.reports_received, self.assessments_made = before.reports_received, before.assessments_made

	def count_week(self):
		"""Numbers of the week as they stand when the report is filed; counts only, no names."""
		week = ["between", [self.period_start, add_days(self.period_end, 1)]]
		self.reports_received = frappe.db.count("Warning Report", {"entry_time": week})
		own = {"assessed_by": self.psychology_teacher, "docstatus": 1, "assessed_at": week}
		self.assessments_made = frappe.db.count("Risk Assessment", own)
