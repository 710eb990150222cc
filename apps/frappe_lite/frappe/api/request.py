"""What a request carries: form data and JSON, read once and with limits."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Request

import frappe

MAX_DEPTH = 60


def make_form_dict(request: Request) -> None:
	"""Put the arguments of a request into `frappe.form_dict`: JSON body, or query and form.

	Raises:
		ValidationError: the JSON is neither an object nor a list, or nested too deeply.
	"""
	arguments: Any = {}
	if request.method not in ("GET", "HEAD", "OPTIONS") and request.is_json:
		body = request.get_data(as_text=True)
		arguments = load_json(body) if body else {}
	else:
		arguments.update(request.args)
		if request.method not in ("GET", "HEAD", "OPTIONS"):
			if not _is_form(request):
				request.get_data(cache=True)
			arguments.update(request.form)
	if isinstance(arguments, list):
		frappe.local.form_dict = frappe._dict(data=arguments)
		return
	if not isinstance(arguments, dict):
		frappe.throw(frappe._("Invalid request arguments"))
	frappe.local.form_dict = frappe._dict(arguments)
	frappe.local.form_dict.pop("_", None)


def _is_form(request: Request) -> bool:
	return (request.mimetype or "") in ("application/x-www-form-urlencoded", "multipart/form-data")


def load_json(text: str) -> Any:
	"""Return the value of a JSON text.

	Raises:
		ValidationError: it is no JSON, or nested more than MAX_DEPTH deep.
	"""
	try:
		value = json.loads(text)
	except (ValueError, RecursionError) as error:
		frappe.flags.disable_traceback = True
		raise frappe.ValidationError("The request is not valid JSON") from error
	if text.count("[") + text.count("{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
		frappe.throw(frappe._("Invalid request arguments"))
	return value


def _depth(value: Any) -> int:
	depth, level = 0, [value]
	while level and depth <= MAX_DEPTH:
		depth += 1
		level = [child for item in level for child in _children(item)]
	return depth


def _children(value: Any) -> list:
	if isinstance(value, dict):
		return [child for child in value.values() if isinstance(child, dict | list)]
	if isinstance(value, list):
		return [child for child in value if isinstance(child, dict | list)]
	return []


def get_request_form_data() -> Any:
	"""Return the document a request carries: its `data` argument, its body, or all its arguments.

	Raises:
		ValidationError: it is no object.
	"""
	data = frappe.form_dict.data
	if data is None:
		body = frappe.local.request.get_data(as_text=True)
		if frappe.local.request.is_json or not body:
			return frappe._dict(frappe.form_dict)
		data = body
	if isinstance(data, str):
		try:
			data = json.loads(data)
		except ValueError:
			return frappe._dict(frappe.form_dict)
	if not isinstance(data, dict):
		frappe.throw(frappe._("Invalid request arguments"))
	return data


def is_callers_fault(error: Exception) -> bool:
	"""Tell whether an error that nobody caught comes from what the caller sent, not from the code.

	That is text that should be JSON, and a value the database refused.
	"""
	if isinstance(error, json.JSONDecodeError | OverflowError):
		return True
	db = getattr(frappe.local, "db", None)
	if not db or not isinstance(error, db.Error):
		return False
	return any(
		refused(error)
		for refused in (db.is_missing_column, db.is_table_missing, db.is_syntax_error, db.is_data_too_long)
	)
