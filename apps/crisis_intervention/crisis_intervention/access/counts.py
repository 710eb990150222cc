"""Counting rows without telling more than a list would."""

from typing import Any

import frappe
from frappe.client import get_count as host_get_count
from frappe.desk.notifications import get_open_count as host_get_open_count

from crisis_intervention.access.protected import beside_cases, row_ruled


@frappe.whitelist()
def get_count(doctype: str, filters: Any = None, debug: bool = False, cache: bool = False) -> int:
	"""Count the records that the user may read; in place of `frappe.client.get_count`, which asks nobody.

	:param doctype: DocType
	:param filters: as for a list
	:raises frappe.PermissionError: when the user may not read the DocType
	"""
	if doctype not in row_ruled() | beside_cases():
		return host_get_count(doctype, filters, debug, cache)
	frappe.has_permission(doctype, "read", throw=True)
	return len(
		frappe.get_list(doctype, filters=frappe.parse_json(filters), pluck="name", limit_page_length=0)
	)


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: Any = None) -> dict[str, Any]:
	"""Count what is linked to a record, as far as the user may read it.

	In place of `frappe.desk.notifications.get_open_count`, which counts every row there is.

	:param items: DocTypes to count, a list or JSON
	:raises frappe.PermissionError: when the user may not read the record
	"""
	frappe.get_doc(doctype, name).check_permission("read")
	answer = host_get_open_count(doctype, name, items)
	counts = answer.get("count") if isinstance(answer, dict) else None
	for link in (counts or {}).get("external_links_found") or []:
		if link["doctype"] in row_ruled():
			link["count"], link["open_count"] = _linked(link["doctype"], doctype, name), 0
	return answer


def _linked(linked: str, doctype: str, name: str) -> int:
	links = frappe.get_meta(doctype).get_dashboard_data()
	field = (links.get("non_standard_fieldnames") or {}).get(linked) or links.get("fieldname")
	if not field or not frappe.has_permission(linked, "read"):
		return 0
	return len(frappe.get_list(linked, filters={field: name}, pluck="name", limit_page_length=100))
