"""A student without account asks for help, in danger, in the middle of the night (art. 5, 19)."""

import frappe

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_screening import make_help_request
from crisis_intervention.tests.scenarios.school import ScenarioTestCase


class TestHelpAtNight(ScenarioTestCase):
	def duty_of(self, request):
		return frappe.get_doc("Duty", {"reference_name": request.name, "rule": "19-HELP-U"})

	def ask(self):
		with self.freeze_time(self.at("23:20")):
			return make_help_request(urgent=1, their_name="小林夜里", message="我撑不下去了")

	def test_it_is_due_in_half_an_hour_also_at_night_and_closed_by_contact(self):
		request = self.ask()
		self.assertEqual(f"{self.duty_of(request).due_at:%H:%M}", "23:50")
		with self.acting("psychologist", "23:40"):
			frappe.get_doc("Help Request", request.name).mark_contacted("已通电话")
		duty = self.duty_of(request)
		self.assertEqual((duty.state, f"{duty.done_at:%H:%M}"), ("Done", "23:40"))
		assert_nothing_leaks(self, names=["小林夜里", "我撑不下去了", "已通电话"])

	def test_nobody_answers_and_it_is_overdue_in_the_ledger(self):
		request = self.ask()
		self.let_time_pass("23:20", "23:55")
		self.assertEqual(self.duty_of(request).state, "Overdue")
		reached = frappe.get_all(
			"Duty Log", {"duty": self.duty_of(request).name, "step": "Escalation"}, pluck="recipient"
		)
		self.assertTrue(reached)
		self.assertNotIn(person("class_teacher"), reached)
		assert_nothing_leaks(self, names=["小林夜里", "我撑不下去了"])
