import unittest

from crisis_intervention.early_warning.triage import ORANGE, RED, YELLOW, Signal, more_urgent, triage

CALM, URGENT = Signal("Thoughts of Death", False), Signal("Thoughts of Death", True)
OTHER = Signal("Sudden Emotional Change", False)


class TestTriage(unittest.TestCase):
	def test_decisions(self):
		table = (
			([], False, False, YELLOW, ""),
			([CALM], False, False, YELLOW, ""),
			([CALM, CALM], False, False, YELLOW, ""),
			([CALM, OTHER], False, False, ORANGE, "Several Families"),
			([URGENT], False, False, RED, "Urgent Signal"),
			([URGENT, OTHER], False, False, RED, "Urgent Signal"),
			([], False, True, RED, "Injury"),
			([], True, True, RED, "Immediate Danger"),
		)
		for signals, danger, injury, urgency, reason in table:
			with self.subTest(signals=signals, danger=danger, injury=injury):
				found = triage(signals, danger, injury)
				self.assertEqual((found.urgency, found.reason), (urgency, reason))
				self.assertEqual(found.is_key_target, bool(reason))

	def test_more_urgent(self):
		self.assertEqual(more_urgent(RED, YELLOW), RED)
		self.assertEqual(more_urgent(None, ORANGE), ORANGE)
		self.assertEqual(more_urgent(None, None), YELLOW)
		self.assertEqual(more_urgent("unknown", YELLOW), YELLOW)
