"""Numbers of the workspace, counted over what the user may read and never cached."""

from typing import Any

import frappe

from crisis_intervention.case_registry.states import CLOSED_STATES, ENTRY_OPENED

UNFULFILLED = ("Open", "Overdue")


@frappe.whitelist()
def my_open_duties(filters: Any = None) -> dict[str, Any]:
	"""Return how many duties wait for the user."""
	return _card("Duty", {"responsible": frappe.session.user, "state": ["in", UNFULFILLED]})


@frappe.whitelist()
def overdue_duties(filters: Any = None) -> dict[str, Any]:
	"""Return how many duties that the user may see are overdue."""
	return _card("Duty", {"state": "Overdue"})


@frappe.whitelist()
def reports_to_acknowledge(filters: Any = None) -> dict[str, Any]:
	"""Return how many reports nobody has acknowledged."""
	return _card("Warning Report", {"status": "New"})


@frappe.whitelist()
def reports_to_assess(filters: Any = None) -> dict[str, Any]:
	"""Return how many reports wait for an assessment (art. 13)."""
	return _card("Warning Report", {"status": ["in", ("New", "Acknowledged")]})


@frappe.whitelist()
def open_cases(filters: Any = None) -> dict[str, Any]:
	"""Return how many entries of the registry are open."""
	return _card("Student Case", {"workflow_state": ["not in", CLOSED_STATES]})


@frappe.whitelist()
def entries_to_confirm(filters: Any = None) -> dict[str, Any]:
	"""Return how many entries the moral education office has not confirmed (art. 24.1)."""
	return _card("Student Case", {"workflow_state": ENTRY_OPENED})


def _card(doctype: str, filters: dict[str, Any]) -> dict[str, Any]:
	frappe.has_permission(doctype, "read", throw=True)
	number = len(frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=0))
	return {
		"value": number,
		"fieldtype": "Int",
		"route": ["List", doctype, "List"],
		"route_options": filters,
	}
