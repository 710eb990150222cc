"""Terms and functions that PyPika lacks, with Frappe's names."""

from __future__ import annotations

from typing import Any

from pypika.functions import DistinctOptionFunction
from pypika.terms import Field, Function, Term
from pypika.utils import format_alias_sql

from frappe.query_builder.parameters import value_sql


class GROUP_CONCAT(DistinctOptionFunction):
	"""Values of a group joined by commas."""

	def __init__(self, column: Any, alias: str | None = None) -> None:
		super().__init__("GROUP_CONCAT", column, alias=alias)


STRING_AGG = GROUP_CONCAT


class MATCH(Function):
	"""MATCH(column) AGAINST(text), relevance in a full-text search."""

	def __init__(self, column: Any, *args: Any, **kwargs: Any) -> None:
		super().__init__("MATCH", column, alias=kwargs.get("alias"))
		self._against: Any = False

	def get_function_sql(self, **kwargs: Any) -> str:
		"""Return the term's SQL; without `Against` a plain call."""
		sql = super().get_function_sql(**kwargs)
		if self._against is False:
			return sql
		return f"{sql} AGAINST ({value_sql(f'+{self._against}*')} IN BOOLEAN MODE)"

	def Against(self, text: str) -> MATCH:
		"""Look for a text."""
		self._against = text
		return self


class ConstantColumn(Term):
	"""A column that has the same value in every row; it is called by that value unless it has an alias."""

	alias = None

	def __init__(self, value: Any) -> None:
		super().__init__()
		self.value = value

	def get_sql(self, quote_char: str | None = None, **kwargs: Any) -> str:
		"""Return the term's SQL."""
		return format_alias_sql(
			value_sql(self.value), self.alias or str(self.value), quote_char=quote_char, **kwargs
		)


class MonthName(Function):
	"""Name of a date's month."""

	def __init__(self, field: Any, alias: str | None = None) -> None:
		super().__init__("MONTHNAME", field, alias=alias)


class Quarter(Function):
	"""Quarter of a date, 1 to 4."""

	def __init__(self, field: Any, alias: str | None = None) -> None:
		super().__init__("QUARTER", field, alias=alias)


class Month(Function):
	"""Month of a date, 1 to 12."""

	def __init__(self, field: Any, alias: str | None = None) -> None:
		super().__init__("MONTH", field, alias=alias)


__all__ = ["GROUP_CONCAT", "MATCH", "STRING_AGG", "ConstantColumn", "Field", "Month", "MonthName", "Quarter"]
