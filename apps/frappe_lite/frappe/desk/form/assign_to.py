"""Frappe's place for assignments; the logic is in `frappe.automation.assignment`."""

from frappe.automation.assignment import (
	add,
	add_multiple,
	clear,
	close,
	close_all_assignments,
	get,
	notify_assignment,
	remove,
	remove_multiple,
	set_status,
)

__all__ = [
	"add",
	"add_multiple",
	"clear",
	"close",
	"close_all_assignments",
	"get",
	"notify_assignment",
	"remove",
	"remove_multiple",
	"set_status",
]
