"""Link search that keeps to the row rules.

The host drops all permissions, not only User Permissions, when a caller asks to ignore User Permissions.
"""

from typing import Any

import frappe
from frappe.desk.search import search_link as host_search_link
from frappe.desk.search import search_widget as host_search_widget

from crisis_intervention.access.protected import row_ruled


@frappe.whitelist()
def search_link(doctype: str, txt: str = "", **arguments: Any) -> list[dict[str, Any]]:
	"""Search records for a link field; in place of `frappe.desk.search.search_link`.

	:param doctype: DocType searched
	:param txt: what was typed
	:param arguments: as the host's method takes them
	"""
	return frappe.call(host_search_link, doctype=doctype, txt=txt, **_kept(doctype, arguments))


@frappe.whitelist()
def search_widget(doctype: str, txt: str = "", **arguments: Any) -> Any:
	"""Search records for a dialog; in place of `frappe.desk.search.search_widget`."""
	return frappe.call(host_search_widget, doctype=doctype, txt=txt, **_kept(doctype, arguments))


def _kept(doctype: str, arguments: dict[str, Any]) -> dict[str, Any]:
	arguments.pop("cmd", None)
	if doctype in row_ruled():
		arguments["ignore_user_permissions"] = 0
	return arguments
