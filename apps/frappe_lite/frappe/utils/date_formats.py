"""Dates, times and durations as people read them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from typing import Any

import frappe
from frappe.utils.dates import get_datetime, get_time, getdate, now_datetime
from frappe.utils.numbers import cint
from frappe.utils.settings import system_setting

_DIRECTIVES = (("yyyy", "%Y"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S"))
DURATION = re.compile(r"^(?:(\d+)d)?((^|\s)\d+h)?((^|\s)\d+m)?((^|\s)\d+s)?$")


def get_user_date_format() -> str:
	"""Return the site's date format, such as `yyyy-mm-dd`."""
	return system_setting("date_format") or "yyyy-mm-dd"


get_user_format = get_user_date_format


def get_user_time_format() -> str:
	"""Return the site's time format, such as `HH:mm:ss`."""
	return system_setting("time_format") or "HH:mm:ss"


def formatdate(
	string_date: Any = None, format_string: str | None = None, parse_day_first: bool = False
) -> str:
	"""Return a date as the site writes it, or in the pattern given; "" for nothing.

	Args:
		format_string: `dd-mm-yyyy`, or a pattern of the Unicode locale data such as `d MMM yyyy`.
	"""
	if not string_date:
		return ""
	day = getdate(string_date, parse_day_first)
	if day is None:
		return ""
	pattern = (format_string or get_user_date_format()).replace("mm", "MM").replace("Y", "y")
	return _format(day, pattern, "format_date")


format_date = formatdate


def format_time(time_string: Any = None, format_string: str | None = None) -> str:
	"""Return a time of day as the site writes it, or in the pattern given; "" for nothing."""
	if not time_string and time_string != time():
		return ""
	return _format(get_time(time_string), format_string or get_user_time_format(), "format_time")


def format_datetime(datetime_string: Any, format_string: str | None = None) -> str:
	"""Return a datetime as the site writes it, or in the pattern given; "" for nothing."""
	if not datetime_string:
		return ""
	moment = get_datetime(datetime_string)
	if moment is None:
		return ""
	pattern = format_string or f"{get_user_date_format().replace('mm', 'MM')} {get_user_time_format()}"
	return _format(moment, pattern, "format_datetime")


def _format(value: date | time, pattern: str, function: str) -> str:
	"""Numbers are the same in every language; only patterns with names of months or days need locale data."""
	if pattern in ("short", "medium", "long", "full") or not _is_numeric(pattern):
		return _localized(value, pattern, function)
	for letters, directive in _DIRECTIVES:
		pattern = pattern.replace(letters, directive)
	return value.strftime(pattern)


def _is_numeric(pattern: str) -> bool:
	rest = pattern
	for letters, _directive in _DIRECTIVES:
		rest = rest.replace(letters, "", 1)
	return not re.search(r"[A-Za-z']", rest)


def _localized(value: Any, pattern: str, function: str) -> str:
	import babel.dates
	from babel.core import UnknownLocaleError

	language = (getattr(frappe.local, "lang", None) or "en").replace("-", "_")
	try:
		return getattr(babel.dates, function)(value, pattern, locale=language)
	except (UnknownLocaleError, ValueError):
		return getattr(babel.dates, function)(value, pattern, locale="en")


def global_date_format(date: Any, format: str = "long") -> str:
	"""Return a date with its month's name, such as `January 1, 2026`."""
	return _localized(getdate(date), format, "format_date")


def format_duration(seconds: Any, hide_days: bool = False) -> str:
	"""Return a number of seconds as `1d 2h 3m 4s`, "" for none.

	Args:
		hide_days: count days as hours.
	"""
	minutes, rest = divmod(cint(seconds), 60)
	hours, minutes = divmod(minutes, 60)
	days, hours = (0, hours) if hide_days else divmod(hours, 24)
	parts = ((days, "d"), (hours, "h"), (minutes, "m"), (rest, "s"))
	return " ".join(f"{amount}{unit}" for amount, unit in parts if amount)


def duration_to_seconds(duration: str) -> int:
	"""Return the seconds of a duration such as `1d 2h 3m 4s`.

	Raises:
		frappe.ValidationError: it has another form.
	"""
	validate_duration_format(duration)
	units = {"d": 86400, "h": 3600, "m": 60, "s": 1}
	return sum(int(amount) * units[unit] for amount, unit in re.findall(r"(\d+)([dhms])", duration))


def validate_duration_format(duration: str) -> None:
	"""Refuse a text that is no duration such as `1d 2h 3m 4s`."""
	if not DURATION.match(duration):
		frappe.throw(
			frappe._("Value {0} must be in the valid duration format: d h m s").format(frappe.bold(duration))
		)


def pretty_date(iso_datetime: Any) -> str:
	"""Return how long ago a moment was, such as "2 hours ago"; "" for nothing."""
	if not iso_datetime:
		return ""
	seconds = (now_datetime() - get_datetime(iso_datetime)).total_seconds()
	return _minutes_ago(seconds) if seconds < 86400 else _days_ago(math.floor(seconds / 86400))


def _minutes_ago(seconds: float) -> str:
	_ = frappe._
	if seconds < 60:
		return _("just now")
	if seconds < 120:
		return _("1 minute ago")
	if seconds < 3600:
		return _("{0} minutes ago").format(math.floor(seconds / 60))
	if seconds < 7200:
		return _("1 hour ago")
	return _("{0} hours ago").format(math.floor(seconds / 3600))


def _days_ago(days: int) -> str:
	_ = frappe._
	steps = (
		(2, _("Yesterday"), 1),
		(7, _("{0} days ago"), days),
		(12, _("1 week ago"), 1),
		(31, _("{0} weeks ago"), math.ceil(days / 7)),
		(46, _("1 month ago"), 1),
		(365, _("{0} months ago"), math.ceil(days / 30)),
		(550, _("1 year ago"), 1),
	)
	for limit, text, amount in steps:
		if days < limit:
			return text.format(amount)
	return _("{0} years ago").format(math.floor(days / 365))


def format_timedelta(o: Any) -> str:
	"""Return a time since midnight as `h:mm:ss[.ffffff]`."""
	total = o.total_seconds()
	hours, rest = divmod(int(total), 3600)
	minutes, seconds = divmod(rest, 60)
	return (
		f"{hours}:{minutes:02}:{seconds + total % 1:09.6f}"
		if total % 1
		else f"{hours}:{minutes:02}:{seconds:02}"
	)


def get_eta(from_time: datetime, percent_complete: float) -> str:
	"""Return when a task that began at `from_time` will be done, as text."""
	passed = (now_datetime() - from_time).total_seconds()
	remaining = (100 - percent_complete) / (percent_complete or 1) * passed
	return format_duration(remaining) or "0s"
