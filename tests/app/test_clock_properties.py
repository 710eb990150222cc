"""What holds for every due time, whatever the school's calendar looks like (tried by hypothesis)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crisis_intervention.crisis_plan.clocks.calendar import (
	HOLIDAY,
	MAKE_UP_WORKDAY,
	VACATION,
	SchoolCalendar,
	build,
)
from crisis_intervention.crisis_plan.clocks.due import (
	HOURS,
	MINUTES,
	ROUTINE,
	SAFETY,
	SAME_DAY,
	SCHOOL_DAYS,
	UNITS,
	due_time,
)
from crisis_intervention.crisis_plan.clocks.periods import (
	HALF_MONTHLY,
	MONTHLY,
	TERMLY,
	WEEKLY,
	YEARLY,
	period_of,
)

FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)
DAYS = st.dates(FIRST, LAST)
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 6, 30))
CLOCKS = st.sampled_from((SAFETY, ROUTINE))
VALUES = st.integers(0, 30)
quick = settings(max_examples=150, deadline=None)


@st.composite
def calendars(draw) -> SchoolCalendar:
	"""A school year with holidays, make-up days and vacations anywhere, some of them on top of each other."""
	rows = []
	for _ in range(draw(st.integers(0, 10))):
		first = draw(DAYS)
		length = draw(st.sampled_from((0, 0, 1, 2, 6, 29, 60)))
		kind = draw(st.sampled_from((HOLIDAY, MAKE_UP_WORKDAY, VACATION)))
		rows.append((kind, first, first + timedelta(days=length if kind != MAKE_UP_WORKDAY else 0)))
	start = draw(st.integers(6, 9))
	return build(rows, day_start=time(start, 30), day_end=time(draw(st.integers(15, 21)), 40))


@quick
@given(MOMENTS, VALUES, st.sampled_from(UNITS), CLOCKS, calendars())
def test_no_due_time_lies_in_the_past(start, value, unit, clock, calendar):
	assert due_time(start, value, unit, clock, calendar) >= start


@quick
@given(MOMENTS, MOMENTS, VALUES, st.sampled_from(UNITS), CLOCKS, calendars())
def test_what_arises_later_is_never_due_earlier(one, other, value, unit, clock, calendar):
	first, second = sorted((one, other))
	assert due_time(first, value, unit, clock, calendar) <= due_time(second, value, unit, clock, calendar)


@quick
@given(MOMENTS, VALUES, st.sampled_from(UNITS), CLOCKS, calendars())
def test_more_time_is_never_less_time(start, value, unit, clock, calendar):
	less = due_time(start, value, unit, clock, calendar)
	assert less <= due_time(start, value + 1, unit, clock, calendar)


@quick
@given(MOMENTS, VALUES, st.sampled_from(UNITS), calendars())
def test_routine_duties_are_due_in_school(start, value, unit, calendar):
	due = due_time(start, value, unit, ROUTINE, calendar)
	assert calendar.is_school_day(due.date())
	assert calendar.starts(due.date()) <= due <= calendar.ends(due.date())


@quick
@given(MOMENTS, st.integers(1, 20), calendars())
def test_exactly_so_many_school_days_lie_between(start, value, calendar):
	due = due_time(start, value, SCHOOL_DAYS, ROUTINE, calendar)
	between = calendar.school_days_between(start.date() + timedelta(days=1), due.date())
	assert len(between) == value


@quick
@given(MOMENTS, st.integers(1, 20), calendars(), DAYS)
def test_a_holiday_more_never_brings_a_due_time_forward(start, value, calendar, day):
	closed = SchoolCalendar(
		calendar.day_start,
		calendar.day_end,
		calendar.weekdays,
		calendar.holidays | {day},
		calendar.make_up_days - {day},
		calendar.vacation_days,
	)
	due = due_time(start, value, SCHOOL_DAYS, ROUTINE, closed)
	assert due >= due_time(start, value, SCHOOL_DAYS, ROUTINE, calendar)
	assert due.date() != day


@quick
@given(MOMENTS, st.integers(1, 10), calendars(), DAYS)
def test_a_make_up_day_counts_and_brings_a_due_time_forward(start, value, calendar, day):
	assume(not calendar.is_school_day(day))
	made_up = SchoolCalendar(
		calendar.day_start,
		calendar.day_end,
		calendar.weekdays,
		calendar.holidays,
		calendar.make_up_days | {day},
		calendar.vacation_days,
	)
	before = due_time(start, value, SCHOOL_DAYS, ROUTINE, calendar)
	after = due_time(start, value, SCHOOL_DAYS, ROUTINE, made_up)
	assert after < before if start.date() < day < before.date() else after <= before


@quick
@given(MOMENTS, st.integers(0, 600), calendars())
def test_school_hours_count_in_school_only(start, minutes, calendar):
	due = due_time(start, minutes, MINUTES, ROUTINE, calendar)
	spent = timedelta()
	for day in calendar.school_days_between(start.date(), due.date()):
		opens, closes = max(start, calendar.starts(day)), min(due, calendar.ends(day))
		spent += max(closes - opens, timedelta())
	assert spent == timedelta(minutes=minutes)


@quick
@given(MOMENTS, VALUES, calendars())
def test_the_safety_clock_knows_no_calendar(start, value, calendar):
	assert due_time(start, value, HOURS, SAFETY, calendar) == start + timedelta(hours=value)
	assert due_time(start, 0, SAME_DAY, SAFETY, calendar) == due_time(
		start, 0, SAME_DAY, SAFETY, SchoolCalendar()
	)


@quick
@given(DAYS, st.sampled_from((WEEKLY, HALF_MONTHLY, MONTHLY, YEARLY)), calendars())
def test_every_day_has_one_period_and_it_is_due_on_its_last_school_day(day, recurrence, calendar):
	period = period_of(day, recurrence, calendar)
	assert period.first <= day <= period.last
	assert period_of(period.first, recurrence, calendar) == period
	assert period_of(period.last, recurrence, calendar) == period
	assert period_of(period.last + timedelta(days=1), recurrence, calendar).key != period.key
	due = period.due(calendar)
	days = calendar.school_days_between(period.first, period.last)
	assert due == (calendar.ends(days[-1]) if days else None)


@given(DAYS, calendars())
def test_all_days_of_a_term_share_it_also_where_the_calendar_names_no_vacation(day, calendar):
	assume(not calendar.is_vacation(day))
	term = period_of(day, TERMLY, calendar)
	assert term.first <= day <= term.last
	assert period_of(term.first, TERMLY, calendar) == term
	assert period_of(term.last, TERMLY, calendar) == term
