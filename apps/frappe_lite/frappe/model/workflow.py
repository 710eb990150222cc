"""Frappe's place for workflows; the logic is in `frappe.workflow`."""

from frappe.workflow.apply import (
	apply_workflow,
	bulk_workflow_approval,
	get_common_transition_actions,
	has_approval_access,
)
from frappe.workflow.errors import WorkflowPermissionError, WorkflowStateError, WorkflowTransitionError
from frappe.workflow.lookup import (
	can_cancel_document,
	get_transitions,
	get_workflow,
	get_workflow_field_value,
	get_workflow_name,
	get_workflow_state_field,
	is_transition_condition_satisfied,
	send_email_alert,
)
from frappe.workflow.validate import set_workflow_state_on_action, validate_workflow

__all__ = [
	"WorkflowPermissionError",
	"WorkflowStateError",
	"WorkflowTransitionError",
	"apply_workflow",
	"bulk_workflow_approval",
	"can_cancel_document",
	"get_common_transition_actions",
	"get_transitions",
	"get_workflow",
	"get_workflow_field_value",
	"get_workflow_name",
	"get_workflow_state_field",
	"has_approval_access",
	"is_transition_condition_satisfied",
	"send_email_alert",
	"set_workflow_state_on_action",
	"validate_workflow",
]
