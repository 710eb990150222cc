"""Due times: a number and a unit, counted on the safety clock or on the routine clock."""

from datetime import datetime, time, timedelta

from crisis_intervention.crisis_plan.clocks.calendar import ONE_DAY, SchoolCalendar

SAFETY, ROUTINE = "Safety", "Routine"
MINUTES, HOURS, DAYS, SAME_DAY, SCHOOL_DAYS, WEEKS = (
	"Minutes",
	"Hours",
	"Days",
	"Same Day",
	"School Days",
	"Weeks",
)
UNITS = (MINUTES, HOURS, SAME_DAY, DAYS, SCHOOL_DAYS, WEEKS)

# "The same day", said at 23:50, still leaves somebody the time to act.
SAME_DAY_AT_LEAST = timedelta(hours=2)

_FIXED = {
	MINUTES: timedelta(minutes=1),
	HOURS: timedelta(hours=1),
	DAYS: timedelta(days=1),
	WEEKS: timedelta(weeks=1),
}


def due_time(start: datetime, value: int, unit: str, clock: str, calendar: SchoolCalendar) -> datetime:
	"""Return when an obligation that arose at `start` is due.

	:param start: naive datetime in the site's time zone
	:param value: how many units, not negative; `Same Day` takes no number
	:param unit: one of `UNITS`
	:param clock: `Safety` counts day and night, `Routine` counts school days and school hours
	:returns: never before `start`, and never earlier for a later `start`
	:raises ValueError: for an unknown unit or clock, or a negative value
	"""
	if value < 0:
		raise ValueError("A due time cannot lie in the past")
	if unit not in UNITS:
		raise ValueError(f"Unknown unit: {unit}")
	if clock == SAFETY:
		return _safety(start, value, unit, calendar)
	if clock == ROUTINE:
		return _routine(start, value, unit, calendar)
	raise ValueError(f"Unknown clock: {clock}")


def add_school_time(start: datetime, span: timedelta, calendar: SchoolCalendar) -> datetime:
	"""Add a span of school hours: nights, weekends, holidays and vacations do not count."""
	moment = next_school_moment(start, calendar)
	left = span
	while left > (rest := calendar.ends(moment.date()) - moment):
		left -= rest
		following = calendar.school_day_on_or_after(moment.date() + ONE_DAY)
		moment = calendar.starts(following)
	return moment + left


def next_school_moment(start: datetime, calendar: SchoolCalendar) -> datetime:
	"""Return `start` if school is on, else the beginning of the next school day."""
	day = calendar.school_day_on_or_after(start.date())
	if day != start.date():
		return calendar.starts(day)
	if start < calendar.ends(day):
		return max(start, calendar.starts(day))
	return calendar.starts(calendar.school_day_on_or_after(day + ONE_DAY))


def add_school_days(start: datetime, days: int, calendar: SchoolCalendar) -> datetime:
	"""Return the end of the school day that lies `days` school days after `start`.

	Zero means the school day that is on, or the next one when school is over.
	"""
	day = next_school_moment(start, calendar).date() if days == 0 else start.date()
	for _ in range(days):
		day = calendar.school_day_on_or_after(day + ONE_DAY)
	return calendar.ends(day)


def _safety(start: datetime, value: int, unit: str, calendar: SchoolCalendar) -> datetime:
	if unit == SAME_DAY:
		midnight = datetime.combine(start.date(), time(23, 59))
		return max(midnight, start + SAME_DAY_AT_LEAST)
	if unit == SCHOOL_DAYS:
		return add_school_days(start, value, calendar)
	return start + value * _FIXED[unit]


def _routine(start: datetime, value: int, unit: str, calendar: SchoolCalendar) -> datetime:
	if unit == SAME_DAY:
		return add_school_days(start, 0, calendar)
	if unit == SCHOOL_DAYS:
		return add_school_days(start, value, calendar)
	if unit in (MINUTES, HOURS):
		return add_school_time(start, value * _FIXED[unit], calendar)
	return _end_of_period(start + value * _FIXED[unit], start, calendar)


def _end_of_period(nominal: datetime, start: datetime, calendar: SchoolCalendar) -> datetime:
	"""A routine span of days or weeks ends with its last school day (our default, not the plan's)."""
	day = calendar.school_day_on_or_before(nominal.date())
	end = calendar.ends(day)
	if end >= start and calendar.is_school_day(day) and day >= start.date():
		return end
	return calendar.ends(calendar.school_day_on_or_after(nominal.date() + ONE_DAY))
