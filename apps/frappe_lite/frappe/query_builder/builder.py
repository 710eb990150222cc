"""`frappe.qb`: PyPika's MySQL dialect with DocTypes as tables and `run()` on every query."""

from __future__ import annotations

from typing import Any

import pypika.terms
from pypika import Order, Query, Schema, Table
from pypika.dialects import MySQLQuery, MySQLQueryBuilder
from pypika.enums import SetOperation as SetOperator
from pypika.queries import Selectable, _SetOperation
from pypika.terms import Field

from frappe.kernel.sql_names import table_name
from frappe.query_builder.parameters import collecting


class Runnable:
	"""What Frappe adds to PyPika's queries."""

	def walk(self) -> tuple[str, dict[str, Any]]:
		"""Return the statement with placeholders and its values."""
		with collecting() as values:
			query = self.get_sql()
		return query, values

	def run(self, **kwargs: Any) -> Any:
		"""Run the query; arguments as `frappe.db.sql`: as_dict, as_list, pluck, debug …"""
		import frappe

		query, values = self.walk()
		return frappe.db.sql(query, values, **kwargs)


class CombinedQuery(Runnable, _SetOperation):
	"""Queries joined by UNION and the like."""


class QueryBuilder(Runnable, MySQLQueryBuilder):
	"""A query that runs itself."""

	def _combined(self, other: Selectable, operator: SetOperator) -> CombinedQuery:
		return CombinedQuery(self, other, operator, wrapper_cls=self._wrapper_cls)

	def union(self, other: Selectable) -> CombinedQuery:
		"""Rows of both queries, each once."""
		return self._combined(other, SetOperator.union)

	def union_all(self, other: Selectable) -> CombinedQuery:
		"""Rows of both queries."""
		return self._combined(other, SetOperator.union_all)

	def intersect(self, other: Selectable) -> CombinedQuery:
		"""Rows that both queries have."""
		return self._combined(other, SetOperator.intersect)

	def except_of(self, other: Selectable) -> CombinedQuery:
		"""Rows that only this query has."""
		return self._combined(other, SetOperator.except_of)


class MariaDB(MySQLQuery):
	"""The query builder, `frappe.qb`."""

	terms = pypika.terms
	desc = Order.desc
	asc = Order.asc
	Schema = Schema
	Table = Table
	Field = Field
	_BuilderClasss = QueryBuilder
	wraps_combined_queries = True

	@classmethod
	def _builder(cls, **kwargs: Any) -> QueryBuilder:
		kwargs.setdefault("wrap_set_operation_queries", cls.wraps_combined_queries)
		return cls._BuilderClasss(**kwargs)

	@staticmethod
	def functions(name: str, *args: Any, **kwargs: Any) -> pypika.terms.Function:
		"""Return a call of a database function by its name."""
		return pypika.terms.Function(name, *args, **kwargs)

	@staticmethod
	def DocType(table_name_: str, *args: Any, **kwargs: Any) -> Table:
		"""Return the table of a DocType."""
		return Table(table_name(table_name_), *args, **kwargs)

	@classmethod
	def from_(cls, table: Any, *args: Any, **kwargs: Any) -> QueryBuilder:
		"""Begin a SELECT or DELETE on a table, a DocType by name, or a query."""
		return super().from_(cls._table(table), *args, **kwargs)

	@classmethod
	def into(cls, table: Any, *args: Any, **kwargs: Any) -> QueryBuilder:
		"""Begin an INSERT."""
		return super().into(cls._table(table), *args, **kwargs)

	@classmethod
	def update(cls, table: Any, *args: Any, **kwargs: Any) -> QueryBuilder:
		"""Begin an UPDATE."""
		return super().update(cls._table(table), *args, **kwargs)

	@classmethod
	def _table(cls, table: Any) -> Any:
		return cls.DocType(table) if isinstance(table, str) else table

	@staticmethod
	def get_query(*args: Any, **kwargs: Any) -> QueryBuilder:
		"""Return a query from Frappe's filters, see `frappe.database.query.get_query`."""
		from frappe.database.query import get_query

		return get_query(*args, **kwargs)


class SQLite(MariaDB):
	"""The query builder on SQLite, which does not take parentheses around the parts of a UNION."""

	wraps_combined_queries = False


__all__ = ["CombinedQuery", "MariaDB", "Query", "QueryBuilder", "SQLite"]
