"""The states of a registry entry and what each move needs, whatever the workflow allows (art. 24.1)."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.case_registry.levels import check_second_person

ENTRY_OPENED, IN_REGISTRY, EXIT_PROPOSED, EXITED = "Entry Opened", "In Registry", "Exit Proposed", "Exited"
CLOSED_STATES = (EXITED, "Closed", "Left")
OFFICE = frozenset(("Moral Education Officer", "School Leader"))
MAY_CONFIRM_EXIT = OFFICE | {"Crisis Team Leader"}

STAMPS = (
	"entry_confirmed_by",
	"entry_confirmed_at",
	"exit_proposed_by",
	"exit_proposed_at",
	"exit_confirmed_by",
	"exit_confirmed_at",
)


def check_move(case: Any) -> None:
	"""Check a change of state and stamp who made it.

	:param case: Student Case that is being saved
	:raises frappe.ValidationError: for an exit without reason or proposal, or a closed entry that opens again
	:raises frappe.PermissionError: when the person may not make the move
	"""
	before = case.get_doc_before_save()
	if not before:
		return
	for fieldname in STAMPS:
		case.set(fieldname, before.get(fieldname))
	former, state = before.workflow_state, case.workflow_state
	if state == former:
		return
	if former in CLOSED_STATES:
		frappe.throw(_("An entry that was left is not opened again; a new assessment opens a new entry."))
	if state in CLOSED_STATES:
		_leave(case, former)
	elif state in MOVES:
		MOVES[state](case, former)


def _into_registry(case: Any, former: str) -> None:
	if former == EXIT_PROPOSED:
		_stay(case)
	else:
		_confirm_entry(case)


def _confirm_entry(case: Any) -> None:
	if case.entry_confirmed_by:
		return
	_need(OFFICE, _("The moral education office confirms the entry."))
	case.entry_confirmed_by, case.entry_confirmed_at = frappe.session.user, now_datetime()


def _stay(case: Any) -> None:
	"""A proposed exit is refused by whoever might have confirmed it, or taken back by who proposed it."""
	if frappe.session.user != case.exit_proposed_by:
		_need(MAY_CONFIRM_EXIT, _("The office, the team leader or the school leader refuses the exit."))
	case.exit_proposed_by = case.exit_proposed_at = case.exit_reason = None


def _propose_exit(case: Any, former: str) -> None:
	if not (case.exit_reason or "").strip():
		frappe.throw(_("Leaving the registry needs a written reason."))
	_refuse_while_watched(case)
	case.exit_proposed_by, case.exit_proposed_at = frappe.session.user, now_datetime()


def _leave(case: Any, former: str) -> None:
	if former != EXIT_PROPOSED or not (case.exit_reason or "").strip():
		frappe.throw(_("Leaving the registry is proposed with a reason and confirmed by a second person."))
	check_second_person(case.exit_proposed_by)
	_refuse_while_watched(case)
	_need(MAY_CONFIRM_EXIT, _("The office, the team leader or the school leader confirms the exit."))
	case.exit_confirmed_by, case.exit_confirmed_at = frappe.session.user, now_datetime()


def _refuse_while_watched(case: Any) -> None:
	from crisis_intervention.intervention.watches import running_watch_of

	if running_watch_of(case.student):
		frappe.throw(_("A special watch is running. Nobody leaves the registry while it runs (art. 18)."))


def _need(roles: frozenset[str], refusal: str) -> None:
	if not roles & set(frappe.get_roles()) or frappe.session.user == "Administrator":
		frappe.throw(refusal, frappe.PermissionError)


MOVES: dict[str, Callable[[Any, str], None]] = {IN_REGISTRY: _into_registry, EXIT_PROPOSED: _propose_exit}
