"""Values as fields' types, and comparison of values as filters and conditions need it."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import frappe
from frappe.utils.dates import get_datetime, get_timedelta, getdate
from frappe.utils.numbers import cint, flt
from frappe.utils.text import cstr

FLOATS = ("Currency", "Float", "Percent")
INTEGERS = ("Int", "Check")
TEXTS = ("Data", "Text", "Small Text", "Long Text", "Text Editor", "Select", "Link", "Dynamic Link")


def sbool(x: Any) -> Any:
	"""Return True for "true" and "1", False for "false" and "0"; anything else as it is."""
	if not isinstance(x, str):
		return x
	return {"true": True, "1": True, "false": False, "0": False}.get(x.lower(), x)


def cast(fieldtype: str, value: Any = None) -> Any:
	"""Return a value as a field's type; an empty Date or Datetime is the year 1, as in Frappe."""
	if fieldtype in FLOATS:
		return flt(value)
	if fieldtype in INTEGERS:
		return cint(sbool(value))
	if fieldtype in TEXTS:
		return cstr(value)
	if fieldtype == "Date":
		return getdate(value) if value else date(1, 1, 1)
	if fieldtype == "Datetime":
		return get_datetime(value) if value else datetime(1, 1, 1)
	return get_timedelta(value) if fieldtype == "Time" else value


def parse_json(val: Any) -> Any:
	"""Return a text parsed as JSON, a dict as _dict; anything else as it is.

	Raises:
		ValueError: the text is no JSON.
	"""
	if isinstance(val, str):
		val = json.loads(val)
	return frappe._dict(val) if type(val) is dict else val


def _like(value: Any, pattern: Any) -> bool:
	parts = (re.escape(part).replace("_", ".") for part in cstr(pattern).split("%"))
	return re.fullmatch(".*".join(parts), cstr(value), re.I | re.S) is not None


def _is(value: Any, wanted: Any) -> bool:
	return bool(value) if wanted == "set" else not value


def _between(value: Any, limits: Any) -> bool:
	return value is not None and limits[0] <= value <= limits[1]


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
	return lambda value, other: value is not None and other is not None and compare(value, other)


operator_map: dict[str, Callable[[Any, Any], bool]] = {
	"=": operator.eq,
	"!=": operator.ne,
	">": _ordered(operator.gt),
	"<": _ordered(operator.lt),
	">=": _ordered(operator.ge),
	"<=": _ordered(operator.le),
	"^": lambda value, start: cstr(value).startswith(cstr(start)),
	"in": lambda value, members: value in _members(members),
	"not in": lambda value, members: value not in _members(members),
	"like": _like,
	"not like": lambda value, pattern: not _like(value, pattern),
	"is": _is,
	"between": _between,
	"not None": lambda value, _other: value is not None,
	"None": lambda value, _other: value is None,
}


def _members(value: Any) -> Any:
	return [part.strip() for part in value.split(",")] if isinstance(value, str) else (value or ())


def compare(val1: Any, condition: str, val2: Any, fieldtype: str | None = None) -> bool:
	"""Tell whether `val1 condition val2` holds.

	Args:
		condition: "=", "!=", ">", "<", ">=", "<=", "in", "not in", "like", "not like", "is", "between", "^".
		fieldtype: type both values are cast to first.
	"""
	if fieldtype and condition != "is":
		val1 = cast(fieldtype, val1)
		val2 = (
			[cast(fieldtype, v) for v in _members(val2)] if condition in ("in", "not in", "between") else val2
		)
		if not isinstance(val2, list) and fieldtype not in TEXTS:
			val2 = cast(fieldtype, val2)
	function = operator_map.get(condition.lower() if condition != "None" else condition)
	return bool(function(val1, val2)) if function else False


def evaluate_filters(doc: Any, filters: Any) -> bool:
	"""Tell whether a document meets filters, given as a dict or list as for `frappe.get_all`."""
	doctype = doc.get("doctype")
	for fieldname, condition, value in _filters(filters):
		field = frappe.get_meta(doctype).get_field(fieldname) if doctype else None
		if not compare(doc.get(fieldname), condition, value, field.fieldtype if field else None):
			return False
	return True


def _filters(filters: Any) -> list[tuple[str, str, Any]]:
	if isinstance(filters, dict):
		filters = [(key, *(v if isinstance(v, list | tuple) else ("=", v))) for key, v in filters.items()]
	return [tuple(item[-3:]) if len(item) < 5 else tuple(item[1:4]) for item in filters]


def get_filter(doctype: str, f: Any, filters_config: Any = None) -> Any:
	"""Return a filter as _dict(doctype, fieldname, operator, value).

	Raises:
		frappe.ValidationError: it has another form.
	"""
	if isinstance(f, dict):
		key, value = next(iter(f.items()))
		f = (doctype, key, *(value if isinstance(value, list | tuple) else ("=", value)))
	if not isinstance(f, list | tuple) or len(f) not in (3, 4, 5):
		frappe.throw(frappe._("Filter must be a tuple or list (in a list)"))
	f = (doctype, *f) if len(f) == 3 else tuple(f[:4])
	return frappe._dict(doctype=f[0] or doctype, fieldname=f[1], operator=f[2] or "=", value=f[3])


def make_filter_tuple(doctype: str, key: str, value: Any) -> list:
	"""Return a pair of a filters dict as [doctype, field, operator, value]."""
	return (
		[doctype, key, value[0], value[1]] if isinstance(value, list | tuple) else [doctype, key, "=", value]
	)


def make_filter_dict(filters: list) -> dict:
	"""Return a list of filters as {field: [operator, value]}."""
	return {item[1]: (item[2], item[3]) for item in filters}


def is_falsy(value: Any) -> bool:
	"""Tell whether a value counts as empty in a condition; a time of zero does not."""
	return not value and not isinstance(value, timedelta)
