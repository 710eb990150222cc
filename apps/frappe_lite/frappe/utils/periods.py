"""First and last days of weeks, months, quarters and years, and named time spans."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from frappe.utils.dates import DATE_FORMAT, add_to_date, get_datetime, getdate, nowdate
from frappe.utils.settings import system_setting

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def _as(day: date, as_str: bool) -> Any:
	return day.strftime(DATE_FORMAT) if as_str else day


def get_first_day(dt: Any, d_years: int = 0, d_months: int = 0, as_str: bool = False) -> Any:
	"""Return the first day of a date's month, some years and months later."""
	day = getdate(dt)
	year, month = divmod(day.year * 12 + day.month - 1 + d_years * 12 + d_months, 12)
	return _as(date(year, month + 1, 1), as_str)


def get_last_day(dt: Any) -> date:
	"""Return the last day of a date's month."""
	return get_first_day(dt, 0, 1) - timedelta(days=1)


def get_quarter_start(dt: Any, as_str: bool = False) -> Any:
	"""Return the first day of a date's quarter."""
	day = getdate(dt)
	return _as(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), as_str)


def get_quarter_ending(date: Any) -> Any:
	"""Return the last day of a date's quarter."""
	return get_last_day(get_first_day(get_quarter_start(date), d_months=2))


def get_year_start(dt: Any, as_str: bool = False) -> Any:
	"""Return the first day of a date's year."""
	return _as(date(getdate(dt).year, 1, 1), as_str)


def get_year_ending(date: Any) -> Any:
	"""Return the last day of a date's year."""
	return getdate(date).replace(month=12, day=31)


def get_first_day_of_the_week() -> str:
	"""Return the English name of the site's first day of the week."""
	return system_setting("first_day_of_the_week") or "Sunday"


def get_start_of_week_index() -> int:
	"""Return how many days the site's first day of the week is after Sunday."""
	return WEEKDAYS.index(get_first_day_of_the_week())


def get_normalized_weekday_index(dt: Any) -> int:
	"""Return how many days a date is after Sunday."""
	return (dt.weekday() + 1) % 7


def get_first_day_of_week(dt: Any, as_str: bool = False) -> Any:
	"""Return the first day of a date's week."""
	day = getdate(dt)
	offset = (get_normalized_weekday_index(day) - get_start_of_week_index()) % 7
	return _as(day - timedelta(days=offset), as_str)


def get_last_day_of_week(dt: Any) -> date:
	"""Return the last day of a date's week."""
	return get_first_day_of_week(dt) + timedelta(days=6)


def get_weekdays() -> list[str]:
	"""Return the English names of the weekdays, Monday first."""
	return [*WEEKDAYS[1:], WEEKDAYS[0]]


def get_weekday(datetime: datetime | None = None) -> str:
	"""Return the English name of a date's weekday."""
	return get_weekdays()[(datetime or get_datetime()).weekday()]


def get_month(datetime: Any = None) -> str:
	"""Return the English name of a date's month."""
	return getdate(datetime).strftime("%B")


def get_timespan_date_range(timespan: str) -> tuple[Any, Any] | None:
	"""Return (first, last) day of a named span such as "last month" or "today"; None when there is none."""
	today = getdate(nowdate())
	name = timespan.strip().lower()
	if name in ("today", "yesterday", "tomorrow"):
		day = today + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[name])
		return day, day
	which, _, length = name.partition(" ")
	if name in _ROLLING:
		count, unit = _ROLLING[name]
		return add_to_date(today, **{unit: count}), today
	if which not in _STEPS or length not in _PERIODS:
		return None
	return _period(today, _STEPS[which], length)


_STEPS = {"last": -1, "this": 0, "next": 1}
_ROLLING = {
	"last 7 days": (-7, "days"),
	"last 14 days": (-14, "days"),
	"last 30 days": (-30, "days"),
	"last 90 days": (-90, "days"),
}
# period → (months it has, function that gives its first day); a week is counted in days
_PERIODS: dict[str, tuple[int, Any]] = {
	"week": (0, get_first_day_of_week),
	"month": (1, get_first_day),
	"quarter": (3, get_quarter_start),
	"6 months": (6, get_first_day),
	"year": (12, get_year_start),
}


def _period(today: date, step: int, length: str) -> tuple[date, date]:
	months, first_of = _PERIODS[length]
	if length == "week":
		start = first_of(today) + timedelta(days=7 * step)
		return start, start + timedelta(days=6)
	if length == "6 months":
		return _six_months(today, step)
	start = first_of(add_to_date(first_of(today), months=months * step))
	return start, add_to_date(start, months=months) - timedelta(days=1)


def _six_months(today: date, step: int) -> tuple[date, date]:
	month = get_first_day(today)
	if step < 0:
		return add_to_date(month, months=-6), month - timedelta(days=1)
	start = month if step == 0 else add_to_date(month, months=1)
	return start, add_to_date(start, months=6) - timedelta(days=1)
