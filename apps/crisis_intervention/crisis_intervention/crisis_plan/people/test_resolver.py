import unittest
from datetime import datetime

from crisis_intervention.crisis_plan.people.candidates import Candidate
from crisis_intervention.crisis_plan.people.resolver import pick


def choose(people, away=(), unusable=()):
	substitutes = dict(away)
	return pick(
		people,
		is_usable=lambda user: user not in unusable,
		absence=lambda user: (user in substitutes, substitutes.get(user) or ""),
	)


class TestPick(unittest.TestCase):
	def setUp(self):
		self.people = [Candidate("on_call", "", "On-call Roster"), Candidate("teacher", "deputy", "Class")]

	def test_roster_is_asked_first(self):
		self.assertEqual(choose(self.people), ("on_call", "On-call Roster"))

	def test_substitute_stands_in(self):
		self.assertEqual(choose(self.people, away={"on_call": "stand_in"}), ("stand_in", "Substitute"))

	def test_substitutes_of_substitutes_end(self):
		ring = {"on_call": "teacher", "teacher": "on_call"}
		self.assertEqual(choose(self.people, away=ring), ("deputy", "Deputy"))

	def test_deputy_when_nobody_stands_in(self):
		self.assertEqual(choose(self.people[1:], away={"teacher": ""}), ("deputy", "Deputy"))

	def test_persons_of_concern_are_passed_over_also_as_substitutes(self):
		found = choose(self.people, away={"on_call": "father"}, unusable=("father", "teacher"))
		self.assertEqual(found, ("deputy", "Deputy"))

	def test_empty_places_are_skipped_and_nobody_is_none(self):
		self.assertIsNone(choose([Candidate("", "", "Class")]))
		self.assertIsNone(choose(self.people, unusable=("on_call", "teacher", "deputy")))


class TestSeal(unittest.TestCase):
	def test_seal_is_bound_to_every_part(self):
		from crisis_intervention.crisis_plan.dispatch.links import has_expired, seal_of

		parts = ("M-1", "D-1", "a@example.com", "nonce", 1000)
		seal = seal_of(b"secret", *parts)
		for position, other in enumerate(("M-2", "D-2", "b@example.com", "other", 1001)):
			changed = (*parts[:position], other, *parts[position + 1 :])
			self.assertNotEqual(seal_of(b"secret", *changed), seal)
		self.assertNotEqual(seal_of(b"other", *parts), seal)
		moment = datetime(2026, 11, 23, 12, 0)
		self.assertFalse(has_expired(int(moment.timestamp()), moment))
		self.assertTrue(has_expired(int(moment.timestamp()) - 1, moment))
