import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.case_registry import handovers
from crisis_intervention.case_registry.under_case import follow_case
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

KEPT = (
	"student_case",
	"student",
	"school_class",
	"part",
	"to_user",
	"from_user",
	"reason",
	"urgency",
	"proposed_by",
	"proposed_at",
)
ANSWER = ("state", "answer_note", "answered_by", "answered_at", "duties_moved")


class CaseHandover(Lasting, ReadLogged, Document):
	"""The hand-over of a case: proposed, then accepted or declined by the next person."""

	def autoname(self):
		self.name = new_code("Case Handover", "CH", 6, getdate().year)

	def before_insert(self):
		case = follow_case(self)
		handovers.check_proposer(case)
		self.check_proposal(case)
		self.start(case)

	def validate(self):
		self.keep_as_proposed()

	def check_proposal(self, case):
		if self.part not in handovers.FIELD_OF:
			frappe.throw(_("Say whether the owner or the deputy changes."))
		if not (self.reason or "").strip():
			frappe.throw(_("Say why the case is handed over."))
		if not self.to_user:
			frappe.throw(_("Say who takes the case."))
		filters = {"student_case": case.name, "part": self.part, "state": handovers.PROPOSED}
		waiting = frappe.db.get_value("Case Handover", filters, "name")
		if waiting:
			frappe.throw(_("A hand-over waits for its answer already: {0}").format(waiting))
		handovers.check_recipient(case, self.part, self.to_user)

	def start(self, case):
		self.state, self.urgency = handovers.PROPOSED, case.urgency
		self.from_user = case.get(handovers.FIELD_OF[self.part])
		self.proposed_by, self.proposed_at = frappe.session.user, now_datetime()
		self.answer_note = self.answered_by = self.answered_at = None
		self.duties_moved = 0

	def keep_as_proposed(self):
		"""What was proposed stays; the answer comes by its methods only."""
		before = self.get_doc_before_save()
		if not before:
			return
		for fieldname in KEPT:
			self.set(fieldname, before.get(fieldname))
		if self.flags.answered:
			return
		if self.state != before.state:
			frappe.throw(_("Only the person named accepts or declines a hand-over."), frappe.PermissionError)
		for fieldname in ANSWER:
			self.set(fieldname, before.get(fieldname))

	def get_named_person(self):
		"""Return whose answer is awaited, for the duty that asks for it."""
		return self.to_user if self.state == handovers.PROPOSED else None

	@frappe.whitelist(methods=["POST"])
	def accept(self, note: str | None = None) -> int:
		"""Take the case over.

		:returns: number of open duties that moved
		:raises frappe.PermissionError: for anybody but the person named
		"""
		handover = self.waiting()
		handover.check_named_person()
		case = frappe.get_doc("Student Case", handover.student_case)
		if not case.is_open():
			frappe.throw(_("This entry was left."))
		handovers.check_recipient(case, handover.part, handover.to_user)
		handover.duties_moved = handovers.take_over(case, handover.part, handover.to_user)
		handover.write_answer(handovers.ACCEPTED, note)
		return handover.duties_moved

	@frappe.whitelist(methods=["POST"])
	def decline(self, reason: str) -> None:
		"""Decline with a reason; the team leader is asked to name somebody else.

		:raises frappe.PermissionError: for anybody but the person named
		:raises frappe.ValidationError: without a reason
		"""
		handover = self.waiting()
		handover.check_named_person()
		if not (reason or "").strip():
			frappe.throw(_("Say why you cannot take the case."))
		handover.write_answer(handovers.DECLINED, reason)

	@frappe.whitelist(methods=["POST"])
	def withdraw(self, reason: str) -> None:
		"""Take a proposal back, as proposer, team leader or office, with a reason."""
		handover = self.waiting()
		if handover.proposed_by != frappe.session.user:
			handovers.check_proposer(frappe.get_doc("Student Case", handover.student_case))
		if not (reason or "").strip():
			frappe.throw(_("Say why you withdraw the hand-over."))
		handover.write_answer(handovers.WITHDRAWN, reason)

	def waiting(self):
		"""Return the hand-over as stored, when it still waits for its answer."""
		handover = frappe.get_doc("Case Handover", self.name)
		handover.check_permission("read")
		if handover.state != handovers.PROPOSED:
			frappe.throw(_("This hand-over was answered already."))
		return handover

	def check_named_person(self):
		if frappe.session.user != self.to_user:
			frappe.throw(_("Only the person named accepts or declines a hand-over."), frappe.PermissionError)

	def write_answer(self, state, note):
		self.state, self.answer_note = state, (note or "").strip() or None
		self.answered_by, self.answered_at = frappe.session.user, now_datetime()
		self.flags.answered = True
		# Who answers reads the hand-over and changes nothing else of it.
		self.save(ignore_permissions=True)
