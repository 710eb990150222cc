"""Days and times in filters."""

from __future__ import annotations

import datetime
from typing import Any

import frappe

_SPANS = {
	"1 week": "week",
	"1 month": "month",
	"3 months": "quarter",
	"6 months": "6 months",
	"1 year": "year",
}
_PERIODS = {"previous": "last", "next": "next"}
END_OF_DAY = datetime.time(23, 59, 59, 999999)


def get_timespan_date_range(timespan: str) -> Any:
	"""Return the first and last day of a span such as "last week"."""
	from frappe.utils.data import get_timespan_date_range as date_range

	return date_range(timespan)


def get_date_range(operator: str, value: str) -> Any:
	"""Return the first and last day that "timespan", "previous" or "next" stand for.

	Raises:
		ValidationError: the span is unknown.
	"""
	if operator == "timespan":
		span = value
	else:
		if value not in _SPANS:
			frappe.throw(frappe._("Invalid timespan: {0}").format(value))
		span = f"{_PERIODS[operator]} {_SPANS[value]}"
	found = get_timespan_date_range(str(span).lower())
	if not found:
		frappe.throw(frappe._("Invalid timespan: {0}").format(value))
	return found


def between_bounds(value: Any, is_datetime: bool) -> tuple[str, str]:
	"""Return both ends of a between filter as text; days become whole days of a Datetime field.

	Args:
		value: one or two days or times; what is missing is today.
	"""
	given = list(value) if isinstance(value, list | tuple) else []
	today = frappe.utils.nowdate()
	first = given[0] if given and given[0] else today
	last = given[1] if len(given) > 1 and given[1] else today
	if not is_datetime:
		return as_date(first), as_date(last)
	return as_datetime(first, datetime.time()), as_datetime(last, END_OF_DAY)


def as_date(value: Any) -> str:
	"""Return a day as text.

	Raises:
		ValidationError: it is none.
	"""
	day = None
	try:
		day = frappe.utils.getdate(value)
	except (ValueError, TypeError, OverflowError):
		_refuse(value)
	return str(day or "0001-01-01")


def as_datetime(value: Any, time_of_day: datetime.time | None = None) -> str:
	"""Return a point of time as text.

	Args:
		time_of_day: time of a bare day.

	Raises:
		ValidationError: it is none.
	"""
	moment = None
	try:
		moment = frappe.utils.get_datetime(value)
	except (ValueError, TypeError, OverflowError):
		_refuse(value)
	if moment is None:
		return "0001-01-01 00:00:00.000000"
	if time_of_day is not None and _is_bare_day(value):
		moment = datetime.datetime.combine(moment.date(), time_of_day)
	return moment.strftime("%Y-%m-%d %H:%M:%S.%f").rjust(26, "0")


def _is_bare_day(value: Any) -> bool:
	if isinstance(value, datetime.datetime):
		return False
	return isinstance(value, datetime.date) or (isinstance(value, str) and len(value.strip()) <= 10)


def _refuse(value: Any) -> None:
	frappe.throw(
		frappe._("{0} is not a valid date").format(frappe.bold(frappe.utils.escape_html(str(value))))
	)


def get_between_date_filter(value: Any, df: Any = None) -> str:
	"""Return both ends of a between filter as SQL, as Frappe's function of that name."""
	first, last = between_bounds(value, not df or df.get("fieldtype") == "Datetime")
	return f"{frappe.db.escape(first)} AND {frappe.db.escape(last)}"
