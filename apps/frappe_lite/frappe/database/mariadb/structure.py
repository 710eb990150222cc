"""Questions to MariaDB's catalogue, indexes and sequences."""

from __future__ import annotations

from frappe.database.utils import quote_name, table_name
from frappe.types import _dict

INDEX_PREFIX = 191


class MariaDBStructure:
	"""The parts of `Tables` and `Sequences` that MariaDB spells in its own way."""

	def _table_names(self) -> list[str]:
		return self.sql(
			"""select table_name from information_schema.tables
			where table_schema = %s and table_type = 'BASE TABLE'""",
			(self.cur_db_name,),
			pluck=True,
		)

	def _columns_of(self, table: str) -> list[_dict]:
		rows = self.sql(
			"""select column_name, column_type, is_nullable, column_default from information_schema.columns
			where table_schema = %s and table_name = %s order by ordinal_position""",
			(self.cur_db_name, table),
		)
		return [
			_dict(
				name=name,
				type=kind.lower(),
				not_nullable=nullable == "NO",
				default=None if default == "NULL" else default,
			)
			for name, kind, nullable, default in rows
		]

	def _indexes_of(self, table: str) -> list[_dict]:
		rows = self.sql(
			"""select index_name, non_unique, column_name from information_schema.statistics
			where table_schema = %s and table_name = %s and index_name != 'PRIMARY'
			order by index_name, seq_in_index""",
			(self.cur_db_name, table),
		)
		indexes: dict[str, _dict] = {}
		for name, non_unique, column in rows:
			index = indexes.setdefault(name, _dict(name=name, unique=not non_unique, columns=[]))
			index.columns.append(column)
		return list(indexes.values())

	def _create_index(self, table: str, name: str, fields: list[str], unique: bool) -> None:
		if any(index.name == name for index in self._indexes_of(table)):
			return
		kinds = {column.name: column.type for column in self._columns_of(table)}
		columns = ", ".join(_indexed(field, kinds) for field in fields)
		kind = "unique index" if unique else "index"
		self.sql_ddl(f"alter table {quote_name(table)} add {kind} {quote_name(name)} ({columns})")

	def _drop_index(self, table: str, name: str) -> None:
		if any(index.name == name for index in self._indexes_of(table)):
			self.sql_ddl(f"alter table {quote_name(table)} drop index {quote_name(name)}")

	def drop_index(self, doctype: str, index_name: str) -> None:
		"""Drop an index unless there is none."""
		self._drop_index(table_name(doctype), index_name)

	def change_column_type(self, doctype: str, column: str, type: str, nullable: bool = False) -> None:
		"""Change a column's type."""
		null = "null" if nullable else "not null"
		self.sql_ddl(
			f"alter table {quote_name(table_name(doctype))} modify {quote_name(column)} {type} {null}"
		)

	def rename_column(self, doctype: str, old_column_name: str, new_column_name: str) -> None:
		"""Rename a column."""
		self.sql_ddl(
			f"alter table {quote_name(table_name(doctype))} "
			f"rename column {quote_name(old_column_name)} to {quote_name(new_column_name)}"
		)

	# ---- sequences
	def create_sequence(
		self,
		doctype_name: str,
		*,
		slug: str = "_id_seq",
		start_value: int = 0,
		check_not_exists: bool = False,
	) -> str:
		"""Create the counter of a DocType and return its name."""
		name = self._sequence_name(doctype_name, slug)
		self.sql_ddl(
			f"create sequence if not exists {quote_name(name)} start with {max(start_value, 1)} nocache"
		)
		return name

	def get_next_sequence_val(self, doctype_name: str, slug: str = "_id_seq") -> int:
		"""Return the next number of a DocType's counter."""
		return self.sql(f"select nextval({quote_name(self._sequence_name(doctype_name, slug))})")[0][0]

	def set_next_sequence_val(
		self, doctype_name: str, next_val: int, *, slug: str = "_id_seq", is_val_used: bool = False
	) -> None:
		"""Set what the counter gives next; `is_val_used` goes on after it."""
		name = quote_name(self._sequence_name(doctype_name, slug))
		self.sql(f"select setval({name}, {int(next_val)}, {int(is_val_used)})")

	def drop_sequence(self, doctype_name: str, slug: str = "_id_seq") -> None:
		"""Forget a DocType's counter."""
		self.sql_ddl(f"drop sequence if exists {quote_name(self._sequence_name(doctype_name, slug))}")


def _indexed(field: str, kinds: dict[str, str]) -> str:
	"""Texts are indexed by their beginning; `field(20)` says by how much of it."""
	name, found, length = field.replace("`", "").partition("(")
	if found:
		return f"{quote_name(name.strip())}({int(length.rstrip(') '))})"
	kind = kinds.get(name, "")
	needs_prefix = kind.endswith("text") or (kind.startswith("varchar(") and int(kind[8:-1]) > 768)
	return f"{quote_name(name)}({INDEX_PREFIX})" if needs_prefix else quote_name(name)
