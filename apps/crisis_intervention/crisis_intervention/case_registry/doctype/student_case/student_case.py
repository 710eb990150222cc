import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry import concerns, entry, levels
from crisis_intervention.case_registry.next_steps import level_of, measures_of, next_steps
from crisis_intervention.case_registry.persons import check_persons, follow_withdrawals
from crisis_intervention.case_registry.states import CLOSED_STATES, ENTRY_OPENED, check_move
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.corrections import record_corrections
from crisis_intervention.records.lasting import Lasting

CHANGES = (
	"owner_user",
	"deputy_user",
	"phase",
	"next_review",
	"categories",
	"linked_students",
	"exit_reason",
)
SYSTEM_FIELDS = (
	"student",
	"warning_report",
	"risk_assessment",
	"discovered_at",
	"reported_at",
	"assessed_at",
	"fed_back_at",
	"intervened_at",
	"special_watch",
	"intervention_plan",
	"guardian_suspected",
)


class StudentCase(Lasting, ReadLogged, Document):
	"""One entry of the early-warning registry."""

	def autoname(self):
		self.name = new_code("Student Case", "SC", 6, getdate().year)

	def before_insert(self):
		self.check_origin()

	def validate(self):
		self.keep_system_fields()
		self.keep_owner()
		levels.guard(self)
		self.set_urgency()
		self.start_workflow()
		check_move(self)
		self.check_linked_students()
		self.flags.newly_of_concern = check_persons(self)
		self.keep_people_clean()
		record_corrections(self, CHANGES, reason_needed=False)

	def onload(self):
		super().onload()
		self.set_onload("next_steps", next_steps(self))
		self.set_onload("measures", measures_of(self))
		self.set_onload("level", level_of(self))

	def on_update(self):
		concerns.revoke(self.student, self.flags.newly_of_concern or ())
		follow_withdrawals(self)
		self.move_plan()

	def move_plan(self):
		"""The running plan of measures follows the level and the owner, and ends with the entry (art. 15)."""
		from crisis_intervention.intervention.plans import keep_up

		keep_up(self)

	def check_origin(self):
		"""An entry opens by an assessment, one at a time for a student."""
		if not self.flags.from_assessment:
			frappe.throw(_("A registry entry opens by a submitted assessment."), frappe.PermissionError)
		if entry.open_case_of(self.student):
			frappe.throw(_("This student has an open entry already."))

	def keep_system_fields(self):
		"""What the server stamps is not typed."""
		before = self.get_doc_before_save()
		if before and not self.flags.from_assessment:
			for fieldname in SYSTEM_FIELDS:
				self.set(fieldname, before.get(fieldname))

	def keep_owner(self):
		"""Owner and deputy change by a hand-over that the next person accepts; a deputy may be taken off."""
		before = self.get_doc_before_save()
		if not before or self.flags.from_handover:
			return
		handed = self.owner_user != before.owner_user or (self.deputy_user or None) not in (
			before.deputy_user or None,
			None,
		)
		if handed:
			frappe.throw(
				_("The owner or deputy of a case changes by a hand-over that the next person accepts.")
			)

	def start_workflow(self):
		if not self.workflow_state and not self.meta.get_workflow():
			self.workflow_state = ENTRY_OPENED

	def set_urgency(self):
		"""The clocks follow the level in force; the host fetches them before the level is derived."""
		level = self.current_level
		self.urgency = frappe.get_cached_value("Risk Level", level, "urgency") if level else None

	def check_linked_students(self):
		"""Linked students are others, each once, whatever their role."""
		students = [row.student for row in self.linked_students if row.student]
		if self.student in students:
			frappe.throw(_("The student of the case is not linked to it as another student."))
		if len(students) != len(set(students)):
			frappe.throw(_("A linked student stands in the list once."))

	def keep_people_clean(self):
		"""A person of concern is neither owner nor deputy; the next eligible person is."""
		barred = concerns.users_of_concern(self.student) | self.flags.newly_of_concern
		barred -= self.withdrawn_users()
		if self.deputy_user in barred or self.deputy_user == self.owner_user:
			self.deputy_user = None
		if self.owner_user in barred:
			self.owner_user = self.deputy_user or self.next_owner(barred)
			self.deputy_user = None if self.deputy_user == self.owner_user else self.deputy_user

	def next_owner(self, barred):
		psychologist = frappe.db.get_value("School Class", self.school_class, "psychology_teacher")
		return psychologist if psychologist not in barred else None

	def withdrawn_users(self):
		"""Users whose rows in this case are withdrawn by this very save, and who are named nowhere else."""
		here = {row.user for row in self.persons_of_concern if row.user and not row.withdrawn}
		gone = {row.user for row in self.persons_of_concern if row.user and row.withdrawn}
		return gone - here

	def is_open(self):
		"""Whether the entry is in the registry."""
		return self.workflow_state not in CLOSED_STATES

	@frappe.whitelist(methods=["POST"])
	def change_level(self, level: str, reason: str) -> str:
		"""Decide another level with a reason; lowering waits for a second person.

		:returns: `In Force`, `Proposed`, or an empty text when the level stays
		"""
		case = self.stored("write")
		state = levels.record_change(case, level, reason, frappe.session.user)
		case.save()
		return state

	@frappe.whitelist(methods=["POST"])
	def second_level_change(self, row: str, agrees: int, reason: str) -> str:
		"""Confirm or refuse a proposed lowering as the second person.

		:param row: name of the row in the history
		:returns: the level in force afterwards
		"""
		case = self.stored("read")
		levels.second(case, row, bool(int(agrees)), reason)
		# A second person may confirm without the right to write the rest of the case.
		case.save(ignore_permissions=True)
		return case.current_level

	def stored(self, ptype):
		"""Return the case as it is stored, never as a client sent it, after a permission check."""
		case = frappe.get_doc("Student Case", self.name)
		case.check_permission(ptype)
		if not case.is_open():
			frappe.throw(_("This entry was left."))
		return case
