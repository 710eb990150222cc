"""Requests that only read although they are sent by POST; they need no write lock."""

from __future__ import annotations

from werkzeug.wrappers import Request

READING_METHODS = frozenset(
	(
		"frappe.auth.get_logged_user",
		"frappe.client.get",
		"frappe.client.get_count",
		"frappe.client.get_doc_permissions",
		"frappe.client.get_list",
		"frappe.client.get_single_value",
		"frappe.client.get_value",
		"frappe.client.has_permission",
		"frappe.client.validate_link",
		"frappe.desk.desktop.get_desktop_page",
		"frappe.desk.desktop.get_workspace_sidebar_items",
		"frappe.desk.form.load.getdoc",
		"frappe.desk.form.load.getdoctype",
		"frappe.desk.listview.get_group_by_count",
		"frappe.desk.reportview.get",
		"frappe.desk.reportview.get_count",
		"frappe.desk.reportview.get_list",
		"frappe.desk.reportview.get_stats",
		"frappe.desk.search.search_link",
		"frappe.desk.search.search_widget",
		"ping",
	)
)


def only_reads(request: Request) -> bool:
	"""Tell whether a request means to read only: by its verb, or because its method never writes."""
	if request.method in ("GET", "HEAD", "OPTIONS"):
		return True
	return request.path.rsplit("/method/", 1)[-1] in READING_METHODS
