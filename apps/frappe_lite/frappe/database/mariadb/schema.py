"""Schema sync on MariaDB: one statement adds and widens what a table lacks."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.database.schema import TEXT_SIZES, DbColumn, DBTable
from frappe.database.utils import quote_name

INTEGERS = ("tinyint", "int", "bigint")


class MariaDBTable(DBTable):
	"""The table of one DocType in MariaDB."""

	OPTIONS = " engine=InnoDB row_format=dynamic character set=utf8mb4 collate=utf8mb4_unicode_ci"

	def create(self) -> None:
		"""Create the table with its indexes, and the counter of names by autoincrement."""
		columns = self.columns()
		parts = [self.definition(column) for column in columns]
		parts.append("primary key (`name`)")
		parts += [self.index_definition(column) for column in columns if column.index or column.unique]
		frappe.db.sql_ddl(f"create table {quote_name(self.table_name)} ({', '.join(parts)}){self.OPTIONS}")
		if self.is_autoincremented:
			frappe.db.create_sequence(self.doctype, check_not_exists=True)

	def definition(self, column: DbColumn) -> str:
		"""Return a column's definition."""
		text = f"{quote_name(column.name)} {column.type}"
		if column.not_null:
			text += " not null"
		return text if column.default is None else f"{text} default {_literal(column.default)}"

	@staticmethod
	def index_definition(column: DbColumn) -> str:
		"""Return the definition of a column's index."""
		length = "(191)" if column.base in ("text", "longtext", "json") else ""
		name = quote_name(column.name)
		return f"{'unique ' if column.unique else ''}index {name} ({name}{length})"

	def add_column(self, column: DbColumn) -> None:
		"""Add a column unless the table has it; existing rows get its default."""
		if column.name not in {found["name"] for found in frappe.db._columns_of(self.table_name)}:
			self._alter([f"add column {self.definition(column)}"])

	def alter(self) -> None:
		"""Add missing columns and indexes, widen types, set changed defaults."""
		existing = {column["name"]: column for column in frappe.db._columns_of(self.table_name)}
		wanted = self.columns()
		changes = [
			f"add column {self.definition(column)}" for column in wanted if column.name not in existing
		]
		for column in wanted:
			if column.name in existing and column.name != "name":
				changes += self._changes(column, existing[column.name])
		self._alter(changes)
		self._sync_indexes(wanted)

	def _alter(self, changes: list[str]) -> None:
		if changes:
			frappe.db.sql_ddl(f"alter table {quote_name(self.table_name)} {', '.join(changes)}")

	def _changes(self, column: DbColumn, existing: Any) -> list[str]:
		kind = _merged_type(column.type, existing["type"])
		if kind != column.type and not self._fits(column):
			column = column._replace(type=kind)
		same = _same_type(column.type, existing["type"]) and column.not_null == existing["not_nullable"]
		if same and _plain(column.default) == _plain(existing["default"]):
			return []
		if column.not_null and not existing["not_nullable"]:
			self._fill_nulls(column)
		if not _same_type(column.type, existing["type"]) and column.base in ("date", "datetime", "time"):
			self._clear_empty(column)
		return [f"modify column {self.definition(column)}"]

	def _fits(self, column: DbColumn) -> bool:
		"""Tell whether all stored values fit into a shorter text column."""
		if column.base != "varchar":
			return True
		name = quote_name(column.name)
		longest = (
			frappe.db.sql(f"select max(char_length({name})) from {quote_name(self.table_name)}")[0][0] or 0
		)
		return longest <= int(column.type[8:-1])

	def _fill_nulls(self, column: DbColumn) -> None:
		name = quote_name(column.name)
		value = column.default if column.default is not None else ""
		frappe.db.sql(f"update {quote_name(self.table_name)} set {name} = %s where {name} is null", (value,))

	def _clear_empty(self, column: DbColumn) -> None:
		name = quote_name(column.name)
		frappe.db.sql(f"update {quote_name(self.table_name)} set {name} = null where {name} = ''")

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


def _size(kind: str) -> int:
	base, _, size = kind.partition("(")
	if base in TEXT_SIZES[1:]:
		return 10**6 * TEXT_SIZES.index(base)
	return int(size.rstrip(")").split(",")[0]) if size and base == "varchar" else 0


def _merged_type(wanted: str, existing: str) -> str:
	"""Return the wider of two text or integer types; the wanted one of others."""
	bases = wanted.partition("(")[0], existing.partition("(")[0]
	if all(base in TEXT_SIZES for base in bases):
		return wanted if _size(wanted) >= _size(existing) else existing
	if all(base in INTEGERS for base in bases):
		return max(bases, key=INTEGERS.index)
	return wanted


def _same_type(wanted: str, existing: str) -> bool:
	bases = wanted.partition("(")[0], existing.partition("(")[0]
	if bases[0] in INTEGERS or bases == ("json", "longtext"):
		return bases[0] == bases[1] or bases == ("json", "longtext")
	return wanted == existing


def _literal(value: Any) -> str:
	return str(value) if isinstance(value, int | float) else frappe.db.escape(value, percent=False)


def _plain(default: Any) -> str:
	if default is None:
		return ""
	text = str(default).strip("'").replace("''", "'")
	try:
		return str(float(text))
	except ValueError:
		return text
