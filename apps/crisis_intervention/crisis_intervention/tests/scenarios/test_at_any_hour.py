"""Reachable at any hour: on call at night and on a holiday, the ladder up to the team leader (art. 5)."""

from datetime import datetime
from typing import Any

import frappe

from crisis_intervention.crisis_plan import api
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_reports import make_staff_absence
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

WORDS = ["宿舍阳台徘徊，说想跳下去", "国庆值班室"]


class TestAtAnyHour(ScenarioTestCase):
	# National Day week: Saturday, 3 October, no school.
	day = datetime(2026, 10, 3, microsecond=100000)

	def on_call(self, function: str, key: str, first: str = "18:00", last: str = "08:00") -> Any:
		values = {"doctype": "On-call Roster", "function": function, "user": person(key)}
		times = {"from_time": self.at(first), "to_time": self.at(last, 1)}
		with self.acting("office", "10:00", days=-3):
			return frappe.get_doc({**values, **times, "reachable_by": WORDS[1]}).insert()

	def night_report(self, clock: str = "23:10") -> Any:
		return self.report_at(clock, by="security", signals=("S103",), description=WORDS[0])

	def who(self, *rules: str) -> list[str]:
		duties = self.duties()
		return [duties[rule].responsible for rule in rules]

	def test_roster_is_asked_before_class_and_team(self):
		self.on_call("Psychology Teacher", "psychologist2")
		self.on_call("Team Leader", "member")
		self.night_report()
		expected = [person("psychologist2"), person("psychologist2"), person("member")]
		self.assertEqual(self.who("12-ACK-R", "13-ASSESS-R", "12-TEAM"), expected)
		# The holiday stops no safety clock.
		duty = self.duties()["12-ACK-R"]
		self.assertEqual((duty.clock, f"{duty.due_at:%F %H:%M}"), ("Safety", "2026-10-03 23:20"))
		assert_nothing_leaks(self, names=WORDS)

	def test_outside_the_slot_the_class_answers(self):
		self.on_call("Psychology Teacher", "psychologist2")
		self.night_report("17:40")
		self.assertEqual(self.who("12-ACK-R"), [person("psychologist")])
		assert_nothing_leaks(self, names=WORDS)

	def test_who_is_on_call_and_away_is_replaced(self):
		self.on_call("Psychology Teacher", "psychologist2")
		with self.freeze_time(self.at("12:00")):
			make_staff_absence(person("psychologist2"), person("leader"))
		self.night_report()
		self.assertEqual(self.who("12-ACK-R"), [person("leader")])
		assert_nothing_leaks(self, names=WORDS)

	def test_ladder_climbs_each_ten_minutes_and_repeats_at_the_leader(self):
		self.night_report("21:00")
		self.let_time_pass("21:00", "22:35")
		expected = [
			("21:00", "psychologist"),
			("21:10", "psychologist"),
			("21:20", "member"),
			("21:30", "leader"),
			("22:00", "leader"),
			("22:30", "leader"),
		]
		self.assertEqual(self.told("12-ACK-R"), [(clock, person(key)) for clock, key in expected])
		self.assertEqual(self.duties()["12-ACK-R"].state, "Overdue")
		assert_nothing_leaks(self, names=WORDS)

	def test_acknowledged_it_stops_and_only_for_what_was_acknowledged(self):
		self.night_report("21:00")
		self.let_time_pass("21:00", "21:05")
		with self.acting("class_teacher2", "21:06"):
			self.assert_refused(lambda: api.acknowledge(self.duties()["12-ACK-R"].name))
		with self.acting("psychologist", "21:07"):
			api.acknowledge(self.duties()["12-ACK-R"].name)
		self.let_time_pass("21:10", "22:10")
		self.assertEqual(self.told("12-ACK-R"), [("21:00", person("psychologist"))])
		self.assertEqual(self.duties()["12-ACK-R"].state, "Done")
		self.assertIn(("21:30", person("leader")), self.told("04-WATCH"))
		assert_nothing_leaks(self, names=WORDS)

	def test_a_promise_to_come_does_not_close_the_assessment(self):
		self.night_report("20:00")
		with self.acting("psychologist", "20:05"):
			api.acknowledge(self.duties()["13-ASSESS-R"].name)
		self.let_time_pass("20:10", "22:30", every=10)
		self.assertEqual(self.duties()["13-ASSESS-R"].state, "Overdue")
		self.assertIn(
			person("leader"), [user for clock, user in self.told("13-ASSESS-R") if clock >= "22:00"]
		)
		assert_nothing_leaks(self, names=WORDS)

	def test_what_is_not_urgent_waits_for_the_first_school_day(self):
		self.report_at("23:10", signals=("S105",), description=WORDS[0])
		duty = self.duties()["12-ACK-Y"]
		self.assertEqual((duty.clock, f"{duty.due_at:%F}"), ("Routine", "2026-10-08"))
		assert_nothing_leaks(self, names=WORDS)
