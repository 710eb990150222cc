"""Filters of a list: from any form they are given in to SQL conditions with values."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import frappe
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.model.db_query.access import Scope
from frappe.model.db_query.dates import as_date, as_datetime, between_bounds, get_date_range

TREE_OPERATORS = (
	"ancestors of",
	"descendants of",
	"not ancestors of",
	"not descendants of",
	"descendants of (inclusive)",
)
OPERATORS = (
	"=",
	"!=",
	">",
	"<",
	">=",
	"<=",
	"like",
	"not like",
	"in",
	"not in",
	"is",
	"between",
	"timespan",
	"previous",
	"next",
	*TREE_OPERATORS,
)
NUMBERS = frozenset(("Check", "Float", "Int", "Long Int", "Currency", "Percent", "Duration", "Rating"))
STANDARD_TYPES = {"creation": "Datetime", "modified": "Datetime", "docstatus": "Int", "idx": "Int"}
# More than any form or report needs; a database plans a statement with thousands of them for minutes.
MAX_FILTERS = 500
EVERYWHERE = frozenset((*default_fields, *optional_fields, *child_table_fields))
Condition = tuple[str, list[Any]]


class Filter(NamedTuple):
	"""One condition of a filter."""

	doctype: str
	fieldname: str
	operator: str
	value: Any


class Operand(NamedTuple):
	"""The column a filter is about."""

	sql: str
	fieldtype: str
	df: Any
	doctype: str


def parse_filters(doctype: str, filters: Any) -> list[Filter]:
	"""Return filters in one form.

	Args:
		filters: a dict {field: value or [operator, value]}, a list of [field, operator, value],
			[doctype, field, operator, value] or dicts, or JSON text of one of these.

	Raises:
		ValidationError: a filter has another form or its operator is unknown.
		DataError: there are more than MAX_FILTERS.
	"""
	if filters is None or filters == "":
		return []
	if isinstance(filters, str):
		filters = _parse_text(filters)
	if isinstance(filters, dict):
		return [_from_pair(doctype, key, value) for key, value in filters.items()]
	if not isinstance(filters, list | tuple | set):
		return [Filter(doctype, "name", "=", filters)]
	if _is_single_triple(doctype, filters):
		filters = [filters]
	return list(_each_filter(doctype, filters))


def _each_filter(doctype: str, filters: Any) -> Iterator[Filter]:
	if len(filters) > MAX_FILTERS:
		frappe.throw(frappe._("There are too many conditions or values"), frappe.DataError)
	for item in filters:
		if isinstance(item, dict):
			yield from parse_filters(doctype, item)
		else:
			yield _from_list(doctype, item)


def _parse_text(text: str) -> Any:
	try:
		return json.loads(text)
	except ValueError:
		frappe.throw(frappe._("Filters are not valid JSON"))


def _is_single_triple(doctype: str, filters: Any) -> bool:
	if not isinstance(filters, list | tuple) or len(filters) not in (3, 4):
		return False
	return all(isinstance(part, str) for part in filters[:-1]) and filters[-2].lower() in OPERATORS


def _from_pair(doctype: str, key: Any, value: Any) -> Filter:
	if isinstance(value, list | tuple) and len(value) == 2 and _is_operator(value[0]):
		return _filter(doctype, key, value[0], value[1])
	if isinstance(value, list | tuple | set):
		if value and _is_operator(next(iter(value))) and len(value) == 1:
			return _filter(doctype, key, next(iter(value)), None)
		return _filter(doctype, key, "in", list(value))
	return _filter(doctype, key, "=", value)


def _is_operator(value: Any) -> bool:
	return isinstance(value, str) and value.lower() in OPERATORS


def _from_list(doctype: str, item: Any) -> Filter:
	if not isinstance(item, list | tuple):
		_refuse_form(item)
	if len(item) == 2:
		return _from_pair(doctype, item[0], item[1])
	if len(item) == 3:
		return _filter(doctype, *item)
	if len(item) < 4:
		_refuse_form(item)
	return _filter(*item[:4])


def _refuse_form(item: Any) -> None:
	frappe.throw(
		frappe._("Filter must have 4 values (doctype, fieldname, operator, value): {0}").format(
			frappe.utils.escape_html(str(item))
		)
	)


def _filter(doctype: Any, fieldname: Any, operator: Any, value: Any) -> Filter:
	operator = str(operator or "=").strip().lower()
	if operator not in OPERATORS:
		choices = frappe.utils.escape_html(", ".join(OPERATORS))
		frappe.throw(frappe._("Operator must be one of {0}").format(choices))
	if not isinstance(fieldname, str) or not isinstance(doctype, str) or isinstance(value, dict):
		_refuse_form([doctype, fieldname, operator, value])
	return Filter(doctype, fieldname, operator, value)


# ---------------------------------------------------------------------- the column
def operand_of(scope: Scope, condition: Filter) -> Operand:
	"""Return the column of a filter, joining the child table it lies in.

	Raises:
		DataError: there is no such field or the user may not read it.
	"""
	fieldname = condition.fieldname.strip("`")
	if "." in fieldname or "(" in fieldname:
		return _operand_of_expression(scope, condition.fieldname)
	meta = scope.meta if condition.doctype == scope.doctype else scope.join_child(condition.doctype)
	if meta is scope.meta and fieldname not in EVERYWHERE and not meta.has_field(fieldname):
		meta = _child_with(scope, fieldname) or meta
	sql = scope.column(fieldname if meta is scope.meta else f"`tab{meta.name}`.`{fieldname}`")
	df = meta.get_field(fieldname)
	return Operand(sql, df.fieldtype if df else STANDARD_TYPES.get(fieldname, "Data"), df, meta.name)


def _child_with(scope: Scope, fieldname: str) -> Any:
	for table in scope.meta.get_table_fields():
		if frappe.get_meta(table.options).has_field(fieldname):
			return scope.join_child(table.options)
	return None


def _operand_of_expression(scope: Scope, text: str) -> Operand:
	from frappe.model.db_query.expression import parse_item, render

	sql = render(parse_item(text), scope.column)
	base, _, field = text.replace("`", "").rpartition(".")
	link = scope.meta.get_field(base)
	doctype = base[3:] if base.startswith("tab") else (link.options if link else scope.doctype)
	df = None if "(" in text else frappe.get_meta(doctype).get_field(field)
	return Operand(sql, df.fieldtype if df else STANDARD_TYPES.get(field, "Data"), df, doctype)


# ---------------------------------------------------------------------- conditions
def build_condition(scope: Scope, condition: Filter) -> Condition:
	"""Return the SQL of one filter with its values.

	Raises:
		DataError, ValidationError: the field is not permitted or the value has the wrong form.
	"""
	operand = operand_of(scope, condition)
	build = _BUILDERS.get(condition.operator, _compare)
	return build(operand, condition.operator, condition.value)


def _compare(operand: Operand, operator: str, value: Any) -> Condition:
	if isinstance(value, list | tuple | set):
		_refuse_form([operand.doctype, operand.sql, operator, value])
	if operand.fieldtype in NUMBERS:
		return _compare_number(operand, operator, value)
	if operand.fieldtype in ("Date", "Datetime", "Time"):
		return _compare_moment(operand, operator, value)
	return _compare_text(operand, operator, value)


def _compare_number(operand: Operand, operator: str, value: Any) -> Condition:
	number = value if isinstance(value, int | float) else frappe.utils.flt(value)
	return f"{operand.sql} {operator} %s", [int(number) if number == int(number) else number]


def _compare_moment(operand: Operand, operator: str, value: Any) -> Condition:
	if value is None or value == "":
		return (f"{operand.sql} is not null", []) if operator in ("!=", ">", ">=") else ("1 = 0", [])
	if operand.fieldtype == "Date":
		bound = as_date(value)
	elif operand.fieldtype == "Datetime":
		bound = as_datetime(value)
	else:
		bound = str(value)
	condition, values = f"{operand.sql} {operator} %s", [bound]
	return (
		(f"({condition} or {operand.sql} is null)", values)
		if operator in ("<", "<=", "!=")
		else (condition, values)
	)


def _compare_text(operand: Operand, operator: str, value: Any) -> Condition:
	if value is None:
		return (f"{operand.sql} is not null", []) if operator == "!=" else ("1 = 0", [])
	if isinstance(value, bool | int | float) and operand.fieldtype not in ("Data", "Link", "Select"):
		return f"{operand.sql} {operator} %s", [value]
	return _or_null(operand, operator, _as_text(value), "")


def _as_text(value: Any) -> Any:
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, datetime.date | datetime.datetime):
		return str(value)
	return str(value) if isinstance(value, int | float) else value


def _or_null(operand: Operand, operator: str, value: Any, empty: Any) -> Condition:
	"""A column without a value counts as empty, where the comparison would be true for the empty value."""
	condition = f"{operand.sql} {operator} %s"
	if operand.sql.endswith(".`name`") and not operand.sql.count("__"):
		return condition, [value]
	if _COMPARE[operator](empty, value):
		return f"({condition} or {operand.sql} is null)", [value]
	return condition, [value]


def _safely(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
	def comparison(empty: Any, value: Any) -> bool:
		return compare(empty, value) if type(empty) is type(value) or not isinstance(value, str) else False

	return comparison


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
	"=": lambda empty, value: empty == value,
	"!=": lambda empty, value: empty != value,
	">": _safely(lambda empty, value: empty > value),
	"<": _safely(lambda empty, value: empty < value),
	">=": _safely(lambda empty, value: empty >= value),
	"<=": _safely(lambda empty, value: empty <= value),
}


def _like(operand: Operand, operator: str, value: Any) -> Condition:
	pattern = str("" if value is None else value).replace("\\", "\\\\")
	condition = f"{operand.sql} {operator} %s"
	if operator == "not like":
		return f"({condition} or {operand.sql} is null)", [pattern]
	return condition, [pattern]


def _members(operand: Operand, operator: str, value: Any) -> Condition:
	members = value.split(",") if isinstance(value, str) else value
	if not isinstance(members, list | tuple | set | frozenset):
		members = [] if members is None else [members]
	given = ["" if member is None else _member(operand, member) for member in members] or [""]
	condition = f"{operand.sql} {operator} ({', '.join(['%s'] * len(given))})"
	may_be_null = operator == "not in" or "" in given
	if may_be_null and operand.fieldtype not in NUMBERS:
		return (
			f"({condition} or {operand.sql} is null)" if operator == "in" or "" not in given else condition,
			given,
		)
	return condition, given


def _member(operand: Operand, member: Any) -> Any:
	if isinstance(member, dict | list | tuple):
		_refuse_form([operand.doctype, operand.sql, "in", member])
	if operand.fieldtype in NUMBERS:
		return frappe.utils.flt(member)
	return str(member).strip() if not isinstance(member, bool) else str(int(member))


def _is_set(operand: Operand, operator: str, value: Any) -> Condition:
	word = str(value).lower()
	if word not in ("set", "not set"):
		frappe.throw(frappe._("Value for the operator {0} must be {1} or {2}").format("is", "set", "not set"))
	sql = operand.sql
	if operand.fieldtype in ("Date", "Datetime", "Time"):
		return (f"{sql} is not null" if word == "set" else f"{sql} is null"), []
	if operand.fieldtype in NUMBERS:
		return (f"({sql} is not null and {sql} != 0)" if word == "set" else f"{sql} is null"), []
	return (f"({sql} is not null and {sql} != '')" if word == "set" else f"({sql} is null or {sql} = '')"), []


def _between(operand: Operand, operator: str, value: Any) -> Condition:
	if operand.fieldtype not in ("Date", "Datetime"):
		frappe.throw(frappe._("The operator {0} works on dates only").format("between"))
	if isinstance(value, str):
		value = value.split(",")
	bounds = between_bounds(value, operand.fieldtype == "Datetime")
	return f"{operand.sql} between %s and %s", list(bounds)


def _timespan(operand: Operand, operator: str, value: Any) -> Condition:
	return _between(operand, "between", get_date_range(operator, value))


def _in_tree(operand: Operand, operator: str, value: Any) -> Condition:
	doctype = (
		operand.df.options if operand.df is not None and operand.df.fieldtype == "Link" else operand.doctype
	)
	names = tree_members(doctype, operator, value)
	return _members(operand, "not in" if operator.startswith("not ") else "in", names)


def tree_members(doctype: str, operator: str, name: Any) -> list[str]:
	"""Return the documents above or below one in a tree.

	Raises:
		ValidationError: the DocType is no tree.
	"""
	if not frappe.get_meta(doctype).is_nested_set():
		frappe.throw(frappe._("{0} is not a tree").format(doctype))
	rows = frappe.db.sql(f"select `lft`, `rgt` from `tab{doctype}` where `name` = %s", (name,))
	if not rows:
		return []
	lft, rgt = rows[0]
	if "ancestors" in operator:
		condition = "`lft` < %s and `rgt` > %s order by `lft` desc"
	elif operator.endswith("(inclusive)"):
		condition = "`lft` >= %s and `rgt` <= %s order by `lft` asc"
	else:
		condition = "`lft` > %s and `rgt` < %s order by `lft` asc"
	return frappe.db.sql(f"select `name` from `tab{doctype}` where {condition}", (lft, rgt), pluck=True)


_BUILDERS: dict[str, Callable[[Operand, str, Any], Condition]] = {
	"like": _like,
	"not like": _like,
	"in": _members,
	"not in": _members,
	"is": _is_set,
	"between": _between,
	"timespan": _timespan,
	"previous": _timespan,
	"next": _timespan,
	**{operator: _in_tree for operator in TREE_OPERATORS},
}
