"""Periods of recurring duties: which week, half month, month, term or year a day belongs to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crisis_intervention.crisis_plan.clocks.calendar import ONE_DAY, SEARCH_LIMIT_DAYS, SchoolCalendar

WEEKLY, HALF_MONTHLY, MONTHLY, TERMLY, YEARLY, EVERY_N_DAYS = (
	"Weekly",
	"Half-monthly",
	"Monthly",
	"Every Term",
	"Yearly",
	"Every N Days",
)
SCHOOL_YEAR_STARTS = 9


@dataclass(frozen=True)
class Period:
	"""One period of a recurrence: a stable key and its first and last day."""

	key: str
	first: date
	last: date

	def due(self, calendar: SchoolCalendar) -> datetime | None:
		"""Return the end of the period's last school day, or None when it has no school day."""
		days = calendar.school_days_between(self.first, self.last)
		return calendar.ends(days[-1]) if days else None


def period_of(
	day: date, recurrence: str, calendar: SchoolCalendar, interval: int = 0, anchor: date | None = None
) -> Period:
	"""Return the period of a recurrence that contains a day.

	:param recurrence: one of the names above
	:param interval: days, for `Every N Days`
	:param anchor: first day of the first interval, for `Every N Days`
	:raises ValueError: for an unknown recurrence or an interval below one day
	"""
	if recurrence == EVERY_N_DAYS:
		return _interval(day, interval, anchor or date(day.year, 1, 1))
	makers = {WEEKLY: _week, HALF_MONTHLY: _half_month, MONTHLY: _month, YEARLY: _year}
	if recurrence == TERMLY:
		return _term(day, calendar)
	if recurrence not in makers:
		raise ValueError(f"Unknown recurrence: {recurrence}")
	return makers[recurrence](day)


def _week(day: date) -> Period:
	first = day - timedelta(days=day.weekday())
	year, week, _ = day.isocalendar()
	return Period(f"{year}-W{week:02d}", first, first + timedelta(days=6))


def _half_month(day: date) -> Period:
	month = _month(day)
	middle = day.replace(day=15)
	if day <= middle:
		return Period(f"{month.key}-A", month.first, middle)
	return Period(f"{month.key}-B", middle + ONE_DAY, month.last)


def _month(day: date) -> Period:
	first = day.replace(day=1)
	following = (first + timedelta(days=32)).replace(day=1)
	return Period(f"{day.year}-{day.month:02d}", first, following - ONE_DAY)


def _year(day: date) -> Period:
	start = day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1
	return Period(
		str(start), date(start, SCHOOL_YEAR_STARTS, 1), date(start + 1, SCHOOL_YEAR_STARTS, 1) - ONE_DAY
	)


def _interval(day: date, interval: int, anchor: date) -> Period:
	if interval < 1:
		raise ValueError("An interval is at least one day")
	index = max(0, (day - anchor).days // interval)
	first = anchor + timedelta(days=index * interval)
	return Period(f"{anchor:%Y%m%d}-{interval}-{index}", first, first + timedelta(days=interval - 1))


def _term(day: date, calendar: SchoolCalendar) -> Period:
	"""A term is what lies between two vacations; a day of vacation belongs to the term before it.

	Where a calendar names no vacation, the school year bounds the term, so that its key stands still.
	"""
	inside = _out_of_vacation(day, calendar)
	first_of_all, last_of_all = _school_year(inside, calendar)
	first = _up_to_vacation(inside, -ONE_DAY, first_of_all, calendar)
	last = _up_to_vacation(inside, ONE_DAY, last_of_all, calendar)
	return Period(f"T{first:%Y%m%d}", first, last)


def _out_of_vacation(day: date, calendar: SchoolCalendar) -> date:
	found = day
	for _ in range(SEARCH_LIMIT_DAYS):
		if not calendar.is_vacation(found):
			return found
		found -= ONE_DAY
	return day


def _up_to_vacation(day: date, step: timedelta, limit: date, calendar: SchoolCalendar) -> date:
	"""Go on to the last day before a vacation, not beyond the limit."""
	while day != limit and not calendar.is_vacation(day + step):
		day += step
	return day


def _school_year(day: date, calendar: SchoolCalendar) -> tuple[date, date]:
	start = _year_start(day.year, calendar)
	if day < start:
		return _year_start(day.year - 1, calendar), start - ONE_DAY
	return start, _year_start(day.year + 1, calendar) - ONE_DAY


def _year_start(year: int, calendar: SchoolCalendar) -> date:
	"""The day after the summer vacation, where it ends in August, else the first of September."""
	day = date(year, SCHOOL_YEAR_STARTS, 1)
	for i in range(1, 32):
		if calendar.is_vacation(day - i * ONE_DAY):
			return day - (i - 1) * ONE_DAY
	return day
