"""Which server script runs when; looked up once per version of the site."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared

# Document method → what the field "DocType Event" calls it.
EVENT_MAP = {
	"before_insert": "Before Insert",
	"after_insert": "After Insert",
	"before_validate": "Before Validate",
	"validate": "Before Save",
	"on_update": "After Save",
	"before_rename": "Before Rename",
	"after_rename": "After Rename",
	"before_submit": "Before Submit",
	"on_submit": "After Submit",
	"before_cancel": "Before Cancel",
	"on_cancel": "After Cancel",
	"before_discard": "Before Discard",
	"on_discard": "After Discard",
	"on_trash": "Before Delete",
	"after_delete": "After Delete",
	"before_update_after_submit": "Before Save (Submitted Document)",
	"on_update_after_submit": "After Save (Submitted Document)",
	"before_print": "Before Print",
}


def run_server_script_for_doc_event(doc: Any, event: str) -> None:
	"""Run the scripts for an event of a document.

	Args:
		doc: the document.
		event: name of the document method, such as "validate".
	"""
	if event not in EVENT_MAP or frappe.flags.in_install or frappe.flags.in_migrate:
		return
	by_event = get_server_script_map().get(doc.doctype)
	if not by_event:
		return
	for name in by_event.get(EVENT_MAP[event], ()):
		frappe.get_doc("Server Script", name).execute_doc(doc)


def get_server_script_map() -> dict[str, Any]:
	"""Return the enabled scripts.

	Returns:
		{DocType: {event: [names]}, "_api": {method: name}, "permission_query": {DocType: name}}.
	"""
	area = shared("server_scripts")
	if "map" not in area:
		area["map"] = _read_map()
	return area["map"]


def _read_map() -> dict[str, Any]:
	scripts: dict[str, Any] = {"_api": {}, "permission_query": {}}
	if frappe.flags.in_patch and not frappe.db.table_exists("Server Script"):
		return scripts
	fields = ["name", "reference_doctype", "doctype_event", "api_method", "script_type"]
	for row in frappe.get_all("Server Script", fields=fields, filters={"disabled": 0}, limit_page_length=0):
		if row.script_type == "DocType Event":
			events = scripts.setdefault(row.reference_doctype, {})
			events.setdefault(row.doctype_event, []).append(row.name)
		elif row.script_type == "Permission Query":
			scripts["permission_query"][row.reference_doctype] = row.name
		elif row.script_type == "API":
			scripts["_api"][row.api_method] = row.name
	return scripts
