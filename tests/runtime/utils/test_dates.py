"""Dates and times as Frappe reads, moves and writes them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
import frappe.utils as utils
import pytest
from hypothesis import given
from hypothesis import strategies as st

from .conftest import NOW

pytestmark = pytest.mark.usefixtures("plain")
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31))


def test_now_follows_the_clock() -> None:
	assert utils.now_datetime() == NOW
	assert utils.now() == "2026-11-23 10:30:15.000250"
	assert utils.nowdate() == utils.today() == "2026-11-23"
	assert utils.nowtime() == "10:30:15.000250"
	frappe.flags.current_date = "2030-01-02"
	assert utils.now() == "2030-01-02 10:30:15.000250"
	assert utils.nowdate() == "2026-11-23"


def test_the_sites_time_zone_without_settings_is_chinas() -> None:
	assert utils.get_system_timezone() == "Asia/Shanghai"
	frappe.conf.time_zone = "Europe/Berlin"
	assert utils.get_system_timezone() == "Europe/Berlin"


@pytest.mark.parametrize(
	("value", "expected"),
	[
		("2026-02-03", date(2026, 2, 3)),
		("2026-02-03 10:00:00", date(2026, 2, 3)),
		("2026-02-03T10:00:00", date(2026, 2, 3)),
		("3 Feb 2026", date(2026, 2, 3)),
		("02/03/2026", date(2026, 2, 3)),
		(datetime(2026, 2, 3, 4), date(2026, 2, 3)),
		(date(2026, 2, 3), date(2026, 2, 3)),
		(None, NOW.date()),
		("", NOW.date()),
		("0001-01-01", None),
		("0000-00-00 00:00:00", None),
	],
)
def test_getdate(value: Any, expected: date | None) -> None:
	assert utils.getdate(value) == expected


def test_getdate_day_first() -> None:
	assert utils.getdate("03/02/2026", parse_day_first=True) == date(2026, 2, 3)


@pytest.mark.parametrize("value", ["abc", "2026-13-01", "2026-02-30", "99999999999", "2026-11-23 25:00:00"])
def test_what_is_no_date_is_refused(value: str) -> None:
	with pytest.raises(frappe.ValidationError):
		utils.getdate(value)
	with pytest.raises(ValueError):
		utils.get_datetime(value)


@pytest.mark.parametrize(
	("value", "expected"),
	[
		("2026-02-03 04:05:06.000007", datetime(2026, 2, 3, 4, 5, 6, 7)),
		("2026-02-03 04:05:06", datetime(2026, 2, 3, 4, 5, 6)),
		("2026-02-03", datetime(2026, 2, 3)),
		(date(2026, 2, 3), datetime(2026, 2, 3)),
		(None, NOW),
		("", None),
		(timedelta(hours=1), timedelta(hours=1)),
	],
)
def test_get_datetime(value: Any, expected: Any) -> None:
	assert utils.get_datetime(value) == expected


@given(MOMENTS)
def test_datetimes_survive_being_written(moment: datetime) -> None:
	assert utils.get_datetime(utils.get_datetime_str(moment)) == moment
	assert utils.get_datetime(str(moment)) == moment
	assert utils.getdate(utils.get_date_str(moment)) == moment.date()


@given(DAYS, st.integers(-5000, 5000))
def test_days_are_added_and_counted(day: date, days: int) -> None:
	later = utils.add_days(day, days)
	assert utils.date_diff(later, day) == days
	assert utils.add_days(later, -days) == day
	assert utils.add_days(str(day), days) == str(later)


@given(DAYS, st.integers(-200, 200))
def test_months_are_added(day: date, months: int) -> None:
	later = utils.add_months(day, months)
	assert (later.year - day.year) * 12 + later.month - day.month == months
	assert later.day == min(day.day, utils.get_last_day(later).day)


@given(DAYS)
def test_first_and_last_days(day: date) -> None:
	first, last = utils.get_first_day(day), utils.get_last_day(day)
	assert first <= day <= last
	assert first.day == 1
	assert (last + timedelta(days=1)).day == 1
	assert utils.get_quarter_start(day) <= day <= utils.get_quarter_ending(day)
	assert utils.get_year_start(day) <= day <= utils.get_year_ending(day)
	assert utils.get_first_day_of_week(day) <= day <= utils.get_last_day_of_week(day)
	assert utils.get_first_day_of_week(day).weekday() == 6
	assert utils.is_last_day_of_the_month(day) == (day == last)


def test_add_to_date_keeps_the_kind_of_its_argument() -> None:
	assert utils.add_to_date("2026-01-31", months=1) == "2026-02-28"
	assert utils.add_to_date("2026-01-31 10:00:00", days=1) == "2026-02-01 10:00:00.000000"
	assert utils.add_to_date("2026-01-31", hours=1) == "2026-01-31 01:00:00.000000"
	assert utils.add_to_date(date(2026, 1, 31), years=1) == date(2027, 1, 31)
	assert utils.add_to_date(date(2026, 1, 31), hours=25) == datetime(2026, 2, 1, 1)
	assert utils.add_to_date(date(2026, 1, 31), days=1, as_string=True) == "2026-02-01"
	assert utils.add_to_date(datetime(2026, 1, 1), minutes=90, as_string=True, as_datetime=True).startswith(
		"2026-01-01 01:30"
	)
	assert utils.add_to_date(None, days=-1) == NOW - timedelta(days=1)
	assert utils.add_years("2024-02-29", 1) == "2025-02-28"
	with pytest.raises(frappe.ValidationError):
		utils.add_to_date("soon", days=1)


def test_differences() -> None:
	assert utils.month_diff("2026-03-01", "2026-01-31") == 3
	assert utils.time_diff_in_hours("2026-01-01 12:30:00", "2026-01-01 10:00:00") == 2.5
	assert utils.time_diff_in_seconds("2026-01-01 10:00:01", "2026-01-01 10:00:00") == 1
	assert utils.time_diff("2026-01-02", "2026-01-01") == timedelta(days=1)


def test_times_of_day() -> None:
	assert utils.get_time("9:05") == time(9, 5)
	assert utils.get_time("09:05:06.000007") == time(9, 5, 6, 7)
	assert utils.get_time(timedelta(hours=3)) == time(3)
	assert utils.get_time(datetime(2026, 1, 1, 4)) == time(4)
	assert utils.to_timedelta("09:05:06") == timedelta(hours=9, minutes=5, seconds=6)
	assert utils.to_timedelta(time(1, 2)) == timedelta(hours=1, minutes=2)
	assert utils.get_timedelta(None) == timedelta(0)
	assert utils.get_timedelta("1 day, 2:00:00") == timedelta(days=1, hours=2)
	assert utils.get_timedelta("no time at all") is None
	assert utils.get_time_str(timedelta(hours=9, minutes=5)) == "9:5:0"


def test_writing_of_dates() -> None:
	assert utils.formatdate("2026-02-03") == "2026-02-03"
	assert utils.formatdate("2026-02-03", "dd-mm-yyyy") == "03-02-2026"
	assert utils.format_date("2026-02-03", "dd.MM.yyyy") == "03.02.2026"
	assert utils.formatdate("2026-02-03", "d MMM yyyy") == "3 Feb 2026"
	assert utils.formatdate(None) == ""
	assert utils.format_datetime("2026-02-03 04:05:06") == "2026-02-03 04:05:06"
	assert utils.format_datetime("2026-02-03 04:05:06", "dd/MM HH:mm") == "03/02 04:05"
	assert utils.format_time("04:05:06") == "04:05:06"
	assert utils.format_time("") == ""
	assert utils.global_date_format("2026-02-03") == "February 3, 2026"


def test_durations() -> None:
	assert utils.format_duration(90061) == "1d 1h 1m 1s"
	assert utils.format_duration(90000, hide_days=True) == "25h"
	assert utils.format_duration(0) == ""
	assert utils.duration_to_seconds("1d 1h 1m 1s") == 90061
	with pytest.raises(frappe.ValidationError):
		utils.duration_to_seconds("a while")


@pytest.mark.parametrize(
	("ago", "text"),
	[
		({"seconds": 5}, "just now"),
		({"seconds": 61}, "1 minute ago"),
		({"minutes": 59}, "59 minutes ago"),
		({"minutes": 61}, "1 hour ago"),
		({"hours": 23}, "23 hours ago"),
		({"days": 1, "minutes": 5}, "Yesterday"),
		({"days": 6}, "6 days ago"),
		({"days": 8}, "1 week ago"),
		({"days": 20}, "3 weeks ago"),
		({"days": 40}, "1 month ago"),
		({"days": 100}, "4 months ago"),
		({"days": 400}, "1 year ago"),
		({"days": 800}, "2 years ago"),
	],
)
def test_pretty_date(ago: dict, text: str) -> None:
	assert utils.pretty_date(NOW - timedelta(**ago)) == text


@pytest.mark.parametrize(
	("name", "expected"),
	[
		("today", ("2026-11-23", "2026-11-23")),
		("yesterday", ("2026-11-22", "2026-11-22")),
		("last week", ("2026-11-15", "2026-11-21")),
		("this week", ("2026-11-22", "2026-11-28")),
		("next week", ("2026-11-29", "2026-12-05")),
		("last month", ("2026-10-01", "2026-10-31")),
		("this quarter", ("2026-10-01", "2026-12-31")),
		("last year", ("2025-01-01", "2025-12-31")),
		("last 7 days", ("2026-11-16", "2026-11-23")),
		("last 6 months", ("2026-05-01", "2026-10-31")),
	],
)
def test_named_time_spans(name: str, expected: tuple[str, str]) -> None:
	found = utils.get_timespan_date_range(name)
	assert tuple(map(str, found)) == expected


def test_an_unknown_time_span_is_none() -> None:
	assert utils.get_timespan_date_range("some day") is None
