"""DatabaseQuery: one list, from the arguments of `frappe.get_list` to its rows."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.database.utils import DefaultOrderBy
from frappe.model import optional_fields
from frappe.model.db_query.access import Scope, check_parent_permission, not_permitted
from frappe.model.db_query.conditions import build_condition, parse_filters
from frappe.model.db_query.expression import Item, parse_item, refuse, render, split_list

GROUP_FUNCTIONS = frozenset(("count", "min", "max", "sum", "avg", "group_concat"))
DIRECTIONS = ("asc", "desc")


class DatabaseQuery:
	"""A list of a DocType's documents.

	Args:
		doctype: the DocType.
		user: for whom it is asked, the current one unless named.
	"""

	def __init__(self, doctype: str, user: str | None = None) -> None:
		self.doctype = doctype
		self.user = user or frappe.session.user
		self.flags = frappe._dict()
		self.values: list[Any] = []
		self.aliases: set[str] = set()

	@property
	def doctype_meta(self) -> Any:
		return frappe.get_meta(self.doctype)

	def execute(
		self,
		fields: Any = None,
		filters: Any = None,
		or_filters: Any = None,
		docstatus: Any = None,
		group_by: str | None = None,
		order_by: str | None = DefaultOrderBy,
		limit_start: Any = False,
		limit_page_length: Any = None,
		as_list: bool = False,
		with_childnames: bool = False,
		debug: bool = False,
		ignore_permissions: bool = False,
		user: str | None = None,
		with_comment_count: bool = False,
		join: str = "left join",
		distinct: bool = False,
		start: Any = None,
		page_length: Any = None,
		limit: Any = None,
		ignore_ifnull: bool = False,
		save_user_settings: bool = False,
		save_user_settings_fields: bool = False,
		update: dict | None = None,
		user_settings: str | None = None,
		reference_doctype: str | None = None,
		run: bool = True,
		strict: bool = True,
		pluck: str | None = None,
		ignore_ddl: bool = False,
		*,
		parent_doctype: str | None = None,
	) -> Any:
		"""Return the rows, as dicts unless asked otherwise.

		Args:
			fields: names, expressions such as "count(name) as total", `link.field`, `table.field`, "*"; the
				name alone unless given.
			filters, or_filters: all of the first and one of the second must hold; see `parse_filters`.
			docstatus: one or several, as a filter.
			group_by, order_by: lists of fields; by default ordered as the DocType says, None leaves the order
				open.
			limit_start, start, limit_page_length, page_length, limit: first row and number of rows.
			as_list: rows as tuples.
			with_childnames: add the names of joined child rows.
			ignore_permissions: ask for nobody.
			user: ask for this user.
			with_comment_count: add `_comment_count`.
			join: "left join" or "inner join".
			distinct: no equal rows.
			update: values laid over every row.
			run: False returns the statement.
			pluck: only the values of this field.
			parent_doctype: DocType whose permissions count for a child DocType.

		Raises:
			PermissionError: the user may not list the DocType.
			DataError, ValidationError: a part of the query is not allowed or not understood.
		"""
		self.user = user or self.user
		fields, filters = _swapped(fields, filters)
		meta = self.doctype_meta
		self.flags.ignore_permissions = ignore_permissions
		if not ignore_permissions:
			self._check_access(meta, parent_doctype)
		if meta.is_virtual:
			return self._list_virtual(
				fields,
				filters,
				or_filters,
				order_by,
				limit_start or start,
				limit_page_length or limit,
				as_list,
				pluck,
			)
		if meta.issingle:
			frappe.throw(frappe._("{0} is a single document and has no list").format(frappe._(self.doctype)))
		self.scope = Scope(self.doctype, self.user, not ignore_permissions, parent_doctype, join)
		statement = self._statement(
			[pluck] if pluck else fields,
			_with_docstatus(filters, docstatus),
			or_filters,
			group_by,
			order_by,
			distinct,
			with_childnames,
			_limit(limit_page_length, page_length, limit, limit_start, start),
		)
		if not run:
			return frappe.db.mogrify(statement, self.values)
		return self._fetch(statement, as_list, pluck, update, debug, ignore_ddl, with_comment_count)

	# ------------------------------------------------------------------ permission
	def _check_access(self, meta: Any, parent_doctype: str | None) -> None:
		if meta.istable:
			check_parent_permission(parent_doctype, self.doctype)
			return
		if not frappe.has_permission(self.doctype, "select", user=self.user):
			frappe.has_permission(self.doctype, "read", user=self.user, throw=True)

	# ------------------------------------------------------------------ statement
	def _statement(
		self,
		fields: Any,
		filters: Any,
		or_filters: Any,
		group_by: str | None,
		order_by: str | None,
		distinct: bool,
		with_childnames: bool,
		limit: str,
	) -> str:
		columns = self._columns(fields, with_childnames)
		where = self._where(filters, or_filters)
		grouped = self._group(group_by)
		ordered = self._order(order_by, fields, bool(group_by) or distinct)
		joins = "".join(f" {join}" for join in self.scope.joins.values())
		return (
			f"select {'distinct ' if distinct else ''}{columns} from `tab{self.doctype}`{joins}"
			f"{where}{grouped}{ordered}{limit}"
		)

	def _columns(self, fields: Any, with_childnames: bool) -> str:
		columns: list[str] = []
		for field in _as_fields(fields):
			columns += self._field_columns(field)
		if with_childnames:
			for table in self.scope.tables:
				if table != f"tab{self.doctype}":
					columns.append(f"`{table}`.`name` as `{table[3:]}:name`")
		return ", ".join(dict.fromkeys(columns)) or f"`tab{self.doctype}`.`name`"

	def _field_columns(self, field: Any) -> list[str]:
		if not isinstance(field, str):
			field = _function_of(field)
		field = field.strip()
		if field.endswith("*") and "(" not in field:
			return self._all_columns(field)
		if field in self.scope.meta._columns:
			return [] if self._is_hidden(field) else [f"`tab{self.doctype}`.`{field}`"]
		if self._is_virtual(field):
			return []
		return self._expression_columns(field)

	def _is_hidden(self, field: str) -> bool:
		return field in self.scope.hidden or (self._selectable is not None and field not in self._selectable)

	@property
	def _selectable(self) -> set[str] | None:
		"""Fields of a user who may only select, not read; None for everybody else."""
		if "selectable" not in self.flags:
			self.flags.selectable = self._read_selectable()
		return self.flags.selectable

	def _read_selectable(self) -> set[str] | None:
		if not self.scope.is_checked or self.user == "Administrator" or self.scope.meta.istable:
			return None
		if not frappe.only_has_select_perm(self.doctype, user=self.user):
			return None
		meta = self.scope.meta
		return {"name", *meta.get_search_fields(), *([meta.title_field] if meta.title_field else [])}

	def _is_virtual(self, field: str) -> bool:
		df = self.scope.meta.get_field(field)
		return bool(df and df.is_virtual)

	def _all_columns(self, field: str) -> list[str]:
		table = field[:-1].rstrip(".").strip("`")
		if table and table != f"tab{self.doctype}":
			meta = self.scope.join_child(table[3:])
			hidden = meta.hidden_fields(self.user, self.doctype) if self.scope.is_checked else ()
			return [f"`{table}`.`{column}`" for column in meta.get_valid_columns() if column not in hidden]
		meta = self.scope.meta
		columns = [*meta.get_valid_columns(), *self._optional_columns()]
		return [f"`tab{self.doctype}`.`{column}`" for column in columns if not self._is_hidden(column)]

	def _optional_columns(self) -> list[str]:
		if self.scope.meta.istable or self.scope.is_checked:
			return []
		present = set(frappe.db.get_table_columns(self.doctype))
		return [column for column in optional_fields if column in present]

	def _expression_columns(self, field: str) -> list[str]:
		item = parse_item(field, frappe.DataError)
		tokens = item.tokens
		if len(tokens) == 2 and tokens[0].text.lower() == "distinct":
			column = self._select_column(Item(tokens[1:], item.alias, True))
			return [f"distinct {column}"] if column else []
		column = self._select_column(item)
		return [column] if column else []

	def _select_column(self, item: Item) -> str | None:
		if item.is_plain and self._is_left_out(item.tokens[0].text):
			return None
		sql = render(item, self._permitted_column)
		alias = item.alias or (_last_part(item.tokens[0].text) if item.is_plain else _text_of(item))
		self.aliases.add(alias)
		quoted = alias.replace("`", "").replace("%", "%%")
		return f"{sql} as `{quoted}`" if item.alias or not sql.endswith(f"`{quoted}`") else sql

	def _is_left_out(self, name: str) -> bool:
		own = name.replace("`", "")
		own = own[len(self.doctype) + 4 :] if own.startswith(f"tab{self.doctype}.") else own
		return "." not in own and own in self.scope.meta._columns and self._is_hidden(own)

	def _permitted_column(self, name: str) -> str:
		sql = self.scope.column(name)
		if self._selectable is not None and "." not in name and self._is_hidden(name.strip("`")):
			not_permitted(name)
		return sql

	# ------------------------------------------------------------------ where, group by, order by
	def _where(self, filters: Any, or_filters: Any) -> str:
		conditions = self._conditions(filters)
		alternatives = self._conditions(or_filters)
		if alternatives:
			conditions.append(f"({' or '.join(alternatives)})")
		rows = self.scope.row_condition()
		if rows:
			conditions.append(f"({rows})")
		return f" where {' and '.join(conditions)}" if conditions else ""

	def _conditions(self, filters: Any) -> list[str]:
		conditions = []
		for condition in parse_filters(self.doctype, filters):
			if self._selectable is not None and self._is_hidden(condition.fieldname):
				not_permitted(condition.fieldname)
			sql, values = build_condition(self.scope, condition)
			conditions.append(sql)
			self.values.extend(values)
		return conditions

	def _group(self, group_by: str | None) -> str:
		if not group_by:
			return ""
		return f" group by {', '.join(self._named(item) for item in split_list(group_by))}"

	def _order(self, order_by: str | None, fields: Any, is_grouped: bool) -> str:
		if order_by == DefaultOrderBy:
			is_open = is_grouped or _is_aggregate(fields)
			return "" if is_open else f" order by {get_order_by(self.doctype, self.scope.meta)}"
		if not order_by:
			return ""
		return f" order by {', '.join(self._directed(item) for item in split_list(order_by))}"

	def _directed(self, item: str) -> str:
		head, _, last = item.rpartition(" ")
		if last.lower() in DIRECTIONS and head:
			return f"{self._named(head.strip())} {last.lower()}"
		return self._named(item)

	def _named(self, text: str) -> str:
		plain = text.strip("`")
		if plain in self.aliases and plain not in self.scope.meta._columns:
			return f"`{plain}`"
		item = parse_item(text)
		if item.alias or any(token.text.lower() in ("distinct", *DIRECTIONS) for token in item.tokens):
			refuse(text)
		if not any(token.kind == "name" for token in item.tokens):
			refuse(text)
		return render(item, self._ordering_column)

	def _ordering_column(self, name: str) -> str:
		plain = name.strip("`")
		if plain in self.aliases and plain not in self.scope.meta._columns:
			return f"`{plain}`"
		return self._permitted_column(name)

	# ------------------------------------------------------------------ rows
	def _fetch(
		self,
		statement: str,
		as_list: bool,
		pluck: str | None,
		update: dict | None,
		debug: bool,
		ignore_ddl: bool,
		with_comment_count: bool,
	) -> Any:
		if not self.values:
			statement = statement.replace("%%", "%")
		rows = frappe.db.sql(
			statement,
			tuple(self.values),
			as_dict=not as_list and not pluck,
			update=update,
			debug=debug,
			ignore_ddl=ignore_ddl,
			pluck=bool(pluck),
		)
		if with_comment_count and not as_list and not pluck:
			_add_comment_counts(rows)
		return rows

	def _list_virtual(
		self,
		fields: Any,
		filters: Any,
		or_filters: Any,
		order_by: Any,
		start: Any,
		limit: Any,
		as_list: bool,
		pluck: str | None,
	) -> Any:
		from frappe.model.base_document import get_controller

		arguments = frappe._dict(
			doctype=self.doctype,
			fields=_as_fields(fields),
			filters=filters,
			or_filters=or_filters,
			order_by=None if order_by == DefaultOrderBy else order_by,
			start=frappe.utils.cint(start),
			page_length=frappe.utils.cint(limit),
			limit_page_length=frappe.utils.cint(limit),
			as_list=as_list,
		)
		rows = frappe.call(get_controller(self.doctype).get_list, args=arguments, **arguments)
		return [row[pluck] for row in rows] if pluck else rows


def _swapped(fields: Any, filters: Any) -> tuple[Any, Any]:
	"""Frappe takes filters in the place of fields, told apart by their form."""
	if isinstance(fields, dict) or (isinstance(fields, list) and fields and isinstance(fields[0], list)):
		return filters, fields
	if fields and isinstance(filters, list) and len(filters) > 1 and isinstance(filters[0], str):
		return filters, fields
	return fields, filters


def _as_fields(fields: Any) -> list:
	if not fields:
		return ["name"]
	if isinstance(fields, str):
		if fields.lstrip().startswith("["):
			return _parse_fields(fields)
		return split_list(fields)
	found: list = []
	for field in fields:
		found += (
			split_list(field) if isinstance(field, str) and "," in field and "(" not in field else [field]
		)
	return [field for field in found if field]


def _parse_fields(text: str) -> list:
	try:
		fields = json.loads(text)
	except ValueError:
		frappe.throw(frappe._("Fields are not valid JSON"))
	return fields or ["name"]


def _function_of(field: Any) -> str:
	"""Return the expression of `{"COUNT": "name", "as": "total"}`, the form of Frappe 16."""
	if not isinstance(field, dict):
		refuse(str(field))
	functions = [key for key in field if key.lower() != "as"]
	if len(functions) != 1 or not isinstance(field[functions[0]], str):
		refuse(str(field))
	alias = field.get("as") or field.get("AS")
	return f"{functions[0].lower()}({field[functions[0]]})" + (f" as {alias}" if alias else "")


def _last_part(name: str) -> str:
	return name.replace("`", "").rpartition(".")[2]


def _text_of(item: Item) -> str:
	return "".join(token.text for token in item.tokens)


def _with_docstatus(filters: Any, docstatus: Any) -> Any:
	if docstatus is None:
		return filters
	wanted = list(docstatus) if isinstance(docstatus, list | tuple) else [docstatus]
	condition = ["docstatus", "in", wanted]
	if isinstance(filters, dict):
		return [*([key, *_pair(value)] for key, value in filters.items()), condition]
	return [*(filters or []), condition]


def _pair(value: Any) -> tuple[Any, Any]:
	return (value[0], value[1]) if isinstance(value, list | tuple) and len(value) == 2 else ("=", value)


def _limit(limit_page_length: Any, page_length: Any, limit: Any, limit_start: Any, start: Any) -> str:
	rows = frappe.utils.cint(limit_page_length or page_length or limit)
	first = frappe.utils.cint(limit_start or start)
	if rows < 0 or first < 0:
		frappe.throw(frappe._("The limit of a list cannot be negative"))
	return f" limit {rows} offset {first}" if rows else ""


def _is_aggregate(fields: Any) -> bool:
	found = _as_fields(fields)
	if len(found) != 1 or not isinstance(found[0], str):
		return bool(found) and isinstance(found[0], dict)
	return found[0].lstrip().split("(", 1)[0].lower() in GROUP_FUNCTIONS and "(" in found[0]


def default_order(meta: Any) -> str:
	"""Return the order a DocType's list has, drafts first where documents are submitted."""
	field, order = meta.sort_field or "modified", meta.sort_order or "desc"
	text = field
	if "," not in field:
		text = f"{field} {order}" if meta.has_column(field) else "modified desc"
	return f"docstatus asc, {text}" if meta.is_submittable else text


def get_order_by(doctype: str, meta: Any) -> str:
	"""Return the order a DocType's list has, as SQL."""
	parts = []
	for item in split_list(default_order(meta)):
		field, _, direction = item.partition(" ")
		parts.append(f"`tab{doctype}`.`{field}` {direction or 'asc'}")
	return ", ".join(parts)


def _add_comment_counts(rows: list) -> None:
	for row in rows:
		row["_comment_count"] = len(json.loads(row.get("_comments") or "[]"))
