import random
import unittest
from datetime import date, datetime, time, timedelta

from crisis_intervention.crisis_plan.clocks.calendar import SchoolCalendar, build
from crisis_intervention.crisis_plan.clocks.due import (
	DAYS,
	HOURS,
	MINUTES,
	ROUTINE,
	SAFETY,
	SAME_DAY,
	SCHOOL_DAYS,
	UNITS,
	WEEKS,
	due_time,
)

# National Day: holiday from Thursday to Wednesday, Sunday before and Saturday after are made up for.
CALENDAR = build(
	[
		("Holiday", date(2026, 10, 1), date(2026, 10, 7)),
		("Make-up Workday", date(2026, 9, 27), None),
		("Make-up Workday", date(2026, 10, 10), None),
		("Vacation", date(2027, 1, 23), date(2027, 2, 21)),
	]
)


def random_calendar(dice: random.Random) -> SchoolCalendar:
	rows = []
	for _ in range(dice.randint(0, 12)):
		first = date(2026, 9, 1) + timedelta(days=dice.randint(0, 300))
		last = first + timedelta(days=dice.choice((0, 0, 1, 6, 40)))
		rows.append((dice.choice(("Holiday", "Make-up Workday", "Vacation")), first, last))
	return build(rows, day_start=time(7, 40), day_end=time(17, 30))


def random_moment(dice: random.Random) -> datetime:
	return datetime(2026, 9, 1) + timedelta(minutes=dice.randint(0, 300 * 24 * 60))


class TestDueTime(unittest.TestCase):
	def test_safety_clock_counts_nights_and_holidays(self):
		start = datetime(2026, 10, 3, 23, 50)
		self.assertEqual(due_time(start, 10, MINUTES, SAFETY, CALENDAR), datetime(2026, 10, 4, 0, 0))
		self.assertEqual(due_time(start, 24, HOURS, SAFETY, CALENDAR), datetime(2026, 10, 4, 23, 50))

	def test_same_day_at_night_leaves_two_hours(self):
		late = datetime(2026, 9, 8, 23, 30)
		self.assertEqual(due_time(late, 0, SAME_DAY, SAFETY, CALENDAR), late + timedelta(hours=2))
		noon = datetime(2026, 9, 8, 12, 0)
		self.assertEqual(due_time(noon, 0, SAME_DAY, SAFETY, CALENDAR), datetime(2026, 9, 8, 23, 59))

	def test_school_days_skip_the_holiday_and_count_the_make_up_day(self):
		wednesday = datetime(2026, 9, 30, 10, 0)
		self.assertEqual(due_time(wednesday, 1, SCHOOL_DAYS, ROUTINE, CALENDAR), datetime(2026, 10, 8, 17, 0))
		self.assertEqual(
			due_time(wednesday, 3, SCHOOL_DAYS, ROUTINE, CALENDAR), datetime(2026, 10, 10, 17, 0)
		)

	def test_saturday_evening_is_due_within_the_next_school_days(self):
		saturday = datetime(2026, 11, 21, 22, 0)
		self.assertEqual(due_time(saturday, 1, SCHOOL_DAYS, ROUTINE, CALENDAR), datetime(2026, 11, 23, 17, 0))
		self.assertEqual(due_time(saturday, 0, SAME_DAY, ROUTINE, CALENDAR), datetime(2026, 11, 23, 17, 0))

	def test_school_hours_go_on_the_next_school_day(self):
		friday = datetime(2026, 11, 20, 15, 0)
		self.assertEqual(due_time(friday, 4, HOURS, ROUTINE, CALENDAR), datetime(2026, 11, 23, 10, 0))

	def test_week_on_the_routine_clock_ends_with_its_last_school_day(self):
		monday = datetime(2026, 9, 21, 9, 0)
		self.assertEqual(due_time(monday, 1, WEEKS, ROUTINE, CALENDAR), datetime(2026, 9, 28, 17, 0))
		saturday = datetime(2026, 11, 21, 9, 0)
		self.assertEqual(due_time(saturday, 7, DAYS, ROUTINE, CALENDAR), datetime(2026, 11, 27, 17, 0))

	def test_refuses_negative_numbers_and_unknown_words(self):
		start = datetime(2026, 9, 8, 12, 0)
		for value, unit, clock in ((-1, HOURS, SAFETY), (1, "Moons", SAFETY), (1, HOURS, "Wall")):
			with self.subTest(unit=unit, clock=clock), self.assertRaises(ValueError):
				due_time(start, value, unit, clock, CALENDAR)

	def test_never_in_the_past_and_monotone(self):
		dice = random.Random(20261123)
		for _ in range(400):
			calendar, unit = random_calendar(dice), dice.choice(UNITS)
			clock, value = dice.choice((SAFETY, ROUTINE)), dice.randint(0, 20)
			first, second = sorted((random_moment(dice), random_moment(dice)))
			one = due_time(first, value, unit, clock, calendar)
			two = due_time(second, value, unit, clock, calendar)
			self.assertGreaterEqual(one, first)
			self.assertLessEqual(one, two, (first, second, value, unit, clock))

	def test_more_units_are_never_due_earlier(self):
		dice = random.Random(7)
		for _ in range(200):
			calendar, unit = random_calendar(dice), dice.choice(UNITS)
			start, value = random_moment(dice), dice.randint(0, 15)
			less = due_time(start, value, unit, ROUTINE, calendar)
			self.assertLessEqual(less, due_time(start, value + 1, unit, ROUTINE, calendar))

	def test_routine_due_times_fall_on_school_days(self):
		dice = random.Random(11)
		for _ in range(200):
			calendar, start = random_calendar(dice), random_moment(dice)
			due = due_time(start, dice.randint(0, 9), dice.choice(UNITS), ROUTINE, calendar)
			self.assertTrue(calendar.is_school_day(due.date()), (start, due))


class TestSchoolCalendar(unittest.TestCase):
	def test_make_up_workday_wins(self):
		calendar = build(
			[
				("Vacation", date(2027, 1, 23), date(2027, 2, 21)),
				("Make-up Workday", date(2027, 2, 20), None),
			]
		)
		self.assertTrue(calendar.is_school_day(date(2027, 2, 20)))
		self.assertFalse(calendar.is_vacation(date(2027, 2, 20)))
		self.assertFalse(calendar.is_school_day(date(2027, 2, 19)))

	def test_refuses_what_makes_no_sense(self):
		with self.assertRaises(ValueError):
			build([("Party", date(2026, 9, 1), None)])
		with self.assertRaises(ValueError):
			build([("Holiday", date(2026, 9, 2), date(2026, 9, 1))])
		with self.assertRaises(ValueError):
			build([], day_start=time(17), day_end=time(8))

	def test_closed_for_ever_still_gives_a_due_time(self):
		closed = SchoolCalendar(weekdays=frozenset())
		start = datetime(2026, 9, 8, 12, 0)
		self.assertGreaterEqual(due_time(start, 2, SCHOOL_DAYS, ROUTINE, closed), start)
