"""Version 2 of the REST API: every answer is `{"data": …}`, every error `{"errors": [{type, message,
…}]}`."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _, is_whitelisted
from frappe.api import v1
from frappe.api.request import get_request_form_data
from frappe.handler import call_whitelisted, is_valid_http_method, resolve, run_server_script


def handle_rpc_call(method: str, doctype: str | None = None) -> Any:
	"""Answer /api/v2/method/<method>; with a DocType the method of its controller's module."""
	if doctype:
		from frappe.modules.utils import load_doctype_module

		method = f"{load_doctype_module(doctype).__name__}.{method}"
	method = overridden(method)
	if script := run_server_script(method):
		return script.value
	function = resolve(method, _("Failed to get method {0} with {1}"))
	is_valid_http_method(function)
	is_whitelisted(function)
	return call_whitelisted(function)


def overridden(method: str) -> str:
	"""Return the method that replaces another by the hook `override_whitelisted_methods`, last app first."""
	found = frappe.get_hooks("override_whitelisted_methods", {}).get(method)
	return found[-1] if found else method


def login() -> None:
	"""Answer /api/v2/method/login as Frappe does: sessions are started by version 1."""


def logout() -> Any:
	"""Answer /api/v2/method/logout."""
	frappe.local.login_manager.logout()


def document_list(doctype: str) -> Any:
	"""Answer GET /api/v2/document/<doctype>."""
	return v1.document_list(doctype)


def create_doc(doctype: str) -> Any:
	"""Answer POST /api/v2/document/<doctype>."""
	return v1.create_doc(doctype)


def count(doctype: str) -> int:
	"""Answer GET /api/v2/doctype/<doctype>/count with what the user may read."""
	from frappe.desk.reportview import get_count

	frappe.form_dict.doctype = doctype
	return get_count()


def read_doc(doctype: str, name: str) -> Any:
	"""Answer GET /api/v2/document/<doctype>/<name>."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	doc.apply_fieldlevel_read_permissions()
	return doc


def copy_doc(doctype: str, name: str, ignore_no_copy: bool = True) -> Any:
	"""Answer GET /api/v2/document/<doctype>/<name>/copy with an unsaved copy."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	doc.apply_fieldlevel_read_permissions()
	copied = frappe.copy_doc(doc, ignore_no_copy=ignore_no_copy)
	return copied.as_dict(no_private_properties=True, no_nulls=True)


def update_doc(doctype: str, name: str) -> Any:
	"""Answer PATCH and PUT /api/v2/document/<doctype>/<name>."""
	data = get_request_form_data()
	doc = frappe.get_doc(doctype, name, for_update=True)
	data.pop("flags", None)
	data.pop("doctype", None)
	doc.update(data)
	doc.save()
	if doc.get("parenttype"):
		frappe.get_doc(doc.parenttype, doc.parent).save()
	return doc


def get_meta(doctype: str) -> Any:
	"""Answer GET /api/v2/doctype/<doctype>/meta."""
	frappe.has_permission(doctype, "read", throw=True)
	return frappe.get_meta(doctype).as_dict()


def execute_doc_method(doctype: str, name: str, method: str | None = None) -> Any:
	"""Answer GET and POST /api/v2/document/<doctype>/<name>/method/<method>."""
	return v1.execute_doc_method(doctype, name, method)


def run_doc_method(method: str, document: dict[str, Any] | str, kwargs: Any = None) -> Any:
	"""Answer POST /api/v2/method/run_doc_method: run a method of an unsaved or changed document."""
	from frappe.handler import run_doc_method as run

	return run(method=method, docs=document, args=kwargs)


def url_rules(rule: Any) -> list:
	"""Return the routes of this version."""
	both = ["GET", "POST"]
	return [
		rule("/method/login", endpoint=login),
		rule("/method/logout", endpoint=logout, methods=["POST"]),
		rule("/method/<method>", endpoint=handle_rpc_call),
		rule("/method/<doctype>/<method>", endpoint=handle_rpc_call),
		rule("/document/<doctype>", methods=["GET"], endpoint=document_list),
		rule("/document/<doctype>", methods=["POST"], endpoint=create_doc),
		rule("/document/<doctype>/<path:name>/", methods=["GET"], endpoint=read_doc),
		rule("/document/<doctype>/<path:name>/copy", methods=["GET"], endpoint=copy_doc),
		rule("/document/<doctype>/<path:name>/", methods=["PATCH", "PUT"], endpoint=update_doc),
		rule("/document/<doctype>/<path:name>/", methods=["DELETE"], endpoint=v1.delete_doc),
		rule("/document/<doctype>/<path:name>/method/<method>/", methods=both, endpoint=execute_doc_method),
		rule("/doctype/<doctype>/meta", methods=["GET"], endpoint=get_meta),
		rule("/doctype/<doctype>/count", methods=["GET"], endpoint=count),
	]
