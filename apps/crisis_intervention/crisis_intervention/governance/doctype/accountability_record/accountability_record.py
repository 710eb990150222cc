import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.governance import accountability
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting

PROPOSED, GIVEN, NOT_GIVEN = "Proposed", "Statement Given", "Statement Not Given"
OUTCOME_PROPOSED, DECIDED, WITHDRAWN = "Outcome Proposed", "Decided", "Withdrawn"
NOT_AGREED = "Not Agreed"
MAY_STATE = (PROPOSED, GIVEN, NOT_GIVEN)
SHORTEST_REASON = 5


class AccountabilityRecord(Lasting, ReadLogged, Document):
	"""What the ledger shows as breached, what the person says to it, and what two decide."""

	def autoname(self):
		self.name = new_code("Accountability Record", "AR", 6, getdate().year)

	def before_insert(self):
		self.check_origin()

	def validate(self):
		if not self.is_new() and not self.flags.moving:
			frappe.throw(_("This record moves by a statement and a decision. It is not edited."))

	def onload(self):
		"""Tell the form what the reader may do."""
		super().onload()
		user = frappe.session.user
		decides = accountability.may_decide(self, user)
		self.set_onload("may_state", user == self.person and self.state in MAY_STATE)
		self.set_onload(
			"may_close_statement", decides and self.state == PROPOSED and self.statement_is_late()
		)
		self.set_onload("may_decide", decides and self.state in (GIVEN, NOT_GIVEN))
		may_second = decides and self.state == OUTCOME_PROPOSED
		self.set_onload("may_second", may_second and accountability.completes(self.first_decided_by, user))
		self.set_onload("may_withdraw", decides and self.state not in (DECIDED, WITHDRAWN))

	def apply_fieldlevel_read_permissions(self):
		"""The person concerned does not read what the others consider, even when he has their role."""
		super().apply_fieldlevel_read_permissions()
		if frappe.session.user == self.person:
			self.set("steps", [])

	def check_origin(self):
		"""A proposal comes from a duty of the ledger, made by a person who decides."""
		if not self.flags.from_ledger:
			frappe.throw(
				_("Look at a breached duty and propose it there: this record holds the facts of the ledger."),
				frappe.PermissionError,
			)
		self.state, self.proposed_by = PROPOSED, frappe.session.user
		self.note_step(PROPOSED)

	@frappe.whitelist(methods=["POST"])
	def give_statement(self, statement: str) -> None:
		"""State as the person concerned what happened; the former statement is kept.

		:raises frappe.PermissionError: for anybody else
		"""
		record = self.stored()
		if frappe.session.user != record.person:
			frappe.throw(_("Only the person concerned writes the statement."), frappe.PermissionError)
		if record.state not in MAY_STATE:
			frappe.throw(_("A decision is under way. The statement is closed."))
		if not (statement or "").strip():
			frappe.throw(_("Write the statement first."))
		if record.statement:
			record.note_step(GIVEN, note=record.statement)
		record.statement, record.statement_at = statement.strip(), now_datetime()
		record.move(GIVEN)

	@frappe.whitelist(methods=["POST"])
	def close_statement(self) -> None:
		"""Go on without a statement, after its date has passed."""
		record = self.to_decide(PROPOSED)
		if not record.statement_is_late():
			frappe.throw(
				_("The person still has time for a statement, until {0}.").format(record.statement_due)
			)
		record.move(NOT_GIVEN)

	@frappe.whitelist(methods=["POST"])
	def propose_outcome(self, outcome: str, reason: str) -> None:
		"""Propose an outcome as the first of two.

		:param outcome: an option of the field `outcome`
		"""
		record = self.to_decide(GIVEN, NOT_GIVEN)
		record.check_outcome(outcome, reason)
		record.first_decided_by = frappe.session.user
		record.move(OUTCOME_PROPOSED, outcome=outcome, note=reason.strip())

	@frappe.whitelist(methods=["POST"])
	def second(self, agrees: int, reason: str = "") -> str:
		"""Agree or disagree as the second of two.

		:returns: the state afterwards
		:raises frappe.PermissionError: unless the two are the school leader and another decider
		"""
		record = self.to_decide(OUTCOME_PROPOSED)
		if not accountability.completes(record.first_decided_by, frappe.session.user):
			frappe.throw(
				_("Two decide: the school leader, and the team leader or the moral education office."),
				frappe.PermissionError,
			)
		if int(agrees):
			record.settle()
		else:
			record.reopen(reason)
		return record.state

	@frappe.whitelist(methods=["POST"])
	def withdraw(self, reason: str) -> None:
		"""Withdraw the proposal with a reason."""
		record = self.to_decide(PROPOSED, GIVEN, NOT_GIVEN, OUTCOME_PROPOSED)
		check_reason(reason)
		record.move(WITHDRAWN, note=reason.strip())

	def settle(self):
		proposed = [row for row in self.steps if row.step == OUTCOME_PROPOSED][-1]
		self.outcome, self.outcome_reason = proposed.outcome, proposed.note
		self.second_decided_by, self.decided_at = frappe.session.user, now_datetime()
		self.move(DECIDED, outcome=self.outcome)

	def reopen(self, reason):
		"""Without agreement there is no outcome; the first proposal stays in the steps."""
		check_reason(reason)
		self.first_decided_by = None
		self.note_step(NOT_AGREED, note=reason.strip())
		self.save_as(GIVEN if self.statement else NOT_GIVEN)

	def check_outcome(self, outcome, reason):
		options = (self.meta.get_field("outcome").options or "").split("\n")
		if not outcome or outcome not in options:
			frappe.throw(_("Choose an outcome."))
		check_reason(reason)

	def statement_is_late(self):
		return bool(self.statement_due) and getdate() > getdate(self.statement_due)

	def to_decide(self, *states):
		"""Return the stored record, after checking that the user may decide on it now."""
		record = self.stored()
		if not accountability.may_decide(record, frappe.session.user):
			frappe.throw(_("You do not decide on this record."), frappe.PermissionError)
		if record.state not in states:
			frappe.throw(_("This step is not open now."))
		return record

	def stored(self):
		"""Return the record as it is stored, never as a client sent it, after a permission check."""
		record = frappe.get_doc("Accountability Record", self.name)
		record.check_permission("read")
		return record

	def move(self, state, **step):
		"""Save a step that a method has checked; no role may write a record directly."""
		self.note_step(state, **step)
		self.save_as(state)

	def save_as(self, state):
		self.state = state
		self.flags.moving = True
		self.save(ignore_permissions=True)

	def note_step(self, step, outcome=None, note=None):
		"""The record's own log: the host's history would show the words to every reader."""
		user = frappe.session.user
		row = {"at": now_datetime(), "by_user": user, "step": step, "outcome": outcome, "note": note}
		self.append("steps", row)


def check_reason(reason):
	"""Refuse a step without a written reason."""
	if len((reason or "").strip()) < SHORTEST_REASON:
		frappe.throw(_("Write the reason."))
