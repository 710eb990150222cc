"""Calls of whitelisted functions over HTTP: `/api/method/<path>`, `?cmd=<path>`, and the built-in
commands."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from werkzeug.wrappers import Response

import frappe
from frappe import _, is_valid_http_method, is_whitelisted
from frappe.utils.response import build_response

__all__ = ["execute_cmd", "handle", "is_valid_http_method", "is_whitelisted", "run_doc_method", "upload_file"]


def handle() -> Response:
	"""Run the command `cmd` of the request and return its answer.

	A result goes into `message`; None leaves the answer without one.
	"""
	cmd = frappe.form_dict.cmd
	data = None
	if cmd != "login":
		data = execute_cmd(cmd)
	if isinstance(data, Response):
		return data
	if data is not None:
		frappe.response["message"] = data
	return build_response("json")


def execute_cmd(cmd: str, from_async: bool = False) -> Any:
	"""Run a whitelisted function with the arguments of the request.

	Args:
		cmd: dotted path, or the name of a built-in command such as `ping`.

	Raises:
		ValidationError: there is no such function.
		PermissionError: the user may not call it, or not with this HTTP method.
	"""
	for replacement in reversed(frappe.get_hooks("override_whitelisted_methods", {}).get(cmd, [])):
		cmd = replacement
		break
	if script := run_server_script(cmd):
		return script.value
	method = resolve(cmd, _("Failed to get method for command {0} with {1}"))
	if from_async:
		method = method.queue
	if method is not run_doc_method:
		is_whitelisted(method)
		is_valid_http_method(method)
	return call_whitelisted(method)


def resolve(cmd: str, message: str) -> Callable:
	"""Return the function of a dotted path or of a built-in command.

	Args:
		message: text of the error, with places for the command and the reason.

	Raises:
		ValidationError: there is none.
	"""
	try:
		method = get_attr(cmd)
		if not callable(method):
			raise AttributeError(f"{cmd} is not callable")
	except Exception as error:
		frappe.throw(message.format(cmd, error))
	return method


def get_attr(cmd: str) -> Any:
	"""Return the function of a dotted path of an installed app, or a built-in command."""
	if "." in cmd:
		return frappe.get_attr(cmd)
	if cmd in BUILT_IN:
		return BUILT_IN[cmd]
	raise AttributeError(f"module 'frappe.handler' has no attribute '{cmd}'")


def call_whitelisted(method: Callable) -> Any:
	"""Call a function with those arguments of the request that it takes.

	Raises:
		FrappeTypeError: an argument it needs is missing (417).
	"""
	arguments = frappe.kernel.apps.get_newargs(method, dict(frappe.form_dict))
	_check_arguments(method, arguments)
	return method(**arguments)


def _check_arguments(method: Callable, arguments: dict) -> None:
	try:
		_signature(method).bind(**arguments)
	except TypeError as error:
		raise frappe.FrappeTypeError(f"{method.__name__}() {error}") from None


@functools.lru_cache(maxsize=2048)
def _signature(method: Callable) -> inspect.Signature:
	return inspect.signature(method)


class _ScriptAnswer:
	def __init__(self, value: Any) -> None:
		self.value = value


def run_server_script(cmd: str) -> _ScriptAnswer | None:
	"""Run the API server script of a command, if there is one."""
	from frappe.core.doctype.server_script.server_script_utils import get_server_script_map

	script = get_server_script_map().get("_api", {}).get(cmd)
	if not script:
		return None
	return _ScriptAnswer(frappe.get_doc("Server Script", script).execute_method())


# ------------------------------------------------------------------ methods of documents
@frappe.whitelist()
def run_doc_method(
	method: str,
	docs: Any = None,
	dt: str | None = None,
	dn: str | None = None,
	arg: Any = None,
	args: Any = None,
) -> Any:
	"""Run a whitelisted method of a document, stored (`dt`, `dn`) or as the form holds it (`docs`).

	Raises:
		PermissionError: the method is not whitelisted, or the user may not read the document.
	"""
	doc = _document_of(docs, dt, dn)
	if not doc.has_permission("read"):
		raise frappe.PermissionError
	function = getattr(doc, method, None)
	if function is None:
		frappe.throw(_("Method {0} not found").format(method), frappe.DoesNotExistError)
	function = getattr(function, "__func__", function)
	is_whitelisted(function)
	is_valid_http_method(function)
	answer = _call_doc_method(doc, method, args if args is not None else arg)
	frappe.response.docs.append(doc)
	if frappe.local.response.get("type") in ("download", "csv", "binary"):
		return build_response()
	return answer


def _document_of(docs: Any, dt: str | None, dn: str | None) -> Any:
	if dt:
		return frappe.get_doc(dt, dn or dt)
	values = frappe.parse_json(docs)
	if not isinstance(values, dict):
		frappe.throw(_("Invalid request arguments"))
	doc = frappe.get_doc(values)
	doc._original_modified = doc.get("modified")
	if not doc.get("__islocal"):
		doc.check_if_latest()
	return doc


def _call_doc_method(doc: Any, method: str, args: Any) -> Any:
	if isinstance(args, str):
		try:
			args = json.loads(args)
		except ValueError:
			return doc.run_method(method, args)
	if not args:
		return doc.run_method(method)
	return doc.run_method(method, **args) if isinstance(args, dict) else doc.run_method(method, *args)


runserverobj = run_doc_method


# ------------------------------------------------------------------ built-in commands
@frappe.whitelist(allow_guest=True)
def version() -> str:
	"""Return the version of Frappe whose interface the runtime has."""
	return frappe.__version__


@frappe.whitelist(allow_guest=True)
def ping() -> str:
	"""Return "pong"."""
	return "pong"


@frappe.whitelist()
def logout() -> None:
	"""End the session."""
	frappe.local.login_manager.logout()
	frappe.response["message"] = "No App"
	frappe.response["home_page"] = "/login"
	frappe.response["full_name"] = "Guest"


@frappe.whitelist(allow_guest=True)
def web_logout() -> None:
	"""End the session and show a page about it."""
	frappe.local.login_manager.logout()
	frappe.respond_as_web_page(
		_("Logged Out"), _("You have been successfully logged out"), indicator_color="green"
	)


@frappe.whitelist(allow_guest=True)
def upload_file() -> Any:
	"""Store an uploaded file; see `frappe.core.api.file.upload_file`."""
	return import_module("frappe.core.api.upload").upload_file()


@frappe.whitelist(allow_guest=True)
def download_file(file_url: str) -> None:
	"""Answer with a file the user may read."""
	return import_module("frappe.core.api.upload").download_file(file_url)


BUILT_IN: dict[str, Callable] = {
	"download_file": download_file,
	"logout": logout,
	"ping": ping,
	"run_doc_method": run_doc_method,
	"runserverobj": run_doc_method,
	"upload_file": upload_file,
	"version": version,
	"web_logout": web_logout,
}
