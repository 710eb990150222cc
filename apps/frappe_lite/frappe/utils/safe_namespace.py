"""The names that scripts and templates of admins see as `frappe`."""

from __future__ import annotations

import json
from types import FunctionType
from typing import Any

from werkzeug.local import LocalProxy

import frappe
from frappe.utils.safe_exec import NamespaceDict, get_safe_data_utils, read_sql

# Not for scripts although they live beside harmless functions: they reach files, processes or other hosts.
HIDDEN_UTILS = frozenset(
	("execute_in_shell", "touch_file", "create_folder", "get_file_size", "set_request", "call_hook_method")
) | {
	"get_hook_method",
	"log",
	"get_traceback",
	"get_bench_path",
	"get_site_path",
	"get_path",
	"get_files_path",
}
FACADE = """as_json bold copy_doc delete_doc errprint format format_value get_all get_cached_doc
get_cached_value get_doc get_hooks get_last_doc get_list get_meta get_print attach_print
get_system_settings log log_error msgprint new_doc only_for parse_json publish_realtime rename_doc
render_template scrub sendmail throw unscrub get_single has_permission get_roles"""
DATABASE = """count escape exists get_all get_default get_list get_single_value get_value get_values set_value
set_default commit rollback savepoint release_savepoint"""


def script_names() -> dict[str, Any]:
	"""Return the top-level names of a script."""
	return {
		"json": NamespaceDict(loads=json.loads, dumps=json.dumps),
		"as_json": frappe.as_json,
		"dict": dict,
		"log": frappe.log,
		"_dict": frappe._dict,
		"args": frappe.form_dict,
		"scrub": frappe.scrub,
		"_": frappe._,
		"FrappeClient": None,
		"frappe": frappe_namespace(),
	}


def frappe_namespace() -> NamespaceDict:
	"""Return `frappe` for a script."""
	names = {name: _facade_name(name) for name in FACADE.split()}
	names.update(
		call=_call_whitelisted,
		db=NamespaceDict(
			{name: _database_method(name) for name in DATABASE.split()}, sql=read_sql, after_commit=None
		),
		qb=_reading_query_builder(),
		utils=get_safe_data_utils(),
		_dict=frappe._dict,
		_=frappe._,
		flags=frappe._dict(),
		form_dict=LocalProxy(lambda: getattr(frappe.local, "form_dict", None) or frappe._dict()),
		response=LocalProxy(lambda: frappe.local.response),
		lang=LocalProxy(lambda: getattr(frappe.local, "lang", None)),
		request=LocalProxy(lambda: getattr(frappe.local, "request", None)),
		user=LocalProxy(lambda: frappe.session.user),
		full_name=LocalProxy(lambda: frappe.utils.get_fullname()),
		session=NamespaceDict(
			user=LocalProxy(lambda: frappe.session.user),
			csrf_token=LocalProxy(lambda: (frappe.session.data or {}).get("csrf_token", "")),
		),
		ValidationError=frappe.ValidationError,
		PermissionError=frappe.PermissionError,
		DoesNotExistError=frappe.DoesNotExistError,
		enqueue=_enqueue,
		get_url=frappe.utils.get_url,
		get_fullname=frappe.utils.get_fullname,
		get_gravatar=frappe.utils.get_gravatar,
		get_visible_columns=None,
		sanitize_html=frappe.utils.sanitize_html,
		run_script=run_script,
		date_format=LocalProxy(frappe.utils.get_user_date_format),
		time_format=LocalProxy(frappe.utils.get_user_time_format),
	)
	return NamespaceDict({name: value for name, value in names.items() if value is not None})


def _facade_name(name: str) -> Any:
	"""What the façade has not loaded yet is loaded when a script calls it, not for every expression."""
	if name in vars(frappe):
		return getattr(frappe, name)
	return lambda *args, **kwargs: getattr(frappe, name)(*args, **kwargs)


def _database_method(name: str) -> Any:
	return lambda *args, **kwargs: getattr(frappe.db, name)(*args, **kwargs)


def _reading_query_builder() -> NamespaceDict:
	"""Queries of scripts read; `run` refuses others while a script runs."""
	builder = frappe.qb
	return NamespaceDict(
		from_=lambda *args, **kwargs: _ReadingQuery(builder.from_(*args, **kwargs)),
		DocType=builder.DocType,
		Table=builder.Table,
		Field=builder.Field,
		desc=builder.desc,
		asc=builder.asc,
		get_query=lambda *args, **kwargs: builder.get_query(*args, **_without_writing(kwargs)),
		functions=_query_functions(),
	)


def _without_writing(options: dict[str, Any]) -> dict[str, Any]:
	if any(options.get(name) for name in ("update", "into", "delete")):
		raise frappe.PermissionError(frappe._("Scripts may not write by queries"))
	return options


def _query_functions() -> NamespaceDict:
	from frappe.query_builder.functions import known_functions

	return NamespaceDict({function.__name__: function for function in known_functions().values()})


class _ReadingQuery:
	"""A query without the methods that write."""

	def __init__(self, query: Any) -> None:
		self._query = query

	def __getattr__(self, name: str) -> Any:
		if name.startswith("_") or name in ("delete", "into", "update", "set", "insert", "replace"):
			raise AttributeError(name)
		value = getattr(self._query, name)
		if not callable(value) or name in ("run", "walk", "get_sql"):
			return value
		return lambda *args, **kwargs: _wrapped(value(*args, **kwargs))

	def __str__(self) -> str:
		return str(self._query)


def _wrapped(value: Any) -> Any:
	from frappe.query_builder.builder import QueryBuilder

	return _ReadingQuery(value) if isinstance(value, QueryBuilder) else value


def _call_whitelisted(fn: str, *args: Any, **kwargs: Any) -> Any:
	"""Call a method that is whitelisted."""
	method = frappe.get_attr(fn) if isinstance(fn, str) else fn
	frappe.is_whitelisted(method)
	return frappe.call(method, *args, **kwargs)


def _enqueue(function: Any, **kwargs: Any) -> Any:
	"""Run another script, or a whitelisted method, as a job."""
	if isinstance(function, str) and frappe.db.exists("Server Script", function):
		return frappe.enqueue("frappe.utils.safe_namespace.run_script", script=function, **kwargs)
	frappe.is_whitelisted(frappe.get_attr(function) if isinstance(function, str) else function)
	return frappe.enqueue(function, **kwargs)


def run_script(script: str, **kwargs: Any) -> Any:
	"""Run an API script by its name and return what it put into `frappe.flags`."""
	return frappe.get_doc("Server Script", script).execute_method(**kwargs)


def safe_utils() -> dict[str, Any]:
	"""Return functions of `frappe.utils` that scripts and templates may call."""
	import frappe.utils as utils

	return {
		name: value
		for name, value in vars(utils).items()
		if isinstance(value, FunctionType) and not name.startswith("_") and name not in HIDDEN_UTILS
	}
