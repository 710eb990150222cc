import unittest
from datetime import timedelta

from crisis_intervention.crisis_plan.rules.match import equals, matching, stands
from crisis_intervention.crisis_plan.rules.rule import Deadline, Rule


def rule(**values) -> Rule:
	return Rule(**{"name": "R", "kind": "Assess", "tier": "Urgent", "article": 13, **values})


def called(one: Rule, hook: str, doc: dict, changed: tuple = (), holds: bool = True) -> bool:
	return bool(matching([one], hook, doc, lambda field: field in changed, lambda _rule: holds))


class TestMatching(unittest.TestCase):
	def test_each_event_calls_its_own_rules(self):
		for event, hook in (("Insert", "after_insert"), ("Submit", "on_submit"), ("Cancel", "on_cancel")):
			with self.subTest(event=event):
				self.assertTrue(called(rule(trigger_event=event), hook, {}))
				self.assertFalse(called(rule(trigger_event=event), "on_update", {}))

	def test_field_value_needs_the_change_and_the_value(self):
		one = rule(trigger_event="Field Value", trigger_field="injury", trigger_value="1")
		self.assertTrue(called(one, "on_update", {"injury": 1}, ("injury",)))
		self.assertFalse(called(one, "on_update", {"injury": 1}))
		self.assertFalse(called(one, "on_update", {"injury": 0}, ("injury",)))

	def test_workflow_state_has_its_usual_field(self):
		one = rule(trigger_event="Workflow State", trigger_value="Confirmed")
		self.assertTrue(called(one, "on_update", {"workflow_state": "Confirmed"}, ("workflow_state",)))

	def test_condition_has_the_last_word(self):
		self.assertFalse(called(rule(trigger_event="Insert"), "after_insert", {}, holds=False))

	def test_any_value(self):
		self.assertTrue(equals("x", "*"))
		self.assertFalse(equals(None, "*"))
		self.assertTrue(equals(None, ""))
		self.assertTrue(equals(True, "1"))

	def test_reconciliation_sees_what_stands(self):
		self.assertTrue(stands(rule(trigger_event="Insert"), {}))
		self.assertFalse(stands(rule(trigger_event="Update"), {}))
		self.assertTrue(stands(rule(trigger_event="Submit"), {"docstatus": 1}))
		self.assertFalse(stands(rule(trigger_event="Submit"), {"docstatus": 2}))

	def test_deadline_of_the_urgency_wins(self):
		red = Deadline("Red", "Safety", 10, "Minutes")
		one = rule(
			deadline_field="urgency", deadlines=(red,), clock="Routine", due_value=1, due_unit="School Days"
		)
		self.assertIs(one.deadline_for({"urgency": "Red"}), red)
		self.assertEqual(one.deadline_for({"urgency": "Yellow"}).due_unit, "School Days")
		self.assertEqual(one.deadline_for({}).due_value, 1)

	def test_a_save_with_200_rules_costs_less_than_two_milliseconds(self):
		import time

		many = [
			rule(trigger_event="Field Value", trigger_field=f"field_{i}", trigger_value="x")
			for i in range(200)
		]
		doc = {f"field_{i}": "y" for i in range(200)}
		best = timedelta(seconds=1)
		for _ in range(5):
			began = time.perf_counter()
			self.assertEqual(matching(many, "on_update", doc, lambda _field: True, lambda _rule: True), [])
			best = min(best, timedelta(seconds=time.perf_counter() - began))
		self.assertLess(best, timedelta(milliseconds=2))
