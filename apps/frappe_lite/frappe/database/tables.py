"""What a Database knows of its tables, and the schema sync of DocTypes."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.database.framework_tables import FRAMEWORK_TABLES, create_statement
from frappe.database.schema import TYPE_MAP
from frappe.database.sequence import Sequences
from frappe.database.utils import quote_name, table_name
from frappe.kernel.cache import META, bump_site_version, shared


class Tables(Sequences):
	"""The table methods of a Database.

	A back end supplies `table_class`, `_table_names`, `_columns_of`, `_indexes_of` and what else differs.
	"""

	type_map = TYPE_MAP

	def get_tables(self, cached: bool = True) -> list[str]:
		"""Return the names of all tables."""
		known = shared("tables")
		if not cached or "names" not in known:
			known["names"] = self._table_names()
		return known["names"]

	def table_exists(self, doctype: str, cached: bool = True) -> bool:
		"""Tell whether a DocType has a table; names of tables work too."""
		table = table_name(doctype)
		return table in self.get_tables(cached=cached) or (cached and table in self.get_tables(cached=False))

	has_table = table_exists

	def get_db_table_columns(self, table: str) -> list[str]:
		"""Return the columns of a table, [] when there is none."""
		known = shared("table_columns")
		columns = known.get(table)
		if columns is None:
			columns = [column["name"] for column in self._columns_of(table)]
			if columns:
				known[table] = columns
		return list(columns)

	def get_table_columns(self, doctype: str) -> list[str]:
		"""Return the columns of a DocType's table.

		Raises:
			Database.TableMissingError: there is no table.
		"""
		columns = self.get_db_table_columns(table_name(doctype))
		if not columns:
			raise self.TableMissingError("DocType", f"no such table: {table_name(doctype)}")
		return columns

	def has_column(self, doctype: str, column: str) -> bool:
		"""Tell whether a DocType's table has a column."""
		return column in self.get_table_columns(doctype)

	def get_column_type(self, doctype: str, column: str) -> str | None:
		"""Return a column's type as declared, such as `varchar(140)`."""
		for found in self._columns_of(table_name(doctype)):
			if found["name"] == column:
				return found["type"]
		return None

	def get_table_columns_description(self, table: str) -> list:
		"""Return name, type, default, index, unique and not_nullable of a table's columns, as _dict."""
		indexed = {
			index["columns"][0]: index for index in self._indexes_of(table) if len(index["columns"]) == 1
		}
		for column in (columns := self._columns_of(table)):
			index = indexed.get(column["name"])
			column["index"] = bool(index)
			column["unique"] = bool(index and index["unique"])
		return columns

	def describe(self, doctype: str) -> tuple:
		"""Return (name, type, null, key, default) of a table's columns."""
		return tuple(
			(column.name, column.type, "NO" if column.not_nullable else "YES", "", column.default)
			for column in self._columns_of(table_name(doctype))
		)

	def has_index(self, table: str, index_name: str) -> bool:
		"""Tell whether a table has an index of that name."""
		return any(index["name"] == index_name for index in self._indexes_of(table))

	def get_column_index(self, table: str, fieldname: str, unique: bool = False) -> Any:
		"""Return the index on just that column as _dict, None when there is none."""
		for index in self._indexes_of(table):
			if index["columns"] == [fieldname] and bool(index["unique"]) == unique:
				return frappe._dict(index)
		return None

	@staticmethod
	def get_index_name(fields: list[str]) -> str:
		"""Return the name Frappe gives to an index on fields."""
		name = "_".join(fields) + "_index"
		for character in "()` ":
			name = name.replace(character, "")
		return name[:64]

	def add_index(self, doctype: str, fields: list[str], index_name: str | None = None) -> None:
		"""Create an index unless there is one of that name."""
		self._create_index(
			table_name(doctype), index_name or self.get_index_name(fields), fields, unique=False
		)

	def add_unique(self, doctype: str, fields: str | list[str], constraint_name: str | None = None) -> None:
		"""Have the values of fields unique together unless they are."""
		fields = [fields] if isinstance(fields, str) else list(fields)
		self._create_index(
			table_name(doctype), constraint_name or f"unique_{'_'.join(fields)}", fields, unique=True
		)

	def create_framework_tables(self) -> None:
		"""Create the tables that are no DocTypes; those that exist stay."""
		for table, columns in FRAMEWORK_TABLES.items():
			if not self.table_exists(table, cached=False):
				for statement in create_statement(table, columns, self.table_class):
					self.sql_ddl(statement)
		bump_site_version(META)

	def updatedb(self, doctype: str, meta: Any = None) -> None:
		"""Create a DocType's table or bring it up to its meta; columns and data are never dropped.

		Args:
			meta: DocType document or Meta; None reads it.
		"""
		meta = meta or frappe.get_meta(doctype, cached=False)
		if meta.get("issingle") or meta.get("is_virtual"):
			return
		self.table_class(doctype, meta).sync()
		bump_site_version(META)

	def rename_table(self, old_name: str, new_name: str) -> None:
		"""Rename a DocType's table."""
		self.sql_ddl(
			f"alter table {quote_name(table_name(old_name))} rename to {quote_name(table_name(new_name))}"
		)

	def drop_table(self, doctype: str) -> None:
		"""Drop a DocType's table with its data."""
		self.sql_ddl(f"drop table if exists {quote_name(table_name(doctype))}")

	def get_row_size(self, doctype: str) -> int:
		"""Return about how many bytes of a row its columns may take."""
		sizes = {"varchar": 4, "text": 12, "longtext": 12}
		total = 0
		for column in self._columns_of(table_name(doctype)):
			base, _, size = column["type"].partition("(")
			length = int(size.rstrip(")").split(",")[0]) if size and base == "varchar" else 1
			total += sizes.get(base, 8) * length
		return total
