import random
import unittest
from datetime import date, datetime, timedelta

from crisis_intervention.crisis_plan.clocks.calendar import build
from crisis_intervention.crisis_plan.clocks.periods import (
	EVERY_N_DAYS,
	HALF_MONTHLY,
	MONTHLY,
	TERMLY,
	WEEKLY,
	YEARLY,
	period_of,
)

CALENDAR = build(
	[
		("Vacation", date(2026, 7, 4), date(2026, 8, 31)),
		("Vacation", date(2027, 1, 23), date(2027, 2, 21)),
		("Vacation", date(2027, 7, 3), date(2027, 8, 31)),
		("Holiday", date(2026, 10, 1), date(2026, 10, 7)),
		("Make-up Workday", date(2026, 10, 10), None),
	]
)


class TestPeriods(unittest.TestCase):
	def test_week_ends_with_its_last_school_day(self):
		week = period_of(date(2026, 11, 25), WEEKLY, CALENDAR)
		self.assertEqual(week.key, "2026-W48")
		self.assertEqual(week.due(CALENDAR), datetime(2026, 11, 27, 17, 0))
		made_up = period_of(date(2026, 10, 8), WEEKLY, CALENDAR)
		self.assertEqual(made_up.due(CALENDAR), datetime(2026, 10, 10, 17, 0))

	def test_week_of_vacation_has_no_due_time(self):
		self.assertIsNone(period_of(date(2027, 2, 3), WEEKLY, CALENDAR).due(CALENDAR))

	def test_half_months_meet_without_gap(self):
		first = period_of(date(2027, 2, 15), HALF_MONTHLY, CALENDAR)
		second = period_of(date(2027, 2, 16), HALF_MONTHLY, CALENDAR)
		self.assertEqual((first.key, second.key), ("2027-02-A", "2027-02-B"))
		self.assertEqual(first.last + timedelta(days=1), second.first)
		self.assertEqual(second.last, date(2027, 2, 28))

	def test_term_lies_between_vacations(self):
		term = period_of(date(2026, 11, 23), TERMLY, CALENDAR)
		self.assertEqual((term.first, term.last), (date(2026, 9, 1), date(2027, 1, 22)))
		in_vacation = period_of(date(2027, 2, 1), TERMLY, CALENDAR)
		self.assertEqual(in_vacation.key, term.key)

	def test_school_year_begins_in_september(self):
		self.assertEqual(period_of(date(2027, 8, 31), YEARLY, CALENDAR).key, "2026")
		self.assertEqual(period_of(date(2027, 9, 1), YEARLY, CALENDAR).key, "2027")

	def test_intervals_count_from_the_anchor(self):
		anchor = date(2026, 9, 10)
		period = period_of(date(2026, 9, 24), EVERY_N_DAYS, CALENDAR, 14, anchor)
		self.assertEqual(period.first, date(2026, 9, 24))
		with self.assertRaises(ValueError):
			period_of(anchor, EVERY_N_DAYS, CALENDAR, 0, anchor)

	def test_every_day_lies_in_its_period(self):
		dice = random.Random(3)
		for _ in range(300):
			day = date(2026, 9, 1) + timedelta(days=dice.randint(0, 300))
			for recurrence in (WEEKLY, HALF_MONTHLY, MONTHLY, YEARLY):
				period = period_of(day, recurrence, CALENDAR)
				self.assertTrue(period.first <= day <= period.last)
				self.assertEqual(period_of(period.last, recurrence, CALENDAR), period)
