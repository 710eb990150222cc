"""From filters to a condition: plain filters on the columns of one table.

What needs joins (fields of child tables, of linked documents) is the business of `frappe.database.query`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.database.utils import quote_name

COMPARISONS = frozenset(("=", "!=", "<>", ">", "<", ">=", "<=", "like", "not like", "regexp", "rlike"))
OPERATORS = COMPARISONS | {
	"in",
	"not in",
	"between",
	"is",
	"timespan",
	"ancestors of",
	"descendants of",
	"not ancestors of",
	"not descendants of",
	"descendants of (inclusive)",
}


class NotPlain(Exception):
	"""The filters need more than one table."""


def normalize_filters(doctype: str, filters: Any) -> list[tuple[str, str, Any]]:
	"""Return filters as (column, operator, value).

	Args:
		doctype: DocType the filters are for.
		filters: a name, a dict {field: value or [operator, value]}, or a list of
			[field, operator, value] or [doctype, field, operator, value].

	Raises:
		NotPlain: a filter is on another table.
	"""
	if filters is None:
		return []
	if isinstance(filters, str | int | float):
		return [("name", "=", filters)]
	if isinstance(filters, dict):
		return [_from_pair(key, value) for key, value in filters.items()]
	if isinstance(filters, list | tuple | set):
		return _from_list(doctype, list(filters))
	raise frappe.ValidationError(f"Filters cannot be a {type(filters).__name__}")


def _from_pair(key: Any, value: Any) -> tuple[str, str, Any]:
	if not isinstance(key, str):
		raise NotPlain
	if isinstance(value, list | tuple):
		return _plain(key, *operator_and_value(value))
	return _plain(key, "in" if isinstance(value, set | frozenset) else "=", value)


def operator_and_value(pair: Any) -> tuple[str, Any]:
	"""Return the two parts of a filter such as [">", 5].

	Raises:
		frappe.ValidationError: it has not two parts, or the first is no operator.
	"""
	if not pair or not isinstance(pair[0], str) or pair[0].lower() not in OPERATORS or len(pair) > 2:
		raise frappe.ValidationError(frappe._("Invalid Operator {0}").format(pair[0] if pair else ""))
	return pair[0], pair[1] if len(pair) > 1 else None


def _from_list(doctype: str, filters: list) -> list[tuple[str, str, Any]]:
	if filters and all(isinstance(item, str | int | float) for item in filters):
		if len(filters) == 3 and str(filters[1]).lower() in OPERATORS:
			return [_from_triple(doctype, filters)]
		return [("name", "in", filters)]
	found: list[tuple[str, str, Any]] = []
	for item in filters:
		if isinstance(item, dict):
			found.extend(_from_pair(key, value) for key, value in item.items())
		elif isinstance(item, list | tuple):
			found.append(_from_triple(doctype, item))
		else:
			raise NotPlain
	return found


def _from_triple(doctype: str, item: Any) -> tuple[str, str, Any]:
	if len(item) == 2:
		return _from_pair(*item)
	if len(item) >= 4:
		if item[0] != doctype:
			raise NotPlain
		item = item[1:4]
	return _plain(*item[:3])


def _plain(field: Any, operator: Any, value: Any) -> tuple[str, str, Any]:
	if not isinstance(field, str) or "." in field or "(" in field or not isinstance(operator, str):
		raise NotPlain
	return field.strip("`"), operator.lower(), value


def build_condition(doctype: str, filters: Any) -> tuple[str, list]:
	"""Return the condition of plain filters and its values; "" without filters.

	Raises:
		NotPlain: a filter is on another table.
		frappe.ValidationError: an operator is unknown or its value has the wrong shape.
	"""
	parts: list[str] = []
	values: list[Any] = []
	for field, operator, value in normalize_filters(doctype, filters):
		sql, bound = _condition(doctype, quote_name(field), operator, value)
		parts.append(sql)
		values.extend(bound)
	return " and ".join(parts), values


def _condition(doctype: str, column: str, operator: str, value: Any) -> tuple[str, Iterable]:
	if operator in COMPARISONS:
		return _compare(column, operator, value)
	if operator in ("in", "not in"):
		return _membership(column, operator, value)
	if operator == "is":
		return _is_set(column, value)
	if operator == "between":
		return _between(column, value)
	if operator in OPERATORS:
		raise NotPlain
	raise frappe.ValidationError(frappe._("Invalid Operator {0}").format(operator))


def _compare(column: str, operator: str, value: Any) -> tuple[str, Iterable]:
	if value is None:
		return (f"{column} is not null" if operator in ("!=", "<>", "not like") else f"{column} is null"), ()
	if isinstance(value, list | tuple | set | dict):
		raise frappe.ValidationError(frappe._("Invalid filter value for {0}").format(column))
	return f"{column} {operator} %s", (value,)


def _membership(column: str, operator: str, value: Any) -> tuple[str, Iterable]:
	if isinstance(value, str):
		value = value.split(",")
	members = list(value) if value else [""]
	given = [member for member in members if member is not None]
	condition = f"{column} {operator} ({', '.join(['%s'] * len(given))})" if given else ""
	if len(given) == len(members):
		return condition, given
	null = f"{column} is null" if operator == "in" else f"{column} is not null"
	if not condition:
		return null, ()
	joined = "or" if operator == "in" else "and"
	return f"({condition} {joined} {null})", given


def _is_set(column: str, value: Any) -> tuple[str, Iterable]:
	word = str(value).lower()
	if word == "set":
		return f"({column} is not null and {column} != '')", ()
	if word == "not set":
		return f"({column} is null or {column} = '')", ()
	raise frappe.ValidationError(frappe._("Value for 'is' must be 'set' or 'not set'"))


def _between(column: str, value: Any) -> tuple[str, Iterable]:
	if not isinstance(value, list | tuple) or len(value) != 2:
		raise frappe.ValidationError(frappe._("Value for 'between' must be two values"))
	return f"{column} between %s and %s", value
