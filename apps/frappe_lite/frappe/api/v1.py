"""Version 1 of the REST API."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.api.request import get_request_form_data, load_json


def document_list(doctype: str) -> Any:
	"""Answer GET /api/resource/<doctype>: at most 20 documents unless asked for more."""
	arguments = frappe.form_dict
	if isinstance(arguments.get("fields"), str):
		arguments["fields"] = load_json(arguments["fields"])
		if not isinstance(arguments["fields"], list):
			frappe.throw(_("Invalid value for {0}").format("fields"), frappe.DataError)
	arguments.setdefault(
		"limit_page_length", arguments.get("limit") or arguments.get("limit_page_length") or 20
	)
	for flag in ("as_dict", "debug"):
		if isinstance(arguments.get(flag), str):
			arguments[flag] = frappe.utils.sbool(arguments[flag])
	arguments.pop("doctype", None)
	from frappe.client import get_list

	return frappe.call(get_list, doctype, **arguments)


def handle_rpc_call(method: str) -> Any:
	"""Answer /api/method/<method>."""
	from frappe.handler import handle

	frappe.form_dict.cmd = method.split("/", 1)[0]
	return handle()


def create_doc(doctype: str) -> Any:
	"""Answer POST /api/resource/<doctype>."""
	data = get_request_form_data()
	data.pop("doctype", None)
	return frappe.new_doc(doctype, **data).insert()


def update_doc(doctype: str, name: str) -> Any:
	"""Answer PUT /api/resource/<doctype>/<name>; a child row saves its parent."""
	data = get_request_form_data()
	doc = frappe.get_doc(doctype, name, for_update=True)
	data.pop("flags", None)
	data.pop("doctype", None)
	doc.update(data)
	doc.save()
	if doc.get("parenttype"):
		frappe.get_doc(doc.parenttype, doc.parent).save()
	return doc


def delete_doc(doctype: str, name: str) -> str:
	"""Answer DELETE /api/resource/<doctype>/<name>."""
	frappe.delete_doc(doctype, name, ignore_missing=False)
	frappe.response["http_status_code"] = 202
	return "ok"


def read_doc(doctype: str, name: str) -> Any:
	"""Answer GET /api/resource/<doctype>/<name>.

	Raises:
		PermissionError: the user may not read it.
	"""
	if "run_method" in frappe.form_dict:
		return execute_doc_method(doctype, name)
	doc = frappe.get_doc(doctype, name)
	if not doc.has_permission("read"):
		raise frappe.PermissionError
	doc.apply_fieldlevel_read_permissions()
	return doc


def execute_doc_method(doctype: str, name: str, method: str | None = None) -> Any:
	"""Answer POST /api/resource/<doctype>/<name> with `run_method`; GET runs methods that only read.

	Raises:
		PermissionError: the user lacks read (GET) or write (POST) on the document.
	"""
	method = method or frappe.form_dict.pop("run_method", None)
	if not method:
		frappe.throw(_("Invalid request arguments"))
	doc = frappe.get_doc(doctype, name)
	doc.is_whitelisted(method)
	doc.check_permission("read" if frappe.local.request.method == "GET" else "write")
	return doc.run_method(method, **frappe.form_dict)


def url_rules(rule: Any) -> list:
	"""Return the routes of this version."""
	return [
		rule("/method/<path:method>", endpoint=handle_rpc_call),
		rule("/resource/<doctype>", methods=["GET"], endpoint=document_list),
		rule("/resource/<doctype>", methods=["POST"], endpoint=create_doc),
		rule("/resource/<doctype>/<path:name>/", methods=["GET"], endpoint=read_doc),
		rule("/resource/<doctype>/<path:name>/", methods=["PUT"], endpoint=update_doc),
		rule("/resource/<doctype>/<path:name>/", methods=["DELETE"], endpoint=delete_doc),
		rule("/resource/<doctype>/<path:name>/", methods=["POST"], endpoint=execute_doc_method),
	]
