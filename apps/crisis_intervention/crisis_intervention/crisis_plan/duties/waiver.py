"""Waiving: one person asks with a reason, a second one decides."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.fulfilment import close_assignment
from crisis_intervention.crisis_plan.duties.joining import reopen_taken_over_by
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED, WAIVED

DECIDERS = ("Crisis Team Leader", "School Leader")
SHORTEST_REASON = 5


def request_waiver(duty: Any, user: str, reason: str) -> None:
	"""Ask for a duty to be waived.

	:param reason: why it need not be met; kept on the duty, never sent
	:raises frappe.ValidationError: for a closed duty or a missing reason
	"""
	_refuse_closed(duty)
	if len((reason or "").strip()) < SHORTEST_REASON:
		frappe.throw(_("Write the reason for the waiver."))
	if user != duty.responsible and not _may_decide(user):
		frappe.throw(_("Only the responsible person can ask for a waiver."), frappe.PermissionError)
	ledger.change(duty.name, waiver_requested_by=user, waiver_reason=reason.strip())
	ledger.log(duty, "Waiver Requested", by_user=user)


def approve_waiver(duty: Any, user: str) -> None:
	"""Waive a duty that somebody else asked to be waived.

	:raises frappe.PermissionError: for whoever asked himself, is the responsible person, or decides nothing
	"""
	_refuse_closed(duty)
	if not duty.waiver_requested_by:
		frappe.throw(_("Nobody asked for a waiver of this duty."))
	if user in (duty.waiver_requested_by, duty.responsible):
		frappe.throw(_("A second person has to decide on the waiver."), frappe.PermissionError)
	if not _may_decide(user):
		frappe.throw(_("The team leader or the school leader decides on a waiver."), frappe.PermissionError)
	ledger.change(duty.name, state=WAIVED, waived_by=user, next_step_at=None)
	line = ledger.log(duty, "Waived", by_user=user)
	close_assignment(duty, now_datetime(), line.name)
	reopen_taken_over_by(duty.name)


def may_approve(duty: Any, user: str) -> bool:
	"""Say whether a user is a second person who may decide on the waiver of a duty."""
	return user not in (duty.waiver_requested_by, duty.responsible) and _may_decide(user)


def _may_decide(user: str) -> bool:
	return bool(set(DECIDERS) & set(frappe.get_roles(user)))


def _refuse_closed(duty: Any) -> None:
	if duty.state not in UNFULFILLED:
		frappe.throw(_("This duty is closed."))
