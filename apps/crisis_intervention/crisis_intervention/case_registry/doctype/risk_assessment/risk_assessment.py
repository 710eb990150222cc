import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry import entry
from crisis_intervention.case_registry.concerns import is_of_concern
from crisis_intervention.crisis_plan.duties.acknowledgement import answer_document
from crisis_intervention.crisis_plan.duties.ending import end_without_entry
from crisis_intervention.early_warning.events import answered_by
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.times import moment, refuse_future

NOT_A_PERSON = ("Administrator", "Guest")
# What was decided stays, whatever fields a site lets change after submission.
DECIDED = (
	"student",
	"student_case",
	"warning_report",
	"assessed_by",
	"assessed_at",
	"level",
	"level_reasons",
	"immediate_measures",
	"next_review",
	"confidentiality_told",
	"confidentiality_note",
	"amended_from",
)


class RiskAssessment(Lasting, ReadLogged, Document):
	"""The assessment of a student, with a level that a named person decides."""

	def autoname(self):
		self.name = new_code("Risk Assessment", "RA", 6, getdate().year)

	def validate(self):
		self.name_assessor()
		self.check_times()
		self.check_report()
		self.check_amendment()

	def before_submit(self):
		self.check_person()
		self.check_decision()

	def on_submit(self):
		self.enter_registry()
		self.answer_report()

	def before_update_after_submit(self):
		self.keep_decision()

	def before_cancel(self):
		self.keep_decision()
		if not (self.correction_reason or "").strip():
			frappe.throw(_("Say why this assessment is corrected before you cancel it."))

	def keep_decision(self):
		"""A submitted decision is corrected by an amendment with a reason, never rewritten."""
		if any(self.has_value_changed(fieldname) for fieldname in DECIDED):
			frappe.throw(_("A submitted assessment stays as it is. Cancel it with a reason and amend it."))

	def name_assessor(self):
		"""The assessor is whoever writes it down, not whom the client names."""
		before = self.get_doc_before_save()
		self.assessed_by = (before.assessed_by if before else None) or frappe.session.user
		if not before:
			self.student_case = None

	def check_times(self):
		self.assessed_at = moment(self.assessed_at)
		refuse_future(self.assessed_at, _("Assessed at"))
		if self.next_review and getdate(self.next_review) < getdate(self.assessed_at):
			frappe.throw(_("The next review lies before the assessment."))

	def check_report(self):
		"""The report is about the same student and lies before the assessment."""
		if not self.warning_report:
			return
		report = frappe.db.get_value(
			"Warning Report", self.warning_report, ["student", "event_time"], as_dict=True
		)
		if report and report.student != self.student:
			frappe.throw(_("This report is about another student."))
		if report and get_datetime(self.assessed_at) < report.event_time:
			frappe.throw(_("The assessment lies before the event of the report."))

	def check_amendment(self):
		if self.amended_from and not (self.correction_reason or "").strip():
			frappe.throw(_("Say why you correct the former assessment."))

	def check_person(self):
		"""A level is set by a named person who is not a person of concern; no machine submits one."""
		user = frappe.session.user
		if user in NOT_A_PERSON or self.assessed_by != user:
			frappe.throw(_("The person who assessed decides the level and submits."), frappe.PermissionError)
		if is_of_concern(user, self.student):
			frappe.throw(_("You cannot assess this student."), frappe.PermissionError)

	def check_decision(self):
		if not self.level:
			frappe.throw(_("Decide a level."))
		if not (self.level_reasons or "").strip():
			frappe.throw(_("A level needs written reasons."))
		branch, enabled = frappe.db.get_value("Risk Level", self.level, ["branch", "enabled"]) or (None, 0)
		if not enabled:
			frappe.throw(_("This level is not in use."))
		if branch == "24-Hour Watch" and not (self.immediate_measures or "").strip():
			frappe.throw(_("Write which measures were taken at once: this level asks for a watch."))

	def enter_registry(self):
		code = entry.enter(self)
		if code:
			self.db_set("student_case", code)

	def answer_report(self):
		"""The reports of the event learn of it without passing through the workflow of the persons."""
		answer = {"status": "Assessed", "risk_assessment": self.name, "student_case": self.student_case}
		reports = list(answered_by(self)) if self.warning_report else []
		for report in reports:
			frappe.db.set_value("Warning Report", report, answer, modified_by="Administrator")
			answer_document("Warning Report", report, self, frappe.session.user)
		if not self.student_case:
			end_without_entry("Warning Report", reports, self)
