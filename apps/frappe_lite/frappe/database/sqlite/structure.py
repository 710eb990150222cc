"""Questions to SQLite's catalogue, and indexes."""

from __future__ import annotations

from frappe.database.utils import quote_name, table_name
from frappe.types import _dict


class SQLiteStructure:
	"""The parts of `Tables` that SQLite spells in its own way.

	Names of indexes are unique in the whole database: the index `enabled` of `tabUser` is `tabUser|enabled`.
	"""

	def _table_names(self) -> list[str]:
		rows = self.sql("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
		return [row[0] for row in rows]

	def _columns_of(self, table: str) -> list[_dict]:
		rows = self.sql("select name, type, `notnull`, dflt_value from pragma_table_info(%s)", (table,))
		return [
			_dict(name=name, type=kind.lower(), not_nullable=bool(not_null), default=default)
			for name, kind, not_null, default in rows
		]

	def _indexes_of(self, table: str) -> list[_dict]:
		rows = self.sql(
			"""select list.name, list.`unique`, info.name from pragma_index_list(%s) as list
			join pragma_index_info(list.name) as info order by list.seq, info.seqno""",
			(table,),
		)
		indexes: dict[str, _dict] = {}
		for full_name, unique, column in rows:
			name = full_name.partition("|")[2] or full_name
			indexes.setdefault(full_name, _dict(name=name, unique=bool(unique), columns=[])).columns.append(
				column
			)
		return [index for index in indexes.values() if not index.name.startswith("sqlite_autoindex")]

	def _index_statements(self, table: str) -> list[str]:
		rows = self.sql(
			"select sql from sqlite_master where type = 'index' and tbl_name = %s and sql is not null",
			(table,),
		)
		return [row[0] for row in rows]

	def _create_index(self, table: str, name: str, fields: list[str], unique: bool) -> None:
		columns = ", ".join(quote_name(field.partition("(")[0].strip("` ")) for field in fields)
		kind = "unique index" if unique else "index"
		self.sql_ddl(
			f"create {kind} if not exists {quote_name(f'{table}|{name}')} on {quote_name(table)} ({columns})"
		)

	def _drop_index(self, table: str, name: str) -> None:
		self.sql_ddl(f"drop index if exists {quote_name(f'{table}|{name}')}")

	def drop_index(self, doctype: str, index_name: str) -> None:
		"""Drop an index unless there is none."""
		self._drop_index(table_name(doctype), index_name)

	def change_column_type(self, doctype: str, column: str, type: str, nullable: bool = False) -> None:
		"""Change a column's type; SQLite stores any length, so widening needs nothing."""

	def rename_column(self, doctype: str, old_column_name: str, new_column_name: str) -> None:
		"""Rename a column."""
		self.sql_ddl(
			f"alter table {quote_name(table_name(doctype))} "
			f"rename column {quote_name(old_column_name)} to {quote_name(new_column_name)}"
		)
