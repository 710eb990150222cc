"""Which columns a query may name, and the joins they need; what a user may not read is refused."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import optional_fields


def check_parent_permission(parent: str | None, child_doctype: str) -> None:
	"""Refuse a list of child rows unless the user may read the DocType they belong to.

	Args:
		parent: DocType that has a table of `child_doctype`.

	Raises:
		PermissionError: none is named, it has no such table, or the user may not read it.
	"""
	if parent and _has_table_of(parent, child_doctype) and frappe.has_permission(parent):
		return
	raise frappe.PermissionError


def _has_table_of(parent: str, child_doctype: str) -> bool:
	try:
		return child_doctype in frappe.get_meta(parent)._table_doctypes.values()
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return False


def not_permitted(name: str) -> None:
	"""Refuse a column.

	Raises:
		DataError: always.
	"""
	frappe.throw(frappe._("Field not permitted in query: {0}").format(name), frappe.DataError)


class Scope:
	"""The tables of one query.

	Args:
		doctype: DocType of the list.
		user: for whom it is asked.
		is_checked: his permissions count.
		parent_doctype: DocType whose permissions count for a child DocType.
		join: kind of join.
	"""

	def __init__(
		self, doctype: str, user: str, is_checked: bool, parent_doctype: str | None, join: str = "left join"
	) -> None:
		self.doctype = doctype
		self.meta = frappe.get_meta(doctype)
		self.user = user
		self.is_checked = is_checked
		self.parent_doctype = parent_doctype
		self.join = "inner join" if str(join).lower() == "inner join" else "left join"
		self.joins: dict[str, str] = {}
		self.tables: dict[str, Any] = {f"tab{doctype}": self.meta}
		self.hidden = self._hidden_of(self.meta, parent_doctype)
		self.has_joined_rows = False

	def _hidden_of(self, meta: Any, parenttype: str | None) -> frozenset[str]:
		return meta.hidden_fields(self.user, parenttype) if self.is_checked else frozenset()

	# ------------------------------------------------------------------ columns
	def column(self, name: str) -> str:
		"""Return the SQL of a name: a field, `tabDocType`.`field`, link.field or table.field.

		Raises:
			DataError: there is no such field or the user may not read it.
		"""
		plain = name.strip("`") if name.count("`") in (0, 2) and "." not in name else None
		if plain is not None:
			return self._own_column(plain)
		table, _, field = name.rpartition(".")
		table, field = table.strip("`"), field.strip("`")
		if table.startswith("tab"):
			return self._table_column(table, field, name)
		return self._dotted_column(table, field, name)

	def _own_column(self, field: str) -> str:
		if field in self.hidden or not self._is_stored(self.meta, field):
			not_permitted(field)
		return f"`tab{self.doctype}`.`{field}`"

	def _is_stored(self, meta: Any, field: str) -> bool:
		if field in meta._columns or field in optional_fields:
			return True
		# A column without field has no permission level any more, so only trusted code may read it.
		if self.is_checked or "`" in field or meta.issingle:
			return False
		return field in frappe.db.get_table_columns(meta.name)

	def _table_column(self, table: str, field: str, name: str) -> str:
		if table not in self.tables:
			self.join_child(table[3:])
		meta = self.tables[table]
		hidden = self.hidden if meta is self.meta else self._hidden_of(meta, self.doctype)
		if field in hidden or not self._is_stored(meta, field):
			not_permitted(name)
		return f"`{table}`.`{field}`"

	def _dotted_column(self, base: str, field: str, name: str) -> str:
		df = self.meta.get_field(base)
		if df is None or base in self.hidden or not df.options:
			not_permitted(name)
		if base in self.meta._table_doctypes:
			return self._table_column(f"tab{df.options}", field, name)
		if df.fieldtype != "Link":
			not_permitted(name)
		return self._linked_column(df, field, name)

	# ------------------------------------------------------------------ joins
	def join_child(self, doctype: str) -> Any:
		"""Join the rows of a child DocType and return its Meta.

		Raises:
			DataError: the list's DocType has no such table.
		"""
		table = f"tab{doctype}"
		if table in self.tables:
			return self.tables[table]
		if doctype not in self.meta._table_doctypes.values() or doctype in self._hidden_tables():
			not_permitted(table)
		self.joins[table] = (
			f"{self.join} `{table}` on `{table}`.`parent` = `tab{self.doctype}`.`name`"
			f" and `{table}`.`parenttype` = {frappe.db.escape(self.doctype)}"
		)
		self.tables[table] = frappe.get_meta(doctype)
		self.has_joined_rows = True
		return self.tables[table]

	def _hidden_tables(self) -> set[str]:
		visible = {doctype for name, doctype in self.meta._table_doctypes.items() if name not in self.hidden}
		return {doctype for doctype in self.meta._table_doctypes.values() if doctype not in visible}

	def _linked_column(self, df: Any, field: str, name: str) -> str:
		alias = f"{df.fieldname}__{df.options}"
		if alias not in self.joins:
			self._check_linked(df.options)
			self.joins[alias] = (
				f"{self.join} `tab{df.options}` as `{alias}` on `{alias}`.`name` = "
				f"`tab{self.doctype}`.`{df.fieldname}`{self._linked_rows(df.options, alias)}"
			)
		meta = frappe.get_meta(df.options)
		if field in self._hidden_of(meta, None) or not self._is_stored(meta, field):
			not_permitted(name)
		return f"`{alias}`.`{field}`"

	def _check_linked(self, doctype: str) -> None:
		if not self.is_checked or frappe.has_permission(doctype, "select", user=self.user):
			return
		frappe.has_permission(doctype, "read", user=self.user, throw=True)

	def _linked_rows(self, doctype: str, alias: str) -> str:
		"""Values of linked documents that the user may not read stay empty."""
		condition = match_condition(doctype, self.user) if self.is_checked else ""
		if not condition:
			return ""
		return (
			f" and `{alias}`.`name` in (select `tab{doctype}`.`name` from `tab{doctype}` where {condition})"
		)

	# ------------------------------------------------------------------ rows
	def row_condition(self) -> str:
		"""Return the SQL condition for the rows the user may see, "" for all."""
		if not self.is_checked:
			return ""
		if not self.meta.istable:
			return match_condition(self.doctype, self.user)
		parent = self.parent_doctype or ""
		condition = f"`tab{self.doctype}`.`parenttype` = {frappe.db.escape(parent)}"
		rows = match_condition(parent, self.user)
		if rows:
			condition += (
				f" and `tab{self.doctype}`.`parent` in"
				f" (select `tab{parent}`.`name` from `tab{parent}` where {rows})"
			)
		return " and ".join([condition, *_hook_conditions(self.doctype, self.user)])


def _hook_conditions(child_doctype: str, user: str) -> list[str]:
	"""An app may rule the rows of a child DocType beyond what their parents say."""
	from frappe.permissions.query import hook_conditions

	return [f"({part})".replace("%", "%%") for part in hook_conditions(child_doctype, user) if part]


def match_condition(doctype: str, user: str) -> str:
	"""Return the SQL condition for the documents of a DocType that a user may see, "" for all."""
	from frappe.permissions.query import build_match_conditions

	return (build_match_conditions(doctype, user) or "").replace("%", "%%")
