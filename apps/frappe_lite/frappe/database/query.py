"""Queries from Frappe's filters and fields, with joins to child tables and linked documents."""

from __future__ import annotations

import re
from typing import Any

from pypika import Order, Table
from pypika.terms import Criterion, Term

import frappe
from frappe.database.filters import OPERATORS, operator_and_value
from frappe.database.operators import OPERATOR_FUNCTIONS
from frappe.database.utils import DefaultOrderBy, table_name

_ALIAS = re.compile(r"\s+as\s+`?([\w ]+?)`?\s*$", re.I)
_CALL = re.compile(r"^(\w+)\s*\((.*)\)$", re.S)
_NAME = re.compile(r"^[\w ]+$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def get_query(
	table: str | Table,
	fields: Any = None,
	filters: Any = None,
	order_by: str | None = None,
	group_by: str | None = None,
	limit: int | None = None,
	offset: int | None = None,
	distinct: bool = False,
	for_update: bool = False,
	update: bool = False,
	into: bool = False,
	delete: bool = False,
	*,
	validate_filters: bool = False,
	skip_locked: bool = False,
	wait: bool = True,
	**_options: Any,
) -> Any:
	"""Return a query of `frappe.qb` made from Frappe's filters and fields; permissions are not applied.

	Args:
		table: DocType or table.
		fields: a field, "*", or a list of fields: text ("link.field", "child.field", "sum(x) as y") or terms.
		filters: as `frappe.get_all` takes them; also a criterion of `frappe.qb`.
		order_by: "field [asc|desc], …"; a field alone is descending.
		group_by: "field, …".
		for_update, skip_locked, wait: row locks (MariaDB).
		update, into, delete: begin another statement than SELECT.

	Raises:
		frappe.ValidationError: a field, filter or operator cannot be read.
	"""
	engine = QueryEngine(table)
	if into:
		return frappe.qb.into(engine.table)
	if update:
		query = frappe.qb.update(engine.table)
	elif delete:
		query = frappe.qb.from_(engine.table).delete()
	else:
		query = frappe.qb.from_(engine.table).select(*engine.fields(fields))
	query = engine.filter(query, filters)
	query = engine.sort(query, order_by, group_by)
	if limit:
		query = query.limit(int(limit))
	if offset:
		query = query.offset(int(offset))
	if distinct:
		query = query.distinct()
	if for_update:
		query = query.for_update(skip_locked=skip_locked, nowait=not wait)
	return engine.join(query)


class QueryEngine:
	"""Reads fields and filters for one table and remembers the joins they need."""

	def __init__(self, table: str | Table) -> None:
		if isinstance(table, Table):
			self.table = table
			self.doctype = table._table_name.removeprefix("tab")
		else:
			self.doctype = table
			self.table = frappe.qb.DocType(table)
		self.joins: dict[tuple[str, str], tuple[Table, Criterion]] = {}

	def fields(self, fields: Any) -> list[Term]:
		"""Return the selected terms; only `name` when no fields are given."""
		if not fields:
			return [self.table.name]
		if isinstance(fields, str | Term):
			fields = _split(fields) if isinstance(fields, str) else [fields]
		return [self.term(field) for field in fields]

	def term(self, field: Any) -> Any:
		"""Return a field given as text as a term; a term as it is."""
		if not isinstance(field, str):
			return field
		field = field.strip()
		if field == "*":
			return self.table.star
		alias = _ALIAS.search(field)
		if alias:
			return self.term(field[: alias.start()]).as_(alias.group(1))
		call = _CALL.match(field)
		return self._call(call.group(1), call.group(2)) if call else self.column(field)

	def _call(self, name: str, arguments: str) -> Term:
		from frappe.query_builder.functions import known_functions

		function = known_functions().get(name.lower())
		if function is None:
			raise frappe.ValidationError(frappe._("Function {0} is not allowed in a query").format(name))
		distinct = arguments.strip().lower().startswith("distinct ")
		if distinct:
			arguments = arguments.strip()[len("distinct ") :]
		term = function(*(self._argument(argument) for argument in _split(arguments)))
		return term.distinct() if distinct else term

	def _argument(self, text: str) -> Any:
		text = text.strip()
		if text == "*":
			return "*"
		if text[:1] in "'\"" and text[-1:] == text[:1]:
			return text[1:-1]
		if _NUMBER.match(text):
			return float(text) if "." in text else int(text)
		return self.term(text)

	def column(self, field: str) -> Any:
		"""Return the column of a field: own, of a child table, of a linked document, or of a joined table."""
		parts = [part.strip().strip("`") for part in field.split(".")]
		if len(parts) > 2 or not all(_NAME.match(part) for part in parts):
			raise frappe.ValidationError(frappe._("Field not permitted in query: {0}").format(field))
		if len(parts) == 1:
			return self.table[parts[0]]
		owner, name = parts
		if table_name(owner) == self.table._table_name:
			return self.table[name]
		return self._joined(owner)[name] if not owner.startswith("tab") else self._child(owner[3:])[name]

	def _joined(self, fieldname: str) -> Table:
		field = frappe.get_meta(self.doctype).get_field(fieldname)
		if not field:
			raise frappe.ValidationError(frappe._("Field not permitted in query: {0}").format(fieldname))
		if field.fieldtype in ("Table", "Table MultiSelect"):
			return self._child(field.options, fieldname)
		target = frappe.qb.DocType(field.options).as_(
			f"{fieldname}_{field.options.replace(' ', '_').lower()}"
		)
		return self._join(("link", fieldname), target, target.name == self.table[fieldname])

	def _child(self, doctype: str, fieldname: str | None = None) -> Table:
		child = frappe.qb.DocType(doctype)
		condition = (child.parent == self.table.name) & (child.parenttype == self.doctype)
		if fieldname:
			condition &= child.parentfield == fieldname
		return self._join(("child", doctype), child, condition)

	def _join(self, key: tuple[str, str], table: Table, condition: Criterion) -> Table:
		return self.joins.setdefault(key, (table, condition))[0]

	def join(self, query: Any) -> Any:
		"""Add the joins that fields and filters asked for."""
		for table, condition in self.joins.values():
			query = query.left_join(table).on(condition)
		return query

	def filter(self, query: Any, filters: Any) -> Any:
		"""Add conditions."""
		if isinstance(filters, Criterion):
			return query.where(filters)
		if filters is None or filters in ({}, []):
			return query
		for field, operator, value in self._conditions(filters):
			query = query.where(self.criterion(field, operator, value))
		return query

	def _conditions(self, filters: Any) -> list[tuple[Any, str, Any]]:
		if isinstance(filters, str | int | float):
			return [("name", "=", filters)]
		if isinstance(filters, dict):
			return [_pair(key, value) for key, value in filters.items()]
		filters = list(filters)
		if filters and all(isinstance(item, str | int | float) for item in filters):
			is_triple = len(filters) == 3 and str(filters[1]).lower() in OPERATORS
			return [tuple(filters)] if is_triple else [("name", "in", filters)]
		return [condition for item in filters for condition in self._of_item(item)]

	def _of_item(self, item: Any) -> list[tuple[Any, str, Any]]:
		if isinstance(item, dict):
			return [_pair(key, value) for key, value in item.items()]
		if isinstance(item, Criterion):
			return [(item, "", None)]
		if len(item) == 2:
			return [_pair(*item)]
		if len(item) >= 4:
			doctype, field, operator, value = item[:4]
			owner = self.table if doctype == self.doctype else self._child(doctype)
			return [(owner[field], operator, value)]
		return [tuple(item)]

	def criterion(self, field: Any, operator: str, value: Any) -> Criterion:
		"""Return the criterion of one filter.

		Raises:
			frappe.ValidationError: the operator is unknown.
		"""
		if isinstance(field, Criterion) and not operator:
			return field
		function = OPERATOR_FUNCTIONS.get(str(operator).lower())
		if function is None:
			raise frappe.ValidationError(frappe._("Invalid Operator {0}").format(operator))
		term = self.term(field) if isinstance(field, str) else field
		if " of" in operator.lower():
			return function(term, value, self._tree(field))
		return function(term, value)

	def _tree(self, field: Any) -> str:
		name = field if isinstance(field, str) else field.name
		if name == "name":
			return self.doctype
		return frappe.get_meta(self.doctype).get_field(name).options

	def sort(self, query: Any, order_by: str | None, group_by: str | None) -> Any:
		"""Add GROUP BY and ORDER BY."""
		if group_by:
			query = query.groupby(*(self.term(field) for field in _split(group_by)))
		if not order_by or order_by == DefaultOrderBy:
			return query
		for part in _split(order_by):
			field, _, direction = part.strip().rpartition(" ")
			if direction.lower() not in ("asc", "desc"):
				field, direction = part.strip(), "desc"
			query = query.orderby(
				self.term(field), order=Order.asc if direction.lower() == "asc" else Order.desc
			)
		return query


def _pair(key: Any, value: Any) -> tuple[Any, str, Any]:
	if isinstance(value, list | tuple):
		return (key, *operator_and_value(value))
	return key, "in" if isinstance(value, set | frozenset) else "=", value


def _split(text: str) -> list[str]:
	from frappe.database.sqlite.rewrite import split_top_level

	return [part.strip() for part in split_top_level(text) if part.strip()]
