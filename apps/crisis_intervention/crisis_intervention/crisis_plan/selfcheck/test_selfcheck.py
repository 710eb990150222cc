import unittest
from datetime import datetime

from crisis_intervention.crisis_plan.people.on_call import gaps


def at(hour: int) -> datetime:
	return datetime(2026, 11, 23, hour)


class TestRosterGaps(unittest.TestCase):
	def test_covered_without_gap(self):
		self.assertEqual(gaps([(at(12), at(18)), (at(0), at(12))], at(1), at(17)), [])

	def test_gap_before_between_and_after(self):
		found = gaps([(at(3), at(5)), (at(4), at(8)), (at(10), at(12))], at(1), at(14))
		self.assertEqual(found, [(at(1), at(3)), (at(8), at(10)), (at(12), at(14))])

	def test_nothing_covered(self):
		self.assertEqual(gaps([], at(1), at(2)), [(at(1), at(2))])
