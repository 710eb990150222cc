from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest
from frappe.model.workflow import (
	WorkflowPermissionError,
	WorkflowTransitionError,
	apply_workflow,
	bulk_workflow_approval,
	can_cancel_document,
	get_common_transition_actions,
	get_transitions,
	get_workflow_name,
)

from tests.runtime.records import ensure

DOCTYPE = "Flow Request"
STATES = ("Flow Draft", "Flow Waiting", "Flow Approved", "Flow Void")
ACTIONS = ("Flow Send", "Flow Approve", "Flow Annul", "Flow Withdraw")
ROLES = ("Flow Maker", "Flow Boss", "Flow Reader")
RIGHTS = {"read": 1, "write": 1, "create": 1, "submit": 1, "cancel": 1, "amend": 1, "delete": 1}


def transition(state: str, action: str, next_state: str, allowed: str, **values: Any) -> dict[str, Any]:
	return {
		"state": f"Flow {state}",
		"action": f"Flow {action}",
		"next_state": f"Flow {next_state}",
		"allowed": f"Flow {allowed}",
		"allow_self_approval": 1,
		**values,
	}


TRANSITIONS = [
	transition("Draft", "Send", "Waiting", "Maker"),
	transition(
		"Waiting", "Approve", "Approved", "Boss", condition="doc.amount < 1000", allow_self_approval=0
	),
	transition("Waiting", "Withdraw", "Draft", "Maker"),
	transition("Approved", "Annul", "Void", "Boss"),
]


@pytest.fixture
def flow(db: Any) -> Any:
	"""A submittable DocType under a workflow."""
	for doctype, field, names in (
		("Role", "role_name", ROLES),
		("Workflow State", "workflow_state_name", STATES),
		("Workflow Action Master", "workflow_action_name", ACTIONS),
	):
		for name in names:
			ensure(doctype, name, **{field: name})
	ensure(
		"DocType",
		DOCTYPE,
		name=DOCTYPE,
		module="Custom",
		custom=1,
		is_submittable=1,
		autoname="prompt",
		fields=[
			{"fieldname": "title", "fieldtype": "Data", "label": "Title"},
			{"fieldname": "amount", "fieldtype": "Float", "label": "Amount"},
			{"fieldname": "decided", "fieldtype": "Data", "label": "Decided", "allow_on_submit": 1},
		],
		permissions=[{"role": role, **RIGHTS} for role in (*ROLES, "System Manager")],
	)
	return frappe.get_doc(
		doctype="Workflow",
		workflow_name="Flow",
		document_type=DOCTYPE,
		is_active=1,
		workflow_state_field="workflow_state",
		states=[
			{"state": STATES[0], "doc_status": "0", "allow_edit": ROLES[0]},
			{"state": STATES[1], "doc_status": "0", "allow_edit": ROLES[1]},
			{
				"state": STATES[2],
				"doc_status": "1",
				"allow_edit": ROLES[1],
				"update_field": "decided",
				"update_value": "yes",
			},
			{"state": STATES[3], "doc_status": "2", "allow_edit": ROLES[1]},
		],
		transitions=TRANSITIONS,
	).insert()


@pytest.fixture
def maker(flow: Any, make_user: Callable[..., str]) -> str:
	return make_user("Flow Maker")


@pytest.fixture
def boss(flow: Any, make_user: Callable[..., str]) -> str:
	return make_user("Flow Boss")


def make(name: str, **values: Any) -> Any:
	return frappe.get_doc({"doctype": DOCTYPE, "name": name, "amount": 10, **values}).insert()


def waiting(name: str, maker: str, as_user: Any, **values: Any) -> Any:
	with as_user(maker):
		return apply_workflow(make(name, **values), "Flow Send")


def actions(doc: Any) -> list[str]:
	return [row["action"] for row in get_transitions(doc)]


def test_the_state_field_is_created_hidden(flow: Any) -> None:
	field = frappe.get_meta(DOCTYPE).get_field("workflow_state")
	assert (field.fieldtype, field.options, field.hidden, field.allow_on_submit) == (
		"Link",
		"Workflow State",
		1,
		1,
	)
	assert get_workflow_name(DOCTYPE) == "Flow"


def test_a_new_document_starts_in_the_first_state(flow: Any, maker: str, as_user: Any) -> None:
	with as_user(maker):
		doc = make("a")
		assert doc.workflow_state == "Flow Draft"
		assert actions(doc) == ["Flow Send"]


def test_a_later_state_cannot_be_inserted(flow: Any, maker: str, as_user: Any) -> None:
	with as_user(maker), pytest.raises(WorkflowPermissionError):
		make("a", workflow_state="Flow Approved")


def test_a_document_goes_its_way(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	doc = waiting("a", maker, as_user)
	with as_user(boss):
		assert actions(doc) == ["Flow Approve"]
		doc = apply_workflow(doc, "Flow Approve")
		assert (doc.docstatus, doc.workflow_state, doc.decided) == (1, "Flow Approved", "yes")
		doc = apply_workflow(doc, "Flow Annul")
		assert (doc.docstatus, doc.workflow_state) == (2, "Flow Void")
		assert actions(doc) == []
	comments = frappe.get_all(
		"Comment", {"reference_name": "a", "comment_type": "Workflow"}, ["content"], order_by="creation"
	)
	assert [row.content for row in comments] == ["Flow Waiting", "Flow Approved", "Flow Void"]


def test_only_the_role_of_a_transition_may_use_it(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	with as_user(maker):
		doc = make("a")
	with as_user(boss), pytest.raises(WorkflowTransitionError):
		apply_workflow(doc, "Flow Send")
	doc = waiting("b", maker, as_user)
	with as_user(maker), pytest.raises(WorkflowTransitionError):
		apply_workflow(doc, "Flow Approve")


def test_a_condition_closes_a_transition(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	doc = waiting("a", maker, as_user, amount=5000)
	with as_user(boss):
		assert actions(doc) == []
		with pytest.raises(WorkflowTransitionError):
			apply_workflow(doc, "Flow Approve")


def test_what_a_client_sends_along_counts_for_nothing(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	waiting("a", maker, as_user, amount=5000)
	with as_user(boss), pytest.raises(WorkflowTransitionError):
		apply_workflow({"doctype": DOCTYPE, "name": "a", "amount": 1}, "Flow Approve")


def test_nobody_approves_his_own_document_by_action_or_directly(
	flow: Any, make_user: Callable[..., str], as_user: Any
) -> None:
	both = make_user("Flow Maker", "Flow Boss")
	doc = waiting("a", both, as_user)
	with as_user(both):
		with pytest.raises(frappe.ValidationError, match="Self approval"):
			apply_workflow(doc, "Flow Approve")
		doc.reload()
		doc.workflow_state = "Flow Approved"
		doc.docstatus = 1
		with pytest.raises(WorkflowPermissionError):
			doc.save()


def test_a_state_may_be_set_directly_only_along_an_open_transition(
	flow: Any, maker: str, boss: str, as_user: Any
) -> None:
	doc = waiting("a", maker, as_user)
	with as_user(boss):
		doc.workflow_state = "Flow Draft"
		with pytest.raises(WorkflowPermissionError):
			doc.save()
	with as_user(maker):
		doc.reload()
		doc.workflow_state = "Flow Draft"
		doc.save()
		assert frappe.db.get_value(DOCTYPE, "a", "workflow_state") == "Flow Draft"


def test_a_state_of_another_document_status_is_refused(
	flow: Any, maker: str, boss: str, as_user: Any
) -> None:
	doc = waiting("a", maker, as_user)
	with as_user(boss):
		doc.workflow_state = "Flow Approved"
		with pytest.raises(WorkflowPermissionError):
			doc.save()


def test_submitting_past_the_workflow_sets_the_state(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	doc = waiting("a", maker, as_user)
	with as_user(boss):
		doc.submit()
	assert frappe.db.get_value(DOCTYPE, "a", ["docstatus", "workflow_state"]) == (1, "Flow Approved")


def test_cancel_is_left_to_the_workflow(flow: Any) -> None:
	assert not can_cancel_document(DOCTYPE)


def test_steps_wait_for_roles_and_are_completed(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	doc = waiting("a", maker, as_user)
	filters = {"reference_name": "a", "status": "Open"}
	(open_step,) = frappe.get_all("Workflow Action", filters, pluck="name")
	step = frappe.get_doc("Workflow Action", open_step)
	assert (step.workflow_state, sorted(row.role for row in step.permitted_roles)) == (
		"Flow Waiting",
		["Flow Boss", "Flow Maker"],
	)
	with as_user(boss):
		apply_workflow(doc, "Flow Approve")
	step.reload()
	assert (step.status, step.completed_by, step.completed_by_role) == ("Completed", boss, "Flow Boss")


def test_steps_of_other_roles_are_not_listed(
	flow: Any, maker: str, boss: str, make_user: Callable[..., str], as_user: Any
) -> None:
	waiting("a", maker, as_user)
	stranger = make_user("Flow Reader")
	for user, count in ((boss, 1), (stranger, 0)):
		with as_user(user):
			assert len(frappe.get_list("Workflow Action", {"reference_name": "a", "status": "Open"})) == count


def test_several_documents_move_at_once_and_failures_are_told(
	flow: Any, maker: str, boss: str, as_user: Any
) -> None:
	waiting("a", maker, as_user)
	waiting("b", maker, as_user, amount=5000)
	with as_user(boss):
		both = [{"name": "a"}, {"name": "b"}]
		assert get_common_transition_actions(both, DOCTYPE) == []
		assert get_common_transition_actions(both[:1], DOCTYPE) == ["Flow Approve"]
		assert bulk_workflow_approval(["a", "b"], DOCTYPE, "Flow Approve") == ["b"]
	assert frappe.db.get_value(DOCTYPE, "a", "workflow_state") == "Flow Approved"
	assert frappe.db.get_value(DOCTYPE, "b", "workflow_state") == "Flow Waiting"


@pytest.mark.parametrize(
	("values", "message"),
	[
		(transition("Approved", "Send", "Draft", "Boss"), "draft"),
		(transition("Draft", "Annul", "Void", "Boss"), "before submitting"),
		(transition("Void", "Send", "Draft", "Boss"), "Cancelled"),
		(transition("Draft", "Send", "Waiting", "Boss", condition="doc.amount >"), "invalid"),
	],
)
def test_a_workflow_that_cannot_work_is_refused(flow: Any, values: dict[str, Any], message: str) -> None:
	flow.append("transitions", values)
	with pytest.raises(frappe.ValidationError, match=message):
		flow.save()


def test_a_second_active_workflow_replaces_the_first(flow: Any) -> None:
	second = frappe.copy_doc(flow)
	second.workflow_name = "Flow Two"
	second.insert()
	assert frappe.db.get_value("Workflow", "Flow", "is_active") == 0
	assert get_workflow_name(DOCTYPE) == "Flow Two"


def test_those_who_may_act_get_a_neutral_mail(flow: Any, maker: str, boss: str, as_user: Any) -> None:
	from frappe.workflow.mail import send_workflow_action_mails

	doc = waiting("a", maker, as_user, title="Li Ming")
	send_workflow_action_mails(DOCTYPE, doc.name, "Flow Waiting", ["Flow Boss"])
	(name,) = frappe.get_all("Email Queue", {"reference_doctype": DOCTYPE}, pluck="name")
	mail = frappe.get_doc("Email Queue", name)
	assert mail.to == [boss]
	assert "Li Ming" not in mail.message
