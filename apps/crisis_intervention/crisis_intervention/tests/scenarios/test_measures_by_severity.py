"""Whoever is in the registry gets a plan of measures by severity: support to rescue (art. 15)."""

from typing import Any

import frappe
from frappe.desk.form.load import getdoc

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_registry import (
	make_case_review,
	make_safety_plan,
	make_special_watch,
)
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

RULE, PLAN = "15-PLAN", "Safety Plan"


class TestMeasuresBySeverity(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(cache.clear)
		# Which record proves a duty is data: this school plans its measures in the safety plan.
		with self.acting("administrator", "07:00"):
			rule = frappe.get_doc("Duty Rule", RULE)
			rule.update({"fulfil_doctype": PLAN, "enabled": 1})
			rule.save()

	def open_case(self, level: str, clock: str = "10:00") -> Any:
		with self.freeze_time(self.at(clock)):
			return make_student_case(level=level, student=self.student.name)

	def plan_duty(self) -> Any:
		return self.duties()[RULE]

	def shown(self, case: Any, key: str, clock: str = "10:30") -> dict[str, Any]:
		"""What the form of the case tells a reader."""
		frappe.local.response = frappe._dict(docs=[])
		with self.acting(key, clock), self.speaking("en"):
			getdoc("Student Case", case.name)
		return frappe.local.response.docs[0].get("__onload")

	def test_each_severity_has_its_clock_and_the_owner_of_the_case_answers(self):
		for level, clock, due in (
			("L1", "Safety", "11-27 10:00"),
			("L3", "Routine", "11-30 17:00"),
			("L4", "Routine", "12-03 17:00"),
		):
			with self.subTest(level=level):
				frappe.db.savepoint("level")
				case = self.open_case(level)
				duty = self.plan_duty()
				self.assertEqual((duty.article, duty.clock, f"{duty.due_at:%m-%d %H:%M}"), (15, clock, due))
				self.assertEqual(duty.responsible, case.owner_user)
				frappe.db.rollback(save_point="level")
		assert_nothing_leaks(self)

	def test_form_names_the_measures_that_the_level_requires(self):
		mild = {"Support", "Monitoring", "Counselling"}
		for level, kinds in (("L1", mild | {"Blocking", "Rescue"}), ("L4", mild)):
			with self.subTest(level=level):
				frappe.db.savepoint("level")
				rows = self.shown(self.open_case(level), "psychologist")["measures"]
				self.assertEqual({row.kind for row in rows if row.required}, kinds)
				frappe.db.rollback(save_point="level")
		assert_nothing_leaks(self)

	def test_only_a_plan_meets_it(self):
		case = self.open_case("L1")
		with self.freeze_time(self.at("10:40")):
			make_special_watch(student=self.student.name)
			make_case_review(case)
		duty = self.plan_duty()
		with self.acting("psychologist", "10:50"):
			api.acknowledge(duty.name)
			self.assert_refused(lambda: frappe.client.set_value("Duty", duty.name, "state", "Done"))
		self.assertEqual((self.plan_duty().state, self.plan_duty().evidence_name), ("Open", None))
		with self.freeze_time(self.at("16:20")):
			plan = make_safety_plan(case)
		duty = self.plan_duty()
		self.assertEqual((duty.state, duty.evidence_doctype, duty.evidence_name), ("Done", PLAN, plan.name))
		assert_nothing_leaks(self, names=[plan.warning_signs, plan.people_to_ask])

	def test_undone_it_climbs_to_the_team_leader(self):
		self.open_case("L1")
		for days, clock in ((0, "17:05"), (1, "10:05"), (2, "10:05"), (4, "17:05")):
			self.tick_and_send(clock, days)
		duty = self.plan_duty()
		self.assertEqual(duty.state, "Overdue")
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual(reached, [person("psychologist"), person("leader")])
		assert_nothing_leaks(self)

	def test_it_is_waived_by_two_persons_with_a_reason_only(self):
		self.open_case("L1")
		duty = self.plan_duty().name
		with self.acting("psychologist", "11:00"):
			self.assert_refused(lambda: api.request_waiver(duty, " "))
			api.request_waiver(duty, "已转入医院，由医院制订方案")
			self.assert_refused(lambda: api.approve_waiver(duty))
		with self.acting("leader", "11:30"):
			api.approve_waiver(duty)
		waived = self.plan_duty()
		self.assertEqual((waived.state, waived.waived_by), ("Waived", person("leader")))
		assert_nothing_leaks(self, names=["已转入医院，由医院制订方案"])

	def test_person_of_concern_hands_the_plan_to_the_next_and_does_not_get_it_back(self):
		case, next_person = self.open_case("L1"), person("psychologist2")
		with self.freeze_time(self.at("10:15")):
			name_of_concern(case, person("psychologist"))
		duty = self.plan_duty()
		self.assertEqual(duty.responsible, next_person)
		with self.acting("psychologist", "10:20"):
			self.assert_refused(lambda: api.acknowledge(duty.name))
		with self.acting("leader", "10:25"):
			self.assert_refused(lambda: api.reassign(duty.name, person("psychologist")))
		self.assertEqual(self.plan_duty().responsible, next_person)
		assert_nothing_leaks(self, names=["学生述说受到其言语伤害"])
