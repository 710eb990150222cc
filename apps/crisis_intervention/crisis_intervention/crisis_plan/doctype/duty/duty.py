import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.duties.acknowledgement import is_acknowledged, may_acknowledge
from crisis_intervention.crisis_plan.duties.ledger import neutralise
from crisis_intervention.crisis_plan.duties.reassignment import may_reassign
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.duties.waiver import may_approve
from crisis_intervention.governance.accountability import may_propose, record_for

# Read aloud over the telephone at night: no letter looks or sounds like a digit.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


class Duty(Document):
	"""One obligation of the ledger; only the engine writes it, nobody deletes it."""

	def autoname(self) -> None:
		"""Give an opaque code: it tells neither student nor class nor how many duties there are."""
		self.name = new_code("D")

	def before_insert(self) -> None:
		"""Refuse duties that no rule called."""
		if not self.flags.from_engine:
			frappe.throw(_("A duty arises from a Duty Rule only."), frappe.PermissionError)
		self.link_nonce = frappe.generate_hash(length=16)

	def validate(self) -> None:
		"""Refuse edits: a duty moves by evidence, acknowledgement, waiver or the ladder."""
		if not self.is_new():
			frappe.throw(
				_("A duty cannot be edited. It moves by evidence, acknowledgement or waiver."),
				frappe.PermissionError,
			)
		neutralise(self)

	def onload(self) -> None:
		"""Tell the form what the reader may do."""
		user, unfulfilled = frappe.session.user, self.state in UNFULFILLED
		waits = unfulfilled and bool(self.waiver_requested_by)
		self.set_onload(
			"may_acknowledge", unfulfilled and not is_acknowledged(self) and may_acknowledge(self, user)
		)
		self.set_onload("may_request_waiver", unfulfilled and user == self.responsible)
		self.set_onload("may_approve_waiver", waits and may_approve(self, user))
		self.set_onload("may_reassign", unfulfilled and may_reassign(user))
		self.set_onload("may_propose_accountability", may_propose(self, user))
		self.set_onload("accountability_record", record_for(self.name, user))

	def on_trash(self) -> None:
		"""Refuse deletion."""
		frappe.throw(_("Nothing of the ledger can be deleted."), frappe.PermissionError)


def new_code(prefix: str) -> str:
	"""Return a random code as `D-7KX2M9QA`.

	:param prefix: letters before the hyphen
	"""
	import secrets

	return f"{prefix}-" + "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
