from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.workflow import moves


class Workflow(Document):
	def validate(self):
		self.set_active()
		self.create_custom_field_for_workflow_state()
		self.update_default_workflow_status()
		self.validate_docstatus()
		self.validate_conditions()

	def on_update(self):
		frappe.clear_cache(doctype=self.document_type)

	def after_delete(self):
		frappe.clear_cache(doctype=self.document_type)

	def set_active(self):
		"""A DocType has one active workflow."""
		if self.is_active:
			frappe.db.set_value(
				"Workflow", {"document_type": self.document_type, "name": ("!=", self.name)}, "is_active", 0
			)

	def create_custom_field_for_workflow_state(self):
		"""Add the field that holds the state when the DocType has none."""
		if not self.document_type or frappe.get_meta(self.document_type).get_field(self.workflow_state_field):
			return
		frappe.get_doc(
			doctype="Custom Field",
			dt=self.document_type,
			fieldname=self.workflow_state_field,
			label=self.workflow_state_field.replace("_", " ").title(),
			hidden=1,
			allow_on_submit=1,
			no_copy=1,
			fieldtype="Link",
			options="Workflow State",
		).insert()
		frappe.msgprint(
			_("Created Custom Field {0} in {1}").format(self.workflow_state_field, self.document_type)
		)

	def update_default_workflow_status(self):
		"""Documents without a state get the first one of their document status."""
		known: set[str] = set()
		for row in self.states or ():
			status = str(row.doc_status or "0")
			if status in known:
				continue
			known.add(status)
			frappe.db.set_value(
				self.document_type,
				{self.workflow_state_field: ("is", "not set"), "docstatus": int(status)},
				self.workflow_state_field,
				row.state,
				update_modified=False,
			)

	def validate_docstatus(self):
		"""Transitions join states of the workflow in the directions a document may go."""
		for row in self.transitions or ():
			fault = moves.fault_of_transition(self.get_state(row.state), self.get_state(row.next_state))
			if fault:
				frappe.throw(_fault_text(fault).format(row.idx))

	def validate_conditions(self):
		"""A condition that cannot be read would let nobody pass."""
		for row in self.transitions or ():
			if row.condition and not _is_expression(row.condition):
				frappe.throw(_("The Condition '{0}' is invalid").format(row.condition))

	def get_state(self, name: str) -> Any:
		"""Return the row of a state.

		Raises:
			frappe.ValidationError: the workflow has no such state.
		"""
		state = moves.find_state(self.states or (), name)
		if state is None:
			frappe.throw(_("{0} not a valid State").format(name))
		return state


def _is_expression(text: str) -> bool:
	try:
		compile(text.strip(), "<condition>", "eval")
	except (SyntaxError, ValueError):
		return False
	return True


def _fault_text(fault: str) -> str:
	return {
		"from cancelled": _("Cannot change state of Cancelled Document. Transition row {0}"),
		"back to draft": _("Submitted Document cannot be converted back to draft. Transition row {0}"),
		"cancel before submit": _("Cannot cancel before submitting. See Transition {0}"),
	}[fault]


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: Any) -> list[dict]:
	"""Return how many documents are in each state that the workflow no longer has (needs write permission on
	it).

	Args:
		doctype: of the documents.
		workflow_state_field: the field that holds the state.
		states: the states the workflow still has, a list or its JSON.
	"""
	frappe.has_permission("Workflow", "write", throw=True)
	if not frappe.get_meta(doctype).has_field(workflow_state_field):
		return []
	return frappe.get_all(
		doctype,
		fields=[workflow_state_field, "count(*) as count", "docstatus"],
		filters={workflow_state_field: ["not in", frappe.parse_json(states)]},
		group_by=f"{workflow_state_field}, docstatus",
	)
