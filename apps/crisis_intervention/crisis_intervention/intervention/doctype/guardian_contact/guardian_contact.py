import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry.concerns import is_of_concern
from crisis_intervention.case_registry.earlies import note_intervention
from crisis_intervention.case_registry.entry import open_case_of
from crisis_intervention.intervention.guardians import CONTACT_FIELDS, refusal
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.lines import added_lines
from crisis_intervention.records.times import moment, refuse_future

NOT_REACHED, REACHED, REFUSED = "Not Reached", "Reached", "Refused"
RECORDED = (
	"contact_person",
	"outcome",
	"told",
	"guardian_said",
	"agreed",
	"refusal",
	"asked_to_come",
	"warning_report",
)
STAMPS = ("student_case", "contacted_by", "entered_at")


class GuardianContact(Lasting, ReadLogged, Document):
	"""A contact with a guardian: attempts, outcome, what was said."""

	def autoname(self):
		self.name = new_code("Guardian Contact", "GC", 6, getdate().year)

	def before_insert(self):
		self.check_caller()
		self.start()

	def validate(self):
		self.keep_student()
		self.keep_stamps()
		self.check_person()
		self.check_report()
		self.add_attempts()
		self.check_outcome()
		self.note_changes()

	def after_insert(self):
		note_intervention(self.student_case, self.first_attempt_at)

	def check_caller(self):
		if is_of_concern(frappe.session.user, self.student):
			frappe.throw(_("You cannot contact this student's family."), frappe.PermissionError)

	def start(self):
		self.contacted_by, self.entered_at = frappe.session.user, now_datetime()
		self.student_case = open_case_of(self.student) or None
		self.set("corrections", [])

	def keep_stamps(self):
		before = self.get_doc_before_save()
		for fieldname in STAMPS if before else ():
			self.set(fieldname, before.get(fieldname))

	def check_person(self):
		"""The person stands on the roster, may be contacted, and is kept as named then."""
		before = self.get_doc_before_save()
		if before and before.contact_person == self.contact_person:
			self.person_name, self.relation = before.person_name, before.relation
			return
		filters = {"name": self.contact_person, "parent": self.student, "parenttype": "Student Profile"}
		row = frappe.db.get_value("Student Contact Person", filters, CONTACT_FIELDS, as_dict=True)
		if not row:
			frappe.throw(_("Choose one of the student's contact persons."))
		why = refusal(self.student, row)
		if why:
			frappe.throw(why, title=_("Not this person"))
		self.person_name, self.relation = row.person_name, row.relation

	def check_report(self):
		if not self.warning_report:
			return
		student = frappe.db.get_value("Warning Report", self.warning_report, "student")
		if student != self.student:
			frappe.throw(_("This report is about another student."))

	def add_attempts(self):
		"""Attempts are only added; event time and entry time are both kept."""
		for row in added_lines(self, "attempts"):
			row.attempted_at = moment(row.attempted_at)
			refuse_future(row.attempted_at, _("When"))
			row.entered_by, row.entered_at = frappe.session.user, now_datetime()
		times = [get_datetime(row.attempted_at) for row in self.attempts]
		reached = [get_datetime(row.attempted_at) for row in self.attempts if cint(row.reached)]
		self.first_attempt_at = min(times) if times else None
		self.reached_at = min(reached) if reached else None

	def check_outcome(self):
		"""The outcome is what the attempts say; a refusal is an outcome and needs an answer."""
		if not self.attempts:
			frappe.throw(_("Enter at least one attempt."))
		if self.outcome == NOT_REACHED and self.reached_at:
			frappe.throw(_("An attempt says that the person was reached. Correct the outcome."))
		if self.outcome in (REACHED, REFUSED):
			self.check_what_was_said()

	def check_what_was_said(self):
		if not self.reached_at:
			frappe.throw(_("Mark the attempt by which the person was reached."))
		if not (self.told or "").strip():
			frappe.throw(_("Write what you told the guardian."))
		if self.outcome == REFUSED and not (self.refusal or "").strip():
			frappe.throw(_("Write what was refused and what is done now."))

	def note_changes(self):
		"""Until the person is reached the record goes on; afterwards a change is a correction."""
		before = self.get_doc_before_save()
		record_corrections(self, RECORDED, reason_needed=bool(before and before.outcome != NOT_REACHED))
