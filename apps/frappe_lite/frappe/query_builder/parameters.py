"""Values of a query become parameters of its statement, so that none is ever written into SQL.

PyPika hands its own `parameter` argument down to most terms but drops it inside functions. So values register
themselves with the collector of the running `walk()` instead; without one they are rendered as PyPika does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pypika.terms import Term, ValueWrapper
from pypika.utils import format_quotes

_collector: ContextVar[dict[str, Any] | None] = ContextVar("query_parameters", default=None)


@contextmanager
def collecting() -> Iterator[dict[str, Any]]:
	"""Collect the values of the terms rendered in the block, as {parameter: value}."""
	values: dict[str, Any] = {}
	token = _collector.set(values)
	try:
		yield values
	finally:
		_collector.reset(token)


def value_sql(value: Any, quote: str = "'") -> str:
	"""Return a value as a placeholder while parameters are collected, else as a literal."""
	if value is None:
		return "NULL"
	value = value.value if isinstance(value, Enum) else value
	values = _collector.get()
	if values is not None:
		name = f"param{len(values) + 1}"
		values[name] = value
		return f"%({name})s"
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, datetime):
		value = value.isoformat(sep=" ")
	if isinstance(value, str | date | time | timedelta):
		return format_quotes(str(value).replace("\\", "\\\\"), quote or "'")
	return str(value)


def _get_value_sql(self: ValueWrapper, **kwargs: Any) -> str:
	if isinstance(self.value, Term):
		return self.value.get_sql(**kwargs)
	return value_sql(self.value, kwargs.get("secondary_quote_char") or "'")


# PyPika makes ValueWrapper objects deep inside its terms; this is the one method that turns them into text.
ValueWrapper.get_value_sql = _get_value_sql
