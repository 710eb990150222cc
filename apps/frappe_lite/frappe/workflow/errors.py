"""Errors of workflows; clients see them under Frappe's module."""

from __future__ import annotations

from frappe.exceptions import ValidationError


class WorkflowStateError(ValidationError):
	__module__ = "frappe.model.workflow"


class WorkflowTransitionError(ValidationError):
	__module__ = "frappe.model.workflow"


class WorkflowPermissionError(ValidationError):
	__module__ = "frappe.model.workflow"
