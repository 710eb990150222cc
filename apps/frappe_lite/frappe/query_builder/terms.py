"""Terms with Frappe's names."""

from __future__ import annotations

from typing import Any

from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Function, ValueWrapper
from pypika.utils import format_alias_sql

ParameterizedValueWrapper = ValueWrapper
ParameterizedFunction = Function


class SubQuery(Criterion):
	"""A query as a value or as the right side of IN."""

	def __init__(self, subq: QueryBuilder, alias: str | None = None) -> None:
		super().__init__(alias)
		self.subq = subq

	def get_sql(self, **kwargs: Any) -> str:
		"""Return the query in parentheses."""
		kwargs["subquery"] = True
		kwargs.pop("with_alias", None)
		return format_alias_sql(self.subq.get_sql(**kwargs), self.alias, **kwargs)


subqry = SubQuery
