import unittest
from datetime import datetime

from crisis_intervention.early_warning.periodic.barometer import Entry, alarm_of, is_calm, worst
from crisis_intervention.early_warning.periodic.calm import (
	DESPITE_REPORTS,
	FOR_LONG,
	Barometer,
	Run,
	reason_for,
	run_of,
)


def barometers(*calm: bool) -> list[Barometer]:
	"""The newest first, one per month, numbered backwards from December."""
	return [
		Barometer(f"2026-{12 - back:02d}", datetime(2026, 12 - back, 10), is_calm)
		for back, is_calm in enumerate(calm)
	]


class TestCalm(unittest.TestCase):
	def test_run_ends_at_the_first_that_is_not_calm(self):
		self.assertEqual(run_of(barometers(True, True, False, True)), Run(2, datetime(2026, 11, 10)))
		self.assertEqual(run_of(barometers(False, True)), Run(0))
		self.assertEqual(run_of([]), Run(0))

	def test_two_monitors_of_a_period_count_once(self):
		self.assertEqual(run_of([*barometers(True), *barometers(True, True)]).periods, 2)

	def test_run_begins_anew_after_a_talk(self):
		self.assertEqual(run_of(barometers(True, True, True), datetime(2026, 11, 20)).periods, 1)

	def test_reason_comes_again_after_as_many_periods(self):
		table = (
			(3, True, ""),
			(4, True, DESPITE_REPORTS),
			(5, True, ""),
			(8, True, DESPITE_REPORTS),
			(4, False, ""),
			(8, False, FOR_LONG),
			(9, False, ""),
			(16, False, FOR_LONG),
			(0, True, ""),
		)
		for periods, matters, reason in table:
			with self.subTest(periods=periods, matters=matters):
				self.assertEqual(reason_for(Run(periods), 4, matters), reason)


class TestBarometer(unittest.TestCase):
	def test_alarm(self):
		table = (
			("Sunny", [], ""),
			("Storm", [], "Storm"),
			("Sunny", [Entry("Storm", False)], "Storm"),
			("Storm", [Entry("Cloudy", True)], "Fear for a Life"),
			("Rain", [Entry("Rain", False)], ""),
		)
		for weather, entries, alarm in table:
			with self.subTest(weather=weather, entries=entries):
				self.assertEqual(alarm_of(weather, entries), alarm)

	def test_calm_is_a_sunny_class_without_anybody_named(self):
		self.assertTrue(is_calm("Sunny", []))
		self.assertFalse(is_calm("Cloudy", []))
		self.assertFalse(is_calm("Sunny", [Entry("Sunny", False)]))

	def test_worst_weather_counts(self):
		self.assertEqual(worst(["Sunny", "Rain", "Cloudy"]), "Rain")
		self.assertEqual(worst(["", "Sunny"]), "Sunny")
		self.assertEqual(worst([]), "")
