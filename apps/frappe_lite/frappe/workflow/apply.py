"""Moves documents along their workflow."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.workflow import moves
from frappe.workflow.errors import WorkflowTransitionError
from frappe.workflow.lookup import as_document, get_transitions, get_workflow

ENQUEUE_FROM = 20


@frappe.whitelist(methods=["POST"])
def apply_workflow(doc: Any, action: str) -> Any:
	"""Use an action on a document: set the state and its further field, save, submit or cancel, and note it.

	Args:
		doc: the document, or its JSON with doctype and name; what is stored counts, not what is sent.
		action: name of a Workflow Action Master.

	Returns the document.

	Raises:
		WorkflowTransitionError: no open transition of the user has this action.
		frappe.ValidationError: it is the user's own document and the transition does not allow that.
	"""
	doc = _stored(doc)
	workflow = get_workflow(doc.doctype)
	transition = _find_transition(doc, workflow, action)
	if not has_approval_access(frappe.session.user, doc, transition):
		frappe.throw(_("Self approval is not allowed"))
	state = moves.find_state(workflow.states, transition["next_state"])
	doc.set(workflow.workflow_state_field, state.state)
	if state.update_field:
		doc.set(state.update_field, state.update_value)
	method = moves.method_for(doc.docstatus, moves.docstatus_of(state))
	if not method:
		frappe.throw(_("Illegal Document Status for {0}").format(state.state))
	getattr(doc, method)()
	doc.add_comment("Workflow", _(state.state))
	return doc


def _stored(doc: Any) -> Any:
	from frappe.model.document import Document

	if isinstance(doc, Document):
		doc.load_from_db()
		return doc
	return as_document(doc)


def _find_transition(doc: Any, workflow: Any, action: str) -> dict:
	for transition in get_transitions(doc, workflow):
		if transition["action"] == action:
			return transition
	return frappe.throw(_("Not a valid Workflow Action"), WorkflowTransitionError)


def has_approval_access(user: str, doc: Any, transition: Any) -> bool:
	"""Tell whether a user may use a transition on a document that may be his own."""
	return moves.may_approve(user, doc.get("owner"), transition)


@frappe.whitelist(methods=["POST"])
def bulk_workflow_approval(docnames: Any, doctype: str, action: str) -> list[str] | None:
	"""Use an action on several documents; what cannot be moved is reported and left as it is.

	Args:
		docnames: names, a list or its JSON.
		doctype: of all of them.
		action: as for `apply_workflow`.

	Returns the names that failed; None when there are so many that a job does it.
	"""
	names = frappe.parse_json(docnames)
	if len(names) < ENQUEUE_FROM:
		return _apply_to_all(names, doctype, action)
	frappe.enqueue(
		"frappe.workflow.apply._apply_to_all", queue="short", names=names, doctype=doctype, action=action
	)
	frappe.msgprint(_("Bulk {0} is enqueued in background.").format(_(action)), alert=True)
	return None


def _apply_to_all(names: list[str], doctype: str, action: str) -> list[str]:
	failed = []
	for number, name in enumerate(names):
		place = f"bulk_workflow_{number}"
		frappe.db.savepoint(place)
		try:
			apply_workflow(frappe.get_doc(doctype, name), action)
		except (frappe.ValidationError, frappe.PermissionError) as error:
			frappe.db.rollback(save_point=place)
			failed.append(name)
			frappe.msgprint(f"{name}: {error}")
	if not failed:
		frappe.msgprint(_("All {0} documents were moved").format(len(names)), alert=True)
	return failed


@frappe.whitelist()
def get_common_transition_actions(docs: Any, doctype: str) -> list[str]:
	"""Return the actions that the user may use on every one of several documents.

	Args:
		docs: documents as dicts with a name, or the JSON of their list.
		doctype: of all of them.
	"""
	common: set[str] | None = None
	for doc in frappe.parse_json(docs):
		full = frappe.get_doc(doctype, doc["name"])
		actions = {
			row["action"]
			for row in get_transitions(full)
			if has_approval_access(frappe.session.user, full, row)
		}
		common = actions if common is None else common & actions
	return sorted(common or ())
