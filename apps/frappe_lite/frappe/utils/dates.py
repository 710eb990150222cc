"""Dates and times: parsing and arithmetic; all in the site's time zone, naive."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe.utils.settings import get_system_timezone

DateTimeLikeObject = str | date | datetime

DATE_FORMAT = "%Y-%m-%d"
TIME_FORMAT = "%H:%M:%S.%f"
DATETIME_FORMAT = f"{DATE_FORMAT} {TIME_FORMAT}"

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_ISO_DATETIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?$")
_ISO_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$")
_DURATION = re.compile(
	r"(?:(?P<days>-?\d+) days?, )?(?P<hours>\d+):(?P<minutes>\d+)(?::(?P<seconds>\d+(?:\.\d+)?))?$"
)


class InvalidDateError(frappe.ValidationError, ValueError):
	"""A text is no date or time."""


# ------------------------------------------------------------------ now
def now_datetime() -> datetime:
	"""Return the current time in the site's time zone, without a time zone attached."""
	from frappe.utils import data

	return data._now()


def now() -> str:
	"""Return the current time as `yyyy-mm-dd hh:mm:ss.ffffff`, on `frappe.flags.current_date` if set."""
	flags = getattr(frappe.local, "flags", None)
	if flags and flags.current_date:
		return f"{getdate(flags.current_date)} {now_datetime().strftime(TIME_FORMAT)}"
	return now_datetime().strftime(DATETIME_FORMAT)


def nowdate() -> str:
	"""Return today as `yyyy-mm-dd`."""
	return now_datetime().strftime(DATE_FORMAT)


today = nowdate


def get_abbr_day() -> str:
	"""Return the abbreviated English name of today's weekday."""
	return now_datetime().strftime("%a")


def nowtime() -> str:
	"""Return the current time of day as `hh:mm:ss.ffffff`."""
	return now_datetime().strftime(TIME_FORMAT)


def get_timestamp(date: DateTimeLikeObject | None = None) -> float:
	"""Return the seconds since 1970 of a date's midnight."""
	return datetime.combine(getdate(date), time()).timestamp()


def convert_utc_to_system_timezone(utc_timestamp: datetime) -> datetime:
	"""Return a UTC moment in the site's time zone, with it attached."""
	return _in_utc(utc_timestamp).astimezone(ZoneInfo(get_system_timezone()))


convert_utc_to_user_timezone = convert_utc_to_system_timezone


def get_datetime_in_timezone(time_zone: str) -> datetime:
	"""Return the current time in a time zone, with it attached."""
	system = now_datetime().replace(tzinfo=ZoneInfo(get_system_timezone()))
	return system.astimezone(ZoneInfo(time_zone))


def convert_utc_to_timezone(utc_timestamp: datetime, time_zone: str) -> datetime:
	"""Return a UTC moment in a time zone, with it attached."""
	return _in_utc(utc_timestamp).astimezone(ZoneInfo(time_zone))


def _in_utc(moment: datetime) -> datetime:
	return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment


def get_time_zone() -> str:
	"""Return the name of the site's time zone."""
	return get_system_timezone()


# ------------------------------------------------------------------ parsing
def is_invalid_date_string(date_string: Any) -> bool:
	"""Tell whether a value is no text or one of the texts that stand for no date."""
	return (
		not isinstance(date_string, str)
		or not date_string
		or date_string.startswith(("0001-01-01", "0000-00-00"))
	)


def getdate(string_date: Any = None, parse_day_first: bool = False) -> date | None:
	"""Return the date of a text, date or datetime; today for nothing, None for `0001-01-01`.

	Args:
		parse_day_first: 01/02/2026 is the first of February.

	Raises:
		frappe.ValidationError: the text is no date.
	"""
	if not string_date:
		return now_datetime().date()
	if isinstance(string_date, datetime):
		return string_date.date()
	if isinstance(string_date, date):
		return string_date
	if is_invalid_date_string(string_date):
		return None
	if _ISO_DATE.match(string_date):
		try:
			return date.fromisoformat(string_date)
		except ValueError:
			_throw_invalid(string_date)
	return _parse(string_date, dayfirst=parse_day_first).date()


def get_datetime(datetime_str: Any = None) -> datetime | timedelta | None:
	"""Return the datetime of a text, date or datetime; now for None, None for `0001-01-01`.

	Raises:
		frappe.ValidationError: the text is no date or time.
	"""
	if datetime_str is None:
		return now_datetime()
	if isinstance(datetime_str, datetime | timedelta):
		return datetime_str
	if isinstance(datetime_str, list | tuple):
		return datetime(*datetime_str)
	if isinstance(datetime_str, date):
		return datetime.combine(datetime_str, time())
	if is_invalid_date_string(datetime_str):
		return None
	if _ISO_DATETIME.match(datetime_str) or _ISO_DATE.match(datetime_str):
		try:
			return datetime.fromisoformat(datetime_str)
		except ValueError:
			_throw_invalid(datetime_str)
	return _parse(datetime_str)


def _parse(text: str, **options: Any) -> datetime:
	from dateutil import parser

	default = now_datetime().replace(hour=0, minute=0, second=0, microsecond=0)
	try:
		return parser.parse(text, default=default, **options)
	except (ValueError, OverflowError):
		_throw_invalid(text)
		raise


def _throw_invalid(text: str) -> None:
	frappe.throw(
		frappe._("{} is not a valid date string.").format(frappe.bold(frappe.utils.escape_html(text))),
		InvalidDateError,
		title=frappe._("Invalid Date"),
	)


def get_time(time_str: Any) -> time:
	"""Return the time of day of a text, time, datetime or timedelta.

	Raises:
		frappe.ValidationError: the text is no time.
	"""
	if isinstance(time_str, datetime):
		return time_str.time()
	if isinstance(time_str, time):
		return time_str
	if isinstance(time_str, timedelta):
		return (datetime.min + time_str).time()
	span = parse_timedelta(time_str) if _DURATION.match(time_str) else None
	return (datetime.min + span).time() if span is not None else _parse(time_str).time()


def parse_timedelta(s: str) -> timedelta:
	"""Return the timedelta whose text is `[days, ]hours:minutes[:seconds]`.

	Raises:
		ValueError: the text has another form.
	"""
	match = _DURATION.match(s)
	if not match:
		raise ValueError(f"Not a duration: {s!r}")
	parts = {name: float(value) for name, value in match.groupdict().items() if value is not None}
	return timedelta(**parts)


def get_timedelta(time: Any = None) -> timedelta | None:
	"""Return a time of day as the time since midnight; midnight for nothing, None for what is no time."""
	time = time or "0:0:0"
	if isinstance(time, timedelta):
		return time
	try:
		return to_timedelta(time)
	except ValueError:
		return None


def to_timedelta(time_str: Any) -> Any:
	"""Return a time of day as the time since midnight; what is no text or time as it is.

	Raises:
		ValueError: the text is no time.
	"""
	if isinstance(time_str, time):
		return datetime.combine(date.min, time_str) - datetime.min
	if not isinstance(time_str, str):
		return time_str
	if _DURATION.match(time_str):
		return parse_timedelta(time_str)
	return datetime.combine(date.min, _parse(time_str).time()) - datetime.min


def get_datetime_str(datetime_obj: DateTimeLikeObject) -> str:
	"""Return a datetime as `yyyy-mm-dd hh:mm:ss.ffffff`."""
	return get_datetime(datetime_obj).strftime(DATETIME_FORMAT)


def get_date_str(date_obj: DateTimeLikeObject) -> str:
	"""Return a date as `yyyy-mm-dd`."""
	return get_datetime(date_obj).strftime(DATE_FORMAT)


def get_time_str(timedelta_obj: timedelta | str) -> str:
	"""Return a time of day as `h:mm:ss`, without leading zeros."""
	hours, rest = divmod(to_timedelta(timedelta_obj).seconds, 3600)
	minutes, seconds = divmod(rest, 60)
	return f"{hours}:{minutes}:{seconds}"


# ------------------------------------------------------------------ arithmetic
def add_to_date(
	date: Any,
	years: float = 0,
	months: float = 0,
	weeks: float = 0,
	days: float = 0,
	hours: float = 0,
	minutes: float = 0,
	seconds: float = 0,
	as_string: bool = False,
	as_datetime: bool = False,
) -> Any:
	"""Return a date or datetime some time later; a text comes back as text.

	Args:
		date: text, date or datetime; None is now.
		as_string: return text.
		as_datetime: return text with the time of day.

	Raises:
		frappe.ValidationError: the text is no date.
	"""
	if date is None:
		date = now_datetime()
	as_datetime = as_datetime or bool(hours)
	if isinstance(date, str):
		as_string, as_datetime = True, as_datetime or " " in date
		date = get_datetime(date)
	moved = _shift(date, years, months, weeks, days, hours, minutes, seconds)
	if not as_string:
		return moved
	return moved.strftime(DATETIME_FORMAT if as_datetime else DATE_FORMAT)


def _shift(
	moment: Any,
	years: float,
	months: float,
	weeks: float,
	days: float,
	hours: float,
	minutes: float,
	seconds: float,
) -> Any:
	from dateutil.relativedelta import relativedelta

	if years or months or not isinstance(moment, date):
		moment = moment + relativedelta(years=int(years), months=int(months))
	if (hours or minutes or seconds) and not isinstance(moment, datetime):
		moment = datetime.combine(moment, time())
	return moment + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def add_days(date: Any, days: float) -> Any:
	"""Return a date some days later."""
	return add_to_date(date, days=frappe.utils.flt(days) if isinstance(days, str) else days)


def add_months(date: Any, months: int) -> Any:
	"""Return a date some months later, on the month's last day when it has no such day."""
	return add_to_date(date, months=months)


def add_years(date: Any, years: int) -> Any:
	"""Return a date some years later."""
	return add_to_date(date, years=years)


def date_diff(string_ed_date: Any, string_st_date: Any) -> int:
	"""Return the days from the second to the first date."""
	return days_diff(string_ed_date, string_st_date)


def days_diff(string_ed_date: Any, string_st_date: Any) -> int:
	"""Return the days from the second to the first date."""
	return (getdate(string_ed_date) - getdate(string_st_date)).days


def month_diff(string_ed_date: Any, string_st_date: Any) -> int:
	"""Return how many calendar months two dates touch."""
	end, start = getdate(string_ed_date), getdate(string_st_date)
	return (end.year - start.year) * 12 + end.month - start.month + 1


def time_diff(string_ed_date: Any, string_st_date: Any) -> timedelta:
	"""Return the time from the second to the first moment."""
	return get_datetime(string_ed_date) - get_datetime(string_st_date)


def time_diff_in_seconds(string_ed_date: Any, string_st_date: Any) -> float:
	"""Return the seconds from the second to the first moment."""
	return time_diff(string_ed_date, string_st_date).total_seconds()


def time_diff_in_hours(string_ed_date: Any, string_st_date: Any) -> float:
	"""Return the hours from the second to the first moment."""
	return round(time_diff_in_seconds(string_ed_date, string_st_date) / 3600, 6)


def is_last_day_of_the_month(date: Any) -> bool:
	"""Tell whether a date is its month's last."""
	day = getdate(date)
	return (day + timedelta(days=1)).month != day.month
