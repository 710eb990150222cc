"""Dates in the formats users may choose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils.date_formats import get_user_date_format
from frappe.utils.dates import add_to_date, getdate
from frappe.utils.periods import get_first_day, get_first_day_of_week, get_quarter_start, get_year_start
from frappe.utils.text import cstr

dateformats = {
	"yyyy-mm-dd": "%Y-%m-%d",
	"mm/dd/yyyy": "%m/%d/%Y",
	"mm-dd-yyyy": "%m-%d-%Y",
	"mm/dd/yy": "%m/%d/%y",
	"dd-mmm-yyyy": "%d-%b-%Y",
	"dd-mm-yyyy": "%d-%m-%Y",
	"dd/mm/yyyy": "%d/%m/%Y",
	"dd.mm.yyyy": "%d.%m.%Y",
	"dd-mm-yy": "%d-%m-%y",
	"dd/mm/yy": "%d/%m/%y",
}
_STEPS = {"Daily": {"days": 1}, "Weekly": {"days": 7}, "Monthly": {"months": 1}, "Quarterly": {"months": 3}}
_STEPS["Yearly"] = {"months": 12}


def user_to_str(date: Any, date_format: str | None = None) -> str:
	"""Return a date that a user wrote as `yyyy-mm-dd`.

	Raises:
		ValueError: it has another format.
	"""
	if not date:
		return date
	date_format = date_format or get_user_date_format()
	try:
		return datetime.strptime(cstr(date), dateformats[date_format]).strftime("%Y-%m-%d")
	except ValueError as error:
		raise ValueError(f"Date {date} must be in format {date_format}") from error


def parse_date(date: str) -> str:
	"""Return a date in any of the formats users may choose as `yyyy-mm-dd`.

	Raises:
		frappe.ValidationError: it has none of them.
	"""
	date = date.split(" ", 1)[0]
	for name in (get_user_date_format(), *dateformats):
		try:
			return user_to_str(date, name)
		except ValueError:
			continue
	formats = ", ".join(dateformats)
	frappe.throw(frappe._("Cannot understand date {0}. It may have these formats: {1}").format(date, formats))
	return ""


def get_user_date_format_as_python() -> str:
	"""Return the site's date format as Python writes it."""
	return dateformats.get(get_user_date_format(), "%Y-%m-%d")


def datetime_in_user_format(date_time: Any) -> str:
	"""Return a datetime as the site writes it, without seconds."""
	if not date_time:
		return ""
	from frappe.utils.date_formats import formatdate
	from frappe.utils.dates import get_datetime

	moment = get_datetime(date_time)
	return f"{formatdate(moment.date())} {moment:%H:%M}"


def get_dates_from_timegrain(from_date: Any, to_date: Any, timegrain: str = "Daily") -> list:
	"""Return the last days of the periods between two dates, the first period's first day first."""
	step = _STEPS.get(timegrain, {"days": 1})
	first, last = getdate(from_date), getdate(to_date)
	dates = [get_period_ending(first, timegrain)]
	while dates[-1] < last:
		following = add_to_date(dates[-1] + timedelta(days=1), **step) - timedelta(days=1)
		dates.append(get_period_ending(following, timegrain))
	return dates


def get_period_beginning(date: Any, timegrain: str = "Daily") -> Any:
	"""Return the first day of a date's period."""
	beginnings = {
		"Daily": getdate,
		"Weekly": get_first_day_of_week,
		"Monthly": get_first_day,
		"Quarterly": get_quarter_start,
		"Yearly": get_year_start,
	}
	return beginnings[timegrain](date)


def get_period_ending(date: Any, timegrain: str = "Daily") -> Any:
	"""Return the last day of a date's period."""
	return add_to_date(get_period_beginning(date, timegrain), **_STEPS[timegrain]) - timedelta(days=1)


def get_period(date: Any, interval: str = "Monthly") -> str:
	"""Return a period's name, such as "Nov 2026"."""
	day = getdate(date)
	names = {
		"Daily": day.strftime("%d-%m-%y"),
		"Weekly": f"Week {day.isocalendar()[1]} {day.year}",
		"Monthly": day.strftime("%b %Y"),
		"Quarterly": f"Quarter {(day.month + 2) // 3} {day.year}",
		"Yearly": str(day.year),
	}
	return names[interval]


def get_from_date_from_timespan(to_date: Any, timespan: str) -> Any:
	"""Return the day a time span such as "Last Month" begins, counted back from a date."""
	spans = {"Last Week": {"days": -7}, "Last Month": {"months": -1}, "Last Quarter": {"months": -3}}
	spans.update({"Last Year": {"years": -1}, "All Time": {"years": -50}})
	return add_to_date(to_date, **spans.get(timespan, {}))
