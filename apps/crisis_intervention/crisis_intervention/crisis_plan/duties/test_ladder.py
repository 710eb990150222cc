import random
import unittest
from datetime import datetime, timedelta

from crisis_intervention.crisis_plan.duties.ladder import (
	AFTER_DUE,
	AFTER_RAISED,
	BEFORE_DUE,
	Step,
	Timeline,
	firings,
	first_firing,
	next_step_at,
	preview,
)

RAISED = datetime(2026, 11, 21, 22, 0)
DUE = RAISED + timedelta(hours=2)


def minutes(number: int) -> timedelta:
	return timedelta(minutes=number)


# The default ladder of urgent duties: 10, 20, 30 minutes, then every 30 until acknowledged.
URGENT = (
	Step(1, AFTER_RAISED, minutes(10), None, "Responsible Person"),
	Step(2, AFTER_RAISED, minutes(20), None, "Deputy Leader"),
	Step(3, AFTER_RAISED, minutes(30), minutes(30), "Team Leader"),
)


def line(handled: int = 0, acknowledged: int | None = None) -> Timeline:
	at = RAISED + minutes(acknowledged) if acknowledged is not None else None
	return Timeline(RAISED, DUE, RAISED + minutes(handled), at)


def fired(handled: int, now: int, acknowledged: int | None = None, steps=URGENT) -> list[int]:
	found = firings(steps, line(handled, acknowledged), RAISED + minutes(now))
	return [firing.step.index for firing in found]


class TestLadder(unittest.TestCase):
	def test_steps_fire_in_their_order(self):
		self.assertEqual(fired(0, 9), [])
		self.assertEqual(fired(0, 10), [1])
		self.assertEqual(fired(10, 20), [2])
		self.assertEqual(fired(20, 30), [3])
		self.assertEqual(fired(30, 59), [])
		self.assertEqual(fired(30, 60), [3])

	def test_what_was_missed_fires_once(self):
		self.assertEqual(fired(0, 600), [1, 2, 3])
		self.assertEqual(fired(600, 601), [])
		self.assertEqual(next_step_at(URGENT, line(600), overdue=True), RAISED + minutes(630))

	def test_acknowledging_stops_the_ladder(self):
		self.assertEqual(fired(10, 600, acknowledged=15), [])
		self.assertEqual(next_step_at(URGENT, line(15, 15), overdue=False), DUE)
		self.assertIsNone(next_step_at(URGENT, line(150, 15), overdue=True))

	def test_an_acknowledgement_in_time_does_not_cover_what_is_overdue(self):
		steps = (Step(1, AFTER_DUE, minutes(0), minutes(30), "Team Leader"),)
		self.assertEqual(fired(15, 120, acknowledged=15, steps=steps), [1])
		self.assertEqual(fired(125, 600, acknowledged=125, steps=steps), [])

	def test_reminder_comes_before_the_due_time_and_never_before_the_duty(self):
		early = Step(1, BEFORE_DUE, timedelta(days=3), None, "Responsible Person")
		self.assertEqual(fired(-1, 600, steps=(early,)), [])
		self.assertEqual(preview((early,), line(), DUE), [])
		half_an_hour = Step(1, BEFORE_DUE, minutes(30), None, "Responsible Person")
		self.assertEqual(first_firing(half_an_hour, line()), DUE - minutes(30))

	def test_the_due_time_itself_calls_for_a_look(self):
		self.assertEqual(next_step_at((), line(), overdue=False), DUE)
		self.assertIsNone(next_step_at((), line(), overdue=True))

	def test_next_look_is_always_ahead_and_no_step_is_lost(self):
		dice = random.Random(5)
		for _ in range(300):
			steps = tuple(
				Step(
					index,
					dice.choice((BEFORE_DUE, AFTER_RAISED, AFTER_DUE)),
					minutes(dice.randint(0, 200)),
					dice.choice((None, minutes(dice.randint(1, 60)))),
					"Team Leader",
				)
				for index in range(1, 4)
			)
			now, handled = 0, -1
			seen: set[int] = set()
			while now < 500:
				now += dice.randint(1, 90)
				seen.update(fired(handled, now, steps=steps))
				handled = now
				after = next_step_at(steps, line(handled), overdue=now >= 120)
				self.assertTrue(after is None or after > RAISED + minutes(handled))
			due = {
				step.index for step in steps if RAISED <= first_firing(step, line()) <= RAISED + minutes(now)
			}
			self.assertEqual(seen, due)

	def test_preview_shows_repetitions_up_to_the_horizon(self):
		found = preview(URGENT, line(), RAISED + minutes(95))
		self.assertEqual([firing.step.index for firing in found], [1, 2, 3, 3, 3])
