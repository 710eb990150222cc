from __future__ import annotations

from types import SimpleNamespace as Row

import pytest
from frappe.workflow import moves

STATES = [
	Row(state="Draft", doc_status="0"),
	Row(state="Approved", doc_status="1"),
	Row(state="Void", doc_status="2"),
]
TRANSITIONS = [
	Row(state="Draft", action="Approve", next_state="Approved", allowed="Boss", dear=False),
	Row(state="Draft", action="Approve", next_state="Approved", allowed="Chief", dear=True),
	Row(state="Approved", action="Annul", next_state="Void", allowed="Boss", dear=False),
]


@pytest.mark.parametrize(
	("state", "roles", "count"),
	[
		("Draft", {"Boss"}, 1),
		("Draft", {"Boss", "Chief"}, 1),
		("Draft", {"Maker"}, 0),
		("Approved", {"Boss"}, 1),
		("Void", {"Boss"}, 0),
		("Nowhere", {"Boss"}, 0),
	],
)
def test_only_transitions_of_the_state_and_roles_whose_condition_holds_are_open(
	state: str, roles: set[str], count: int
) -> None:
	assert len(moves.open_transitions(TRANSITIONS, state, roles, lambda row: not row.dear)) == count


@pytest.mark.parametrize(
	("user", "owner", "self_approval", "allowed"),
	[
		("a", "b", 0, True),
		("a", "a", 0, False),
		("a", "a", 1, True),
		("Administrator", "Administrator", 0, True),
	],
)
def test_ones_own_document_is_approved_only_where_that_is_allowed(
	user: str, owner: str, self_approval: int, allowed: bool
) -> None:
	assert moves.may_approve(user, owner, {"allow_self_approval": self_approval}) is allowed


@pytest.mark.parametrize(
	("current", "target", "method"),
	[
		(0, 0, "save"),
		(0, 1, "submit"),
		(1, 1, "save"),
		(1, 2, "cancel"),
		(0, 2, None),
		(1, 0, None),
		(2, 0, None),
	],
)
def test_a_move_is_a_save_a_submit_or_a_cancel(current: int, target: int, method: str | None) -> None:
	assert moves.method_for(current, target) == method


@pytest.mark.parametrize(
	("state", "docstatus", "action", "expected"),
	[
		("Draft", 1, "submit", "Approved"),
		("Approved", 1, "submit", None),
		("Approved", 2, "cancel", "Void"),
		("Approved", 1, "update_after_submit", None),
	],
)
def test_a_document_submitted_past_the_workflow_takes_the_state_of_its_status(
	state: str, docstatus: int, action: str, expected: str | None
) -> None:
	assert moves.state_for_action(STATES, state, docstatus, action) == expected


def test_cancel_is_offered_only_where_the_workflow_does_not_do_it() -> None:
	assert not moves.may_cancel_past_workflow(STATES, TRANSITIONS)
	assert moves.may_cancel_past_workflow(STATES, TRANSITIONS[:2])
	assert moves.may_cancel_past_workflow(STATES[:2], TRANSITIONS[:2])


@pytest.mark.parametrize(
	("source", "target", "fault"),
	[
		("Draft", "Approved", None),
		("Approved", "Void", None),
		("Void", "Draft", "from cancelled"),
		("Approved", "Draft", "back to draft"),
		("Draft", "Void", "cancel before submit"),
	],
)
def test_transitions_follow_the_document_status(source: str, target: str, fault: str | None) -> None:
	rows = {row.state: row for row in STATES}
	assert moves.fault_of_transition(rows[source], rows[target]) == fault
