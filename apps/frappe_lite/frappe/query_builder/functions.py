"""Database functions with Frappe's names; PyPika's own are here too."""

from __future__ import annotations

from enum import Enum
from typing import Any

import pypika.functions
from pypika.functions import (  # noqa: F401  (part of the interface)
	Abs,
	Ascii,
	Avg,
	Cast,
	Coalesce,
	Concat,
	Convert,
	Count,
	CurDate,
	CurTime,
	CurTimestamp,
	Date,
	DateAdd,
	DateDiff,
	DistinctOptionFunction,
	Extract,
	First,
	Floor,
	IfNull,
	Insert,
	IsNull,
	Last,
	Length,
	Lower,
	Max,
	Min,
	Now,
	NullIf,
	RegexpLike,
	RegexpMatches,
	Replace,
	Reverse,
	Signed,
	Sqrt,
	Std,
	StdDev,
	Substring,
	Sum,
	TimeDiff,
	TimestampAdd,
	ToDate,
	Trim,
	Unsigned,
	Upper,
)
from pypika.terms import CustomFunction, Function

import frappe
from frappe.query_builder.custom import GROUP_CONCAT, MATCH
from frappe.query_builder.utils import ImportMapper, db_type_is


class Concat_ws(Function):
	"""Values joined by the first one, null values left out."""

	def __init__(self, *terms: Any, **kwargs: Any) -> None:
		super().__init__("CONCAT_WS", *terms, **kwargs)


class Locate(Function):
	"""Position of a text in another, from 1; 0 when it is not there."""

	def __init__(self, *terms: Any, **kwargs: Any) -> None:
		super().__init__("LOCATE", *terms, **kwargs)


class Timestamp(Function):
	"""Datetime of a date, or of a date and a time."""

	def __init__(self, term: Any, time: Any = None, alias: str | None = None) -> None:
		super().__init__("TIMESTAMP", *((term, time) if time else (term,)), alias=alias)


class Round(Function):
	"""A number with so many decimals."""

	def __init__(self, term: Any, decimal: Any = 0, **kwargs: Any) -> None:
		super().__init__("ROUND", term, decimal, **kwargs)


class Truncate(Function):
	"""A number cut off after so many decimals."""

	def __init__(self, term: Any, decimal: Any, **kwargs: Any) -> None:
		super().__init__("TRUNCATE", term, decimal, **kwargs)


class Cast_(Function):
	"""CAST; a cast to varchar is a concatenation, which MariaDB can do."""

	def __init__(self, value: Any, as_type: Any, alias: str | None = None) -> None:
		self.as_type = as_type
		if not hasattr(as_type, "get_sql") and str(as_type).lower() == "varchar":
			super().__init__("CONCAT", value, "", alias=alias)
		else:
			super().__init__("CAST", value, alias=alias)

	def get_special_params_sql(self, **kwargs: Any) -> str:
		"""Return the part `AS type` of the call."""
		if self.name == "CONCAT":
			return ""
		kind = (
			self.as_type.get_sql(**kwargs) if hasattr(self.as_type, "get_sql") else str(self.as_type).upper()
		)
		return f"AS {kind}"


GroupConcat = ImportMapper({db_type_is.MARIADB: GROUP_CONCAT})
Match = ImportMapper({db_type_is.MARIADB: MATCH})
CombineDatetime = ImportMapper({db_type_is.MARIADB: CustomFunction("TIMESTAMP", ["date", "time"])})
DateFormat = ImportMapper({db_type_is.MARIADB: CustomFunction("DATE_FORMAT", ["date", "format"])})
UnixTimestamp = ImportMapper({db_type_is.MARIADB: CustomFunction("UNIX_TIMESTAMP", ["date"])})
Year = CustomFunction("YEAR", ["date"])
Month = CustomFunction("MONTH", ["date"])
Quarter = CustomFunction("QUARTER", ["date"])
MonthName = CustomFunction("MONTHNAME", ["date"])


class SqlFunctions(Enum):
	"""Aggregates that lists may ask for."""

	DayOfYear = "dayofyear"
	Extract = "extract"
	Locate = "locate"
	Count = "count"
	Sum = "sum"
	Avg = "avg"
	Max = "max"
	Min = "min"
	Abs = "abs"
	Timestamp = "timestamp"
	IfNull = "ifnull"


def _aggregate(function: type[Function], dt: str, fieldname: str, filters: Any, **kwargs: Any) -> Any:
	query = frappe.qb.get_query(
		dt, filters=filters, fields=[function(getattr(frappe.qb.DocType(dt), fieldname))]
	)
	return query.run(**kwargs)[0][0] or 0


def _max(dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
	return _aggregate(Max, dt, fieldname, filters, **kwargs)


def _min(dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
	return _aggregate(Min, dt, fieldname, filters, **kwargs)


def _avg(dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
	return _aggregate(Avg, dt, fieldname, filters, **kwargs)


def _sum(dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
	return _aggregate(Sum, dt, fieldname, filters, **kwargs)


def known_functions() -> dict[str, type[Function]]:
	"""Return the functions by name in lower case that a field written as text may call."""
	own = {
		"concat_ws": Concat_ws,
		"locate": Locate,
		"timestamp": Timestamp,
		"round": Round,
		"group_concat": GROUP_CONCAT,
	}
	named = (
		"Abs",
		"Avg",
		"Coalesce",
		"Concat",
		"Count",
		"Date",
		"IfNull",
		"Length",
		"Lower",
		"Max",
		"Min",
		"Now",
	)
	named += ("NullIf", "Sum", "Upper", "CurDate")
	own.update({name.lower(): getattr(pypika.functions, name) for name in named})
	for name in ("year", "month", "quarter", "monthname", "dayofyear", "unix_timestamp", "date_format"):
		own[name] = _named(name)
	return own


def _named(name: str) -> Any:
	return lambda *args: Function(name.upper(), *args)


__all__ = [
	name
	for name in globals()
	if not name.startswith("__") and name not in ("annotations", "pypika", "frappe")
]
