"""The decisions of a workflow, over plain values: no database, no session.

A transition is a mapping with `state`, `action`, `next_state`, `allowed`, `allow_self_approval`; a state one
with `state` and `doc_status` ("0", "1", "2").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2
ACTION_STATUS = {"submit": SUBMITTED, "update_after_submit": SUBMITTED, "cancel": CANCELLED}
METHODS = {
	(DRAFT, DRAFT): "save",
	(DRAFT, SUBMITTED): "submit",
	(SUBMITTED, SUBMITTED): "save",
	(SUBMITTED, CANCELLED): "cancel",
}


def open_transitions(
	transitions: Iterable[Any], state: str, roles: Collection[str], holds: Callable[[Any], bool]
) -> list[Any]:
	"""Return the transitions that lead out of a state for somebody with these roles.

	Args:
		transitions: all of the workflow.
		state: where the document is.
		roles: of the user.
		holds: tells whether a transition's condition is fulfilled.
	"""
	return [row for row in transitions if row.state == state and row.allowed in roles and holds(row)]


def may_approve(user: str, owner: str | None, transition: Mapping[str, Any]) -> bool:
	"""Tell whether a user may use a transition although, or because, the document is his own."""
	return user == "Administrator" or bool(transition.get("allow_self_approval")) or user != owner


def find_state(states: Iterable[Any], name: str | None) -> Any:
	"""Return the row of a state, None when the workflow has no such state."""
	return next((row for row in states if row.state == name), None)


def docstatus_of(state: Any) -> int:
	"""Return the document status that belongs to a state."""
	return int(state.doc_status or 0)


def method_for(current: int, target: int) -> str | None:
	"""Return save, submit or cancel: how a document gets from one status to the other; None when it
	cannot."""
	return METHODS.get((int(current), int(target)))


def state_for_action(states: Iterable[Any], state: str | None, docstatus: int, action: str) -> str | None:
	"""Return the state that a document takes when it is submitted or cancelled past the workflow's actions.

	Args:
		states: rows of the workflow.
		state: where the document is.
		docstatus: the status it gets.
		action: submit, update_after_submit or cancel.

	Returns None when its state fits already or no state has that status.
	"""
	rows = list(states)
	if any(row.state == state and docstatus_of(row) == int(docstatus) for row in rows):
		return None
	target = ACTION_STATUS.get(action)
	return next((row.state for row in rows if docstatus_of(row) == target), None)


def may_cancel_past_workflow(states: Iterable[Any], transitions: Iterable[Any]) -> bool:
	"""Tell whether "Cancel" may be offered: not when a transition of the workflow leads to a cancelled
	state."""
	cancelled = {row.state for row in states if docstatus_of(row) == CANCELLED}
	return not any(row.next_state in cancelled for row in transitions)


def fault_of_transition(source: Any, target: Any) -> str | None:
	"""Return why a transition between two states cannot be, None when it can.

	Returns one of "from cancelled", "back to draft", "cancel before submit".
	"""
	before, after = docstatus_of(source), docstatus_of(target)
	if before == CANCELLED:
		return "from cancelled"
	if before == SUBMITTED and after == DRAFT:
		return "back to draft"
	if before == DRAFT and after == CANCELLED:
		return "cancel before submit"
	return None
