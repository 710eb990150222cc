"""Which functions may be called from outside, by whom and with which HTTP methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frappe.exceptions import PermissionError
from frappe.kernel.context import local
from frappe.kernel.messages import throw

whitelisted: set[Callable] = set()
guest_methods: set[Callable] = set()
xss_safe_methods: set[Callable] = set()
allowed_http_methods_for_whitelisted_func: dict[Callable, list[str]] = {}


def whitelist(
	allow_guest: bool = False, xss_safe: bool = False, methods: list[str] | None = None
) -> Callable[[Callable], Callable]:
	"""Mark a function as callable over HTTP.

	Args:
		allow_guest: visitors without a session may call it.
		xss_safe: the arguments of guests are not sanitised.
		methods: allowed HTTP methods; GET, POST, PUT and DELETE unless given.
	"""
	allowed = methods or ["GET", "POST", "PUT", "DELETE"]

	def decorate(fn: Callable) -> Callable:
		marked = getattr(fn, "__func__", fn)
		whitelisted.add(marked)
		allowed_http_methods_for_whitelisted_func[marked] = allowed
		if allow_guest:
			guest_methods.add(marked)
			if xss_safe:
				xss_safe_methods.add(marked)
		return fn

	return decorate


def is_whitelisted(method: Callable) -> None:
	"""Refuse a function that the current user may not call over HTTP.

	Raises:
		PermissionError: it is not whitelisted, or not for guests.
	"""
	method = getattr(method, "__func__", method)
	is_guest = local.session.get("user") == "Guest"
	if method in guest_methods if is_guest else method in whitelisted:
		if is_guest and method not in xss_safe_methods:
			_sanitise_arguments()
		return
	from frappe.translate import _

	summary = _("You are not permitted to access this resource.")
	detail = _("Function {0} is not whitelisted.").format(f"<strong>{_path_of(method)}</strong>")
	throw(
		f"<details><summary>{summary}</summary>{detail}</details>", PermissionError, _("Method Not Allowed")
	)


def _path_of(method: Callable) -> str:
	return f"{getattr(method, '__module__', '')}.{getattr(method, '__qualname__', method)}"


def _sanitise_arguments() -> None:
	from frappe.utils import sanitize_html

	for key, value in local.form_dict.items():
		if isinstance(value, str):
			local.form_dict[key] = sanitize_html(value)


def is_valid_http_method(method: Callable) -> None:
	"""Refuse the HTTP method of this request when the function does not allow it.

	Raises:
		PermissionError: the method is not allowed.
	"""
	if local.flags.in_safe_exec or not getattr(local, "request", None):
		return
	allowed = allowed_http_methods_for_whitelisted_func.get(getattr(method, "__func__", method))
	if allowed is None or local.request.method not in allowed:
		throw_permission_error()


def throw_permission_error() -> None:
	"""Raise "Not permitted"."""
	from frappe.translate import _

	throw(_("Not permitted"), PermissionError)


def read_only() -> Callable[[Callable], Callable]:
	"""Mark a function that only reads; kept so that apps written for replicas load."""

	def decorate(fn: Callable) -> Callable:
		return fn

	return decorate


def write_only() -> Callable[[Callable], Callable]:
	"""Mark a function that writes; kept for apps written for replicas."""
	return read_only()


def validate_and_sanitize_search_inputs(fn: Callable) -> Callable:
	"""Check the arguments of a link query before it runs: a real DocType, a plain search field, whole
	numbers.

	Returns the wrapped function; it answers [] for a DocType the site does not have.
	"""
	from functools import wraps

	@wraps(fn)
	def wrapper(
		doctype: str, txt: str, searchfield: str, start: Any, page_len: Any, filters: Any, **kwargs: Any
	):
		from frappe.desk.search import sanitize_searchfield
		from frappe.utils import cint

		sanitize_searchfield(searchfield)
		if doctype and not local.db.exists("DocType", doctype):
			return []
		return fn(doctype, txt, searchfield, cint(start), cint(page_len), filters, **kwargs)

	if fn in whitelisted:
		whitelisted.add(wrapper)
	return wrapper


def get_doctype_app(doctype: str) -> str:
	"""Return the app that a DocType's module belongs to."""
	from frappe.modules.utils import get_module_app

	return get_module_app(local.db.get_value("DocType", doctype, "module") or "Custom")


def is_in_tests() -> bool:
	"""Tell whether a test is running."""
	return bool(getattr(local, "flags", None) and local.flags.in_test)
