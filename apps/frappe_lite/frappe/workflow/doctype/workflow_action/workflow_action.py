"""Open steps of documents under a workflow, one row per document and state, for the roles that may act."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.workflow import moves
from frappe.workflow.lookup import get_workflow, get_workflow_name, is_condition_fulfilled


class WorkflowAction(Document):
	pass


def get_permission_query_conditions(user: str | None = None) -> str:
	"""Return the SQL that limits lists to steps of the user's roles."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	roles = ", ".join(frappe.db.escape(role) for role in frappe.get_roles(user))
	return f"""(`tabWorkflow Action`.`user` = {frappe.db.escape(user)} or `tabWorkflow Action`.`name` in (
		select `parent` from `tabWorkflow Action Permitted Role`
		where `parenttype` = 'Workflow Action' and `role` in ({roles})))"""


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
	"""Tell whether a step concerns the user."""
	user = user or frappe.session.user
	if user == "Administrator" or doc.user == user:
		return True
	roles = set(frappe.get_roles(user))
	return any(row.role in roles for row in doc.permitted_roles)


def process_workflow_actions(doc: Any, method: str) -> None:
	"""Close the open steps of a document and open those of its new state.

	Runs on every document event; returns at once for DocTypes without a workflow.

	Args:
		doc: the document that was saved or deleted.
		method: name of the event.
	"""
	if doc.doctype == "Workflow" or not (name := get_workflow_name(doc.doctype)):
		return
	if method == "on_trash":
		clear_workflow_actions(doc.doctype, doc.name)
		return
	workflow = get_workflow(doc.doctype)
	state = moves.find_state(workflow.states, doc.get(workflow.workflow_state_field))
	if state is None or _is_open(doc, state.state):
		return
	_complete_open(doc, workflow)
	_open_next(doc, workflow, state, name)


def _is_open(doc: Any, state: str) -> bool:
	filters = {
		"reference_doctype": doc.doctype,
		"reference_name": doc.name,
		"workflow_state": state,
		"status": "Open",
	}
	return bool(frappe.db.exists("Workflow Action", filters))


def _complete_open(doc: Any, workflow: Any) -> None:
	roles = set(frappe.get_roles())
	role = next((row.allowed for row in workflow.transitions if row.allowed in roles), None)
	names = frappe.get_all(
		"Workflow Action",
		filters={"reference_doctype": doc.doctype, "reference_name": doc.name, "status": "Open"},
		pluck="name",
	)
	for name in names:
		frappe.db.set_value(
			"Workflow Action",
			name,
			{"status": "Completed", "completed_by": frappe.session.user, "completed_by_role": role},
		)


def _open_next(doc: Any, workflow: Any, state: Any, name: str) -> None:
	rows = [
		row for row in workflow.transitions if row.state == state.state and is_condition_fulfilled(row, doc)
	]
	roles = sorted({row.allowed for row in rows if not _leads_to_optional(workflow, row)})
	if not roles:
		return
	action = frappe.get_doc(
		doctype="Workflow Action",
		reference_doctype=doc.doctype,
		reference_name=doc.name,
		workflow_state=state.state,
		status="Open",
	)
	for role in roles:
		action.append("permitted_roles", {"role": role})
	# Whoever moved the document opens the next step, though he may not write steps himself.
	action.insert(ignore_permissions=True)
	if workflow.send_email_alert and state.send_email:
		frappe.enqueue(
			"frappe.workflow.mail.send_workflow_action_mails",
			queue="short",
			doctype=doc.doctype,
			name=doc.name,
			state=state.state,
			roles=roles,
			enqueue_after_commit=True,
		)


def _leads_to_optional(workflow: Any, transition: Any) -> bool:
	target = moves.find_state(workflow.states, transition.next_state)
	return bool(target and target.is_optional_state)


def clear_workflow_actions(doctype: str, name: str) -> None:
	"""Delete all steps of a document."""
	names = frappe.get_all(
		"Workflow Action", filters={"reference_doctype": doctype, "reference_name": name}, pluck="name"
	)
	if names:
		frappe.db.delete("Workflow Action Permitted Role", {"parent": ("in", names)})
		frappe.db.delete("Workflow Action", {"name": ("in", names)})


@frappe.whitelist()
def get_open_actions() -> list[dict]:
	"""Return the open steps of the current user, newest first: reference_doctype, reference_name,
	workflow_state."""
	fields = ["name", "reference_doctype", "reference_name", "workflow_state", "creation"]
	rows = frappe.get_list(
		"Workflow Action", filters={"status": "Open"}, fields=fields, order_by="creation desc"
	)
	return [row for row in rows if frappe.has_permission(row.reference_doctype, "read", row.reference_name)]
