"""Writing of values without running controllers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import frappe
from frappe.database.filters import NotPlain, build_condition
from frappe.database.utils import quote_name, table_name


class Writing:
	"""The writing methods of a Database."""

	MAX_PLACEHOLDERS = 30_000

	def set_value(
		self,
		dt: str,
		dn: Any,
		field: str | dict,
		val: Any = None,
		modified: Any = None,
		modified_by: str | None = None,
		update_modified: bool = True,
		debug: bool = False,
	) -> None:
		"""Set values of all matching documents; no controller runs, nothing is validated.

		Args:
			dt: DocType.
			dn: a name or filters; None or the DocType itself for a single DocType.
			field: a field, or a dict {field: value}.
			modified, modified_by: instead of now and the current user.
			update_modified: False leaves who modified it last as it is.
		"""
		values = dict(field) if isinstance(field, dict) else {field: val}
		if dn is None or (isinstance(dn, str) and dn == dt):
			self.set_single_value(dt, values, None, modified, modified_by, update_modified, debug)
			return
		if update_modified:
			values.update(_modification(modified, modified_by))
		condition, bound = self._matching(dt, dn)
		if not values:
			return
		columns = ", ".join(f"{quote_name(column)} = %s" for column in values)
		query = f"update {quote_name(table_name(dt))} set {columns}" + (
			f" where {condition}" if condition else ""
		)
		self.sql(query, [*values.values(), *bound], debug=debug)
		self._forget_documents(dt, dn)

	def _matching(self, doctype: str, filters: Any) -> tuple[str, list]:
		"""Return the condition for documents to change; filters over joins are answered by names first."""
		try:
			return build_condition(doctype, filters)
		except NotPlain:
			names = frappe.qb.get_query(doctype, fields=["name"], filters=filters, distinct=True).run(
				pluck=True
			)
			return build_condition(doctype, {"name": ("in", names)})

	def _forget_documents(self, doctype: str, names: Any) -> None:
		self.value_cache.pop(doctype, None)
		if isinstance(names, str | int):
			frappe.clear_document_cache(doctype, names)
		else:
			frappe.clear_document_cache(doctype)

	def update(self, *args: Any, **kwargs: Any) -> None:
		"""Set values, see `set_value`."""
		self.set_value(*args, **kwargs)

	def touch(self, doctype: str, docname: str) -> str:
		"""Set a document's `modified` to now and return it."""
		from frappe.utils import now

		moment = now()
		self.set_value(doctype, docname, {"modified": moment}, update_modified=False)
		return moment

	def delete(self, doctype: str, filters: Any = None, debug: bool = False, **kwargs: Any) -> Any:
		"""Delete the rows of a table that match; without filters all of them.

		Args:
			doctype: DocType, or a framework table such as `__Auth`.
		"""
		condition, values = self._matching(
			doctype, filters if filters is not None else kwargs.get("conditions")
		)
		query = f"delete from {quote_name(table_name(doctype))}" + (
			f" where {condition}" if condition else ""
		)
		self.value_cache.pop(doctype, None)
		return self.sql(query, values, debug=debug)

	def delete_key(self, doctype: str, name: str) -> None:
		"""Delete one document's row."""
		self.delete(doctype, {"name": name})

	def truncate(self, doctype: str) -> None:
		"""Delete all rows of a table; on MariaDB this commits what came before."""
		self.sql_ddl(f"truncate table {quote_name(table_name(doctype))}")

	def clear_table(self, doctype: str) -> None:
		"""Delete all rows of a table, see `truncate`."""
		self.truncate(doctype)

	def bulk_insert(
		self,
		doctype: str,
		fields: Sequence[str],
		values: Iterable[Sequence],
		ignore_duplicates: bool = False,
		*,
		chunk_size: int = 10_000,
	) -> None:
		"""Insert many rows.

		Args:
			fields: columns.
			values: one sequence of values for each row.
			ignore_duplicates: leave out rows that exist.
			chunk_size: rows of one statement at most.
		"""
		columns = ", ".join(quote_name(field) for field in fields)
		place = f"({', '.join(['%s'] * len(fields))})"
		insert = "insert ignore into" if ignore_duplicates else "insert into"
		insert = f"{insert} {quote_name(table_name(doctype))} ({columns}) values "
		size = max(1, min(chunk_size, self.MAX_PLACEHOLDERS // max(1, len(fields))))
		rows = iter(values)
		while chunk := list(islice(rows, size)):
			self.sql(insert + ", ".join([place] * len(chunk)), [value for row in chunk for value in row])

	def bulk_update(
		self,
		doctype: str,
		doc_updates: dict[str, dict[str, Any]],
		*,
		chunk_size: int = 100,
		modified: Any = None,
		modified_by: str | None = None,
		update_modified: bool = True,
		debug: bool = False,
	) -> None:
		"""Set values of many documents; no controller runs.

		Args:
			doc_updates: {name: {field: value}}.
			chunk_size: documents of one statement at most.
		"""
		stamp = _modification(modified, modified_by) if update_modified else {}
		for names in _chunks(list(doc_updates), chunk_size):
			updates = {name: {**doc_updates[name], **stamp} for name in names}
			self._update_chunk(doctype, updates, debug)
		self.value_cache.pop(doctype, None)
		frappe.clear_document_cache(doctype)

	def _update_chunk(self, doctype: str, updates: dict[str, dict[str, Any]], debug: bool) -> None:
		parts, values = [], []
		for column in dict.fromkeys(column for changes in updates.values() for column in changes):
			name = quote_name(column)
			cases = [(key, changes[column]) for key, changes in updates.items() if column in changes]
			parts.append(f"{name} = case `name` {'when %s then %s ' * len(cases)}else {name} end")
			values.extend(value for case in cases for value in case)
		if parts:
			query = f"update {quote_name(table_name(doctype))} set {', '.join(parts)} where `name` in %s"
			self.sql(query, [*values, tuple(updates)], debug=debug)


def _modification(modified: Any, modified_by: str | None) -> dict[str, Any]:
	from frappe.utils import now

	return {"modified": modified or now(), "modified_by": modified_by or frappe.session.user}


def _chunks(items: list, size: int) -> Iterable[list]:
	for start in range(0, len(items), size):
		yield items[start : start + size]
