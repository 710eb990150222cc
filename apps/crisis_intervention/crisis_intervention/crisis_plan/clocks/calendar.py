"""The school calendar as a plain value: which days are school days, when they begin and end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# Longer than any vacation. A calendar that closes the school for longer is a data error,
# not a reason to lose a due time.
SEARCH_LIMIT_DAYS = 400
ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = frozenset(range(5))

HOLIDAY, MAKE_UP_WORKDAY, VACATION = "Holiday", "Make-up Workday", "Vacation"


@dataclass(frozen=True)
class SchoolCalendar:
	"""School days of a school: ordinary weekdays, minus holidays and vacations, plus make-up workdays (调休).

	:param day_start: time of day at which the school day begins
	:param day_end: time of day at which the school day ends, later than `day_start`
	:param weekdays: ordinary school days as `date.weekday()` numbers, Monday is 0
	:param holidays: days without school
	:param make_up_days: days with school whatever else is said about them
	:param vacation_days: days of the vacations, each day of each range
	"""

	day_start: time = time(8, 0)
	day_end: time = time(17, 0)
	weekdays: frozenset[int] = MONDAY_TO_FRIDAY
	holidays: frozenset[date] = frozenset()
	make_up_days: frozenset[date] = frozenset()
	vacation_days: frozenset[date] = frozenset()

	def is_school_day(self, day: date) -> bool:
		"""Say whether there is school on a day; a make-up workday wins over holiday, vacation and weekend."""
		if day in self.make_up_days:
			return True
		if day in self.holidays or day in self.vacation_days:
			return False
		return day.weekday() in self.weekdays

	def is_vacation(self, day: date) -> bool:
		"""Say whether a day lies in a vacation and is no make-up workday."""
		return day in self.vacation_days and day not in self.make_up_days

	def starts(self, day: date) -> datetime:
		"""Return the moment at which the school day of `day` begins."""
		return datetime.combine(day, self.day_start)

	def ends(self, day: date) -> datetime:
		"""Return the moment at which the school day of `day` ends."""
		return datetime.combine(day, self.day_end)

	def school_day_on_or_after(self, day: date) -> date:
		"""Return the first school day that is not before `day`."""
		return self._search(day, ONE_DAY)

	def school_day_on_or_before(self, day: date) -> date:
		"""Return the last school day that is not after `day`."""
		return self._search(day, -ONE_DAY)

	def school_days_between(self, first: date, last: date) -> list[date]:
		"""List the school days from `first` to `last`, both included."""
		days = ((first + timedelta(days=i)) for i in range((last - first).days + 1))
		return [day for day in days if self.is_school_day(day)]

	def _search(self, day: date, step: timedelta) -> date:
		found = day
		for _ in range(SEARCH_LIMIT_DAYS):
			if self.is_school_day(found):
				return found
			found += step
		return day


def build(
	rows: Iterable[tuple[str, date, date | None]],
	day_start: time = time(8, 0),
	day_end: time = time(17, 0),
	weekdays: frozenset[int] = MONDAY_TO_FRIDAY,
) -> SchoolCalendar:
	"""Build a calendar from rows `(type, from, to)`; `to` empty means one day.

	:param rows: type is `Holiday`, `Make-up Workday` or `Vacation`
	:raises ValueError: for an unknown type, a reversed range, or a school day without length
	"""
	if day_end <= day_start:
		raise ValueError("The school day must end after it begins")
	days: dict[str, set[date]] = {HOLIDAY: set(), MAKE_UP_WORKDAY: set(), VACATION: set()}
	for kind, first, last in rows:
		if kind not in days:
			raise ValueError(f"Unknown kind of calendar day: {kind}")
		days[kind].update(_range(first, last or first))
	return SchoolCalendar(
		day_start=day_start,
		day_end=day_end,
		weekdays=weekdays,
		holidays=frozenset(days[HOLIDAY]),
		make_up_days=frozenset(days[MAKE_UP_WORKDAY]),
		vacation_days=frozenset(days[VACATION]),
	)


def _range(first: date, last: date) -> list[date]:
	if last < first:
		raise ValueError(f"A range of days ends before it begins: {first}")
	return [first + timedelta(days=i) for i in range((last - first).days + 1)]
