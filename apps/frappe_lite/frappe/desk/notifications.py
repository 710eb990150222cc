"""How many records are linked to a document, for the panel beside its form."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document

COUNTED = 100


@frappe.whitelist()
def get_open_count(doctype: str, name: str | int, items: Any = None) -> dict[str, Any]:
	"""Return the numbers of records that link to a document or that its tables name.

	Args:
		doctype: DocType of the document.
		name: its name.
		items: DocTypes to count, a list or JSON; all of the form's panel unless given.

	Returns:
		`{"count": {"external_links_found": rows, "internal_links_found": rows}}` with rows of `doctype`,
		`open_count` and `count`;
		numbers stop at a hundred, and count what the current user may read.

	Raises:
		PermissionError: the user may not read the document.
	"""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	links = doc.meta.get_dashboard_data()
	wanted = frappe.parse_json(items) if items else _items_of(links)
	internal = links.get("internal_links") or {}
	found = [item for item in wanted if frappe.has_permission(item, "read")]
	return {
		"count": {
			"external_links_found": [
				_external(item, doc.name, links) for item in found if item not in internal
			],
			"internal_links_found": [
				_internal(item, doc, internal[item]) for item in found if item in internal
			],
		}
	}


def _items_of(links: dict[str, Any]) -> list[str]:
	return [item for group in links.get("transactions") or [] for item in group.get("items") or []]


def _external(doctype: str, name: str, links: dict[str, Any]) -> dict[str, Any]:
	field = (links.get("non_standard_fieldnames") or {}).get(doctype) or links.get("fieldname")
	number = 0
	if field and frappe.get_meta(doctype).has_field(field):
		rows = frappe.get_list(doctype, filters={field: name}, pluck="name", limit_page_length=COUNTED)
		number = len(rows)
	return {"doctype": doctype, "open_count": 0, "count": number}


def _internal(doctype: str, doc: Document, path: Any) -> dict[str, Any]:
	"""A link field of the document, or a table and the link field of its rows."""
	if isinstance(path, str):
		names = {doc.get(path)}
	else:
		table, field = path
		names = {row.get(field) for row in doc.get(table) or []}
	names.discard(None)
	names.discard("")
	return {"doctype": doctype, "open_count": 0, "count": len(names), "names": sorted(names)}
