"""Operators of filters as criteria of the query builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pypika.terms import Criterion, Term

import frappe


def _equal(field: Any, value: Any) -> Criterion:
	return field.isnull() if value is None else field == value


def _not_equal(field: Any, value: Any) -> Criterion:
	return field.isnotnull() if value is None else field != value


def _members(value: Any) -> Any:
	if isinstance(value, str):
		return value.split(",")
	if isinstance(value, Term) or hasattr(value, "get_sql"):
		return value
	return list(value) if value else [""]


def _is(field: Any, value: Any) -> Criterion:
	word = str(value).lower()
	if word == "set":
		return field.isnotnull() & (field != "")
	if word == "not set":
		return field.isnull() | (field == "")
	raise frappe.ValidationError(frappe._("Value for 'is' must be 'set' or 'not set'"))


def _between(field: Any, value: Any) -> Criterion:
	if not isinstance(value, list | tuple) or len(value) != 2:
		raise frappe.ValidationError(frappe._("Value for 'between' must be two values"))
	return field[value[0] : value[1]]


def _timespan(field: Any, value: str) -> Criterion:
	from frappe.utils import get_timespan_date_range

	return _between(field, get_timespan_date_range(value))


def _in_tree(find: Callable[[str, str], list], negate: bool = False) -> Callable[[Any, Any, str], Criterion]:
	def criterion(field: Any, value: Any, doctype: str) -> Criterion:
		names = find(doctype, value) or [""]
		return field.notin(names) if negate else field.isin(names)

	return criterion


def _ancestors(doctype: str, name: str) -> list:
	from frappe.utils.nestedset import get_ancestors_of

	return get_ancestors_of(doctype, name)


def _descendants(doctype: str, name: str) -> list:
	from frappe.utils.nestedset import get_descendants_of

	return get_descendants_of(doctype, name, ignore_permissions=True)


OPERATOR_FUNCTIONS: dict[str, Callable[..., Criterion]] = {
	"=": _equal,
	"!=": _not_equal,
	"<>": _not_equal,
	">": lambda field, value: field > value,
	"<": lambda field, value: field < value,
	">=": lambda field, value: field >= value,
	"<=": lambda field, value: field <= value,
	"like": lambda field, value: field.like(value),
	"not like": lambda field, value: field.not_like(value),
	"regexp": lambda field, value: field.regexp(value),
	"rlike": lambda field, value: field.regexp(value),
	"in": lambda field, value: field.isin(_members(value)),
	"not in": lambda field, value: field.notin(_members(value)),
	"is": _is,
	"between": _between,
	"timespan": _timespan,
	"ancestors of": _in_tree(_ancestors),
	"not ancestors of": _in_tree(_ancestors, negate=True),
	"descendants of": _in_tree(_descendants),
	"not descendants of": _in_tree(_descendants, negate=True),
	"descendants of (inclusive)": _in_tree(lambda doctype, name: [*_descendants(doctype, name), name]),
}
