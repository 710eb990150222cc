"""Which workflow a DocType has, and which of its transitions are open."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.kernel.cache import shared
from frappe.workflow import moves
from frappe.workflow.errors import WorkflowStateError


def get_workflow_name(doctype: str) -> str:
	"""Return the name of the active workflow of a DocType, "" without one."""
	names = shared("workflow_names")
	if doctype not in names:
		names[doctype] = _read_workflow_name(doctype)
	return names[doctype]


def _read_workflow_name(doctype: str) -> str:
	try:
		rows = frappe.db.sql(
			"select `name` from `tabWorkflow` where `document_type` = %s and `is_active` = 1 limit 1", doctype
		)
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		rows = ()
	return rows[0][0] if rows else ""


def get_workflow(doctype: str) -> Any:
	"""Return the active workflow of a DocType; callers must not change it."""
	return frappe.get_cached_doc("Workflow", get_workflow_name(doctype))


def get_workflow_state_field(workflow_name: str) -> str:
	"""Return the field that holds the state."""
	return frappe.get_cached_value("Workflow", workflow_name, "workflow_state_field")


def send_email_alert(workflow_name: str) -> bool:
	"""Tell whether a workflow tells those who may act next by mail."""
	return bool(frappe.get_cached_value("Workflow", workflow_name, "send_email_alert"))


@frappe.whitelist()
def get_transitions(
	doc: Any, workflow: Any = None, raise_exception: bool = False, user: str | None = None
) -> list[dict]:
	"""Return the transitions a user may use on a document now.

	Args:
		doc: the document, or its JSON with doctype and name.
		workflow: the workflow, if known.
		raise_exception: raise without a message when the document has no state.
		user: the current one unless given.

	Raises:
		WorkflowStateError: the document has no state.
		frappe.PermissionError: the user may not read it.
	"""
	doc = as_document(doc)
	if doc.is_new():
		return []
	doc.check_permission("read")
	workflow = workflow or get_workflow(doc.doctype)
	state = doc.get(workflow.workflow_state_field)
	if not state:
		if raise_exception:
			raise WorkflowStateError
		frappe.throw(_("Workflow State not set"), WorkflowStateError)
	found = moves.open_transitions(
		workflow.transitions, state, set(frappe.get_roles(user)), lambda row: is_condition_fulfilled(row, doc)
	)
	return [row.as_dict() for row in found]


def as_document(doc: Any) -> Any:
	"""Return a stored document from itself, from a dict, or from JSON with doctype and name."""
	from frappe.model.document import Document

	if isinstance(doc, Document):
		return doc
	values = frappe.parse_json(doc)
	return frappe.get_doc(values["doctype"], values["name"])


def is_condition_fulfilled(transition: Any, doc: Any) -> bool:
	"""Tell whether a transition's condition, an expression over `doc`, holds."""
	if not transition.condition:
		return True
	return bool(frappe.safe_eval(transition.condition, condition_globals(), {"doc": doc.as_dict()}))


is_transition_condition_satisfied = is_condition_fulfilled


def condition_globals() -> dict[str, Any]:
	"""Return what a condition may use besides `doc`: `frappe.db.get_value`, `get_list`, session and times."""
	utils = frappe.utils
	return {
		"frappe": frappe._dict(
			db=frappe._dict(get_value=frappe.db.get_value, get_list=frappe.db.get_list),
			session=frappe.session,
			utils=frappe._dict(
				now_datetime=utils.now_datetime,
				add_to_date=utils.add_to_date,
				get_datetime=utils.get_datetime,
				now=utils.now,
			),
		)
	}


@frappe.whitelist()
def can_cancel_document(doctype: str) -> bool:
	"""Tell whether "Cancel" may be offered for documents of a DocType with a workflow."""
	workflow = get_workflow(doctype)
	return moves.may_cancel_past_workflow(workflow.states, workflow.transitions)


def get_workflow_field_value(workflow_name: str, field: str) -> Any:
	"""Return a field of a workflow."""
	return frappe.get_cached_value("Workflow", workflow_name, field)
