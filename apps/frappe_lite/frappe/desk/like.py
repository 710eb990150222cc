"""Frappe's place for likes; the logic is in `frappe.automation.likes`."""

from frappe.automation.likes import toggle_like

__all__ = ["toggle_like"]
