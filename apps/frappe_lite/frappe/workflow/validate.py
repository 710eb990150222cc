"""Checks a document's state whenever it is saved, whoever saves it by whatever way."""

from __future__ import annotations

from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.workflow import moves
from frappe.workflow.errors import WorkflowPermissionError
from frappe.workflow.lookup import get_transitions, get_workflow


def validate_workflow(doc: Any) -> None:
	"""Give a new document the first state, and refuse a change of state that no transition of the user leads
	to.

	Frappe also lets the state be set directly when a transition leads there. It does so here, but never for
	one's own document past the rule of self approval, nor to a state whose document status is another one.

	Raises:
		WorkflowPermissionError: the change is not allowed.
		frappe.ValidationError: the stored state is no state of the workflow.
	"""
	workflow = get_workflow(doc.doctype)
	field = workflow.workflow_state_field
	first = workflow.states[0].state
	before = doc.get_doc_before_save()
	current = (before.get(field) if before else None) or first
	if not doc.get(field):
		doc.set(field, first)
	target = doc.get(field)
	if not moves.find_state(workflow.states, current):
		frappe.throw(
			_("{0} is not a valid Workflow State. Please update your Workflow and try again.").format(
				frappe.bold(current)
			)
		)
	if current != target:
		_check_move(doc, before, workflow, current, target)


def _check_move(doc: Any, before: Any, workflow: Any, current: str, target: str) -> None:
	if not before:
		_refuse(current, target)
	open_rows = [row for row in get_transitions(before, workflow) if row["next_state"] == target]
	if not any(moves.may_approve(frappe.session.user, before.get("owner"), row) for row in open_rows):
		_refuse(current, target)
	state = moves.find_state(workflow.states, target)
	if moves.docstatus_of(state) != int(doc.docstatus):
		_refuse(current, target)


def _refuse(current: str, target: str) -> NoReturn:
	frappe.throw(
		_("Workflow State transition not allowed from {0} to {1}").format(
			frappe.bold(current), frappe.bold(target)
		),
		WorkflowPermissionError,
	)


def set_workflow_state_on_action(doc: Any, workflow_name: str, action: str) -> None:
	"""Give a document that is submitted or cancelled past the workflow's actions the state of its new status.

	Args:
		doc: the document that is being saved.
		workflow_name: of its workflow.
		action: submit, update_after_submit or cancel.
	"""
	workflow = frappe.get_cached_doc("Workflow", workflow_name)
	field = workflow.workflow_state_field
	state = moves.state_for_action(workflow.states, doc.get(field), doc.docstatus, action)
	if state:
		doc.set(field, state)
