"""Schema sync on SQLite: columns are added in place, a change of a column's kind rebuilds the table."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.database.schema import DbColumn, DBTable
from frappe.database.utils import quote_name

COLLATED = ("varchar", "char")
# Declared types carry affinity and the converter to Python values: decimals must not become integers.
DECLARED = {"decimal": "real", "double": "real", "json": "longtext"}


class SQLiteTable(DBTable):
	"""The table of one DocType in SQLite."""

	@staticmethod
	def dialect(definition: str) -> str:
		"""Return a column definition in SQLite's words; text compares without regard to case."""
		base = definition.replace("(", " ").split(" ")[0]
		if base in DECLARED:
			head = definition.split(" ")[0]
			return DECLARED[base] + definition[len(head) :] + (" collate nocase" if base == "json" else "")
		return f"{definition} collate nocase" if base in ("varchar", "text", "longtext") else definition

	def create(self) -> None:
		"""Create the table with its indexes."""
		columns = self.columns()
		self._create_table(self.table_name, columns)
		self._create_indexes(columns)
		if self.is_autoincremented:
			frappe.db.create_sequence(self.doctype, check_not_exists=True)

	def _create_table(self, name: str, columns: list[DbColumn]) -> None:
		definitions = ", ".join(self.definition(column) for column in columns)
		frappe.db.sql_ddl(f"create table {quote_name(name)} ({definitions})")

	def definition(self, column: DbColumn) -> str:
		"""Return a column's definition."""
		if column.name == "name":
			kind = "integer" if column.type == "bigint" else self.dialect(column.type)
			return f"`name` {kind} primary key not null"
		default = f" default {_literal(column.default)}" if column.default is not None else ""
		null = " not null" if column.not_null else ""
		return f"{quote_name(column.name)} {self.dialect(f'{column.type}{null}{default}')}"

	def _create_indexes(self, columns: list[DbColumn]) -> None:
		for column in columns:
			if column.unique or column.index:
				frappe.db._create_index(self.table_name, column.name, [column.name], unique=column.unique)

	def add_column(self, column: DbColumn) -> None:
		"""Add a column unless the table has it; existing rows get its default."""
		if column.name not in {found["name"] for found in frappe.db._columns_of(self.table_name)}:
			self._add(column)

	def _add(self, column: DbColumn) -> None:
		frappe.db.sql_ddl(f"alter table {quote_name(self.table_name)} add column {self.definition(column)}")

	def alter(self) -> None:
		"""Add missing columns and indexes; rebuild the table when a column's kind or default changed."""
		existing = {column["name"]: column for column in frappe.db._columns_of(self.table_name)}
		wanted = self.columns()
		for column in wanted:
			if column.name not in existing:
				self._add(column)
		changed = [
			column
			for column in wanted
			if column.name in existing and self._differs(column, existing[column.name])
		]
		if changed:
			self._rebuild(wanted, existing)
		self._sync_indexes(wanted)

	def _differs(self, column: DbColumn, existing: Any) -> bool:
		if column.name == "name":
			return (column.type == "bigint") != (existing["type"] == "integer")
		if _kind(column.base) != _kind(existing["type"].partition("(")[0]):
			return True
		return column.not_null != bool(existing["not_nullable"]) or _plain(column.default) != _plain(
			existing["default"]
		)

	def _rebuild(self, wanted: list[DbColumn], existing: dict[str, Any]) -> None:
		names = {column.name for column in wanted}
		kept = [
			DbColumn(name, column["type"], _unquote(column["default"]), bool(column["not_nullable"]))
			for name, column in existing.items()
			if name not in names
		]
		indexes = frappe.db._index_statements(self.table_name)
		temporary = f"{self.table_name}__rebuilt"
		columns = [*wanted, *kept]
		self._create_table(temporary, columns)
		targets = ", ".join(quote_name(column.name) for column in columns)
		sources = ", ".join(_copied(column) for column in columns)
		old, new = quote_name(self.table_name), quote_name(temporary)
		frappe.db.sql_ddl(f"insert into {new} ({targets}) select {sources} from {old}")
		frappe.db.sql_ddl(f"drop table {old}")
		frappe.db.sql_ddl(f"alter table {new} rename to {old}")
		for statement in indexes:
			frappe.db.sql_ddl(statement)

	def _sync_indexes(self, wanted: list[DbColumn]) -> None:
		present = {index["name"]: index for index in frappe.db._indexes_of(self.table_name)}
		for column in wanted:
			index = present.get(column.name)
			needed = column.unique or column.index
			if index and (not needed or bool(index["unique"]) != column.unique):
				frappe.db._drop_index(self.table_name, column.name)
				index = None
			if needed and not index:
				frappe.db._create_index(self.table_name, column.name, [column.name], unique=column.unique)


def _kind(base: str) -> str:
	if base in ("varchar", "text", "longtext", "json"):
		return "text"
	if base in ("int", "bigint", "tinyint", "integer"):
		return "integer"
	return "real" if base in ("decimal", "double", "real") else base


def _copied(column: DbColumn) -> str:
	name = quote_name(column.name)
	kind = _kind(column.base)
	source = (
		f"cast({name} as {'signed' if kind == 'integer' else 'decimal'})"
		if kind in ("integer", "real")
		else name
	)
	if kind == "text":
		source = f"cast({name} as char)"
	if kind in ("date", "datetime", "time"):
		source = f"nullif({name}, '')"
	if column.name == "name":
		return source
	return f"ifnull({source}, {_literal(column.default)})" if column.not_null else source


def _literal(value: Any) -> str:
	if isinstance(value, int | float):
		return str(value)
	return "''" if value is None else frappe.db.escape(value, percent=False)


def _unquote(text: Any) -> Any:
	if isinstance(text, str) and text.startswith("'"):
		return text[1:-1].replace("''", "'")
	return text if text is None else frappe.utils.flt(text)


def _plain(default: Any) -> str:
	value = _unquote(default) if isinstance(default, str) and default.startswith("'") else default
	if value is None:
		return ""
	try:
		return str(float(value))
	except ValueError:
		return str(value)
