"""Whoever is in the registry gets a plan of measures by severity: support to rescue (art. 15)."""

from typing import Any

import frappe
from frappe.desk.form.load import getdoc

from crisis_intervention.crisis_plan import api
from crisis_intervention.intervention.plans import mark_measure, my_measures
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_registry import (
	make_case_review,
	make_intervention_plan,
	make_safety_plan,
	make_special_watch,
	plan_all_measures,
)
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

RULE, RAISED, PLAN = "15-PLAN", "15-RAISED", "Intervention Plan"


class TestMeasuresBySeverity(ScenarioTestCase):
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
			safety = make_safety_plan(case)
		duty = self.plan_duty()
		with self.acting("psychologist", "10:50"):
			api.acknowledge(duty.name)
			self.assert_refused(lambda: frappe.client.set_value("Duty", duty.name, "state", "Done"))
		self.assertEqual((self.plan_duty().state, self.plan_duty().evidence_name), ("Open", None))
		with self.freeze_time(self.at("16:20")):
			plan = make_intervention_plan(case)
		self.assertEqual(self.plan_duty().state, "Open")
		with self.freeze_time(self.at("16:40")):
			plan_all_measures(plan)
		duty = self.plan_duty()
		self.assertEqual((duty.state, duty.evidence_doctype, duty.evidence_name), ("Done", PLAN, plan.name))
		assert_nothing_leaks(self, names=[safety.warning_signs, safety.people_to_ask])

	def test_class_teacher_carries_his_part_out_and_the_plan_shows_it(self):
		case = self.open_case("L3")
		with self.freeze_time(self.at("11:00")):
			plan = make_intervention_plan(case)
			plan_all_measures(plan)
		with self.acting("class_teacher", "15:00"):
			mine = my_measures()
			self.assertEqual(len(mine), len(plan.measures))
			mark_measure(mine[0].name, "Done", done_at=str(self.at("14:30")), remark="已与家长通话")
			mark_measure(mine[1].name, "Not Done", reason="学生今天请假")
			self.assert_refused(lambda: frappe.client.get(PLAN, plan.name))
		with self.acting("psychologist", "16:00"):
			rows = {row.name: row for row in frappe.get_doc(PLAN, plan.name).measures}
		self.assertEqual([rows[row.name].state for row in mine[:2]], ["Done", "Not Done"])
		self.assertEqual(rows[mine[0].name].marked_by, person("class_teacher"))
		assert_nothing_leaks(self, names=["已与家长通话", "学生今天请假"])

	def test_a_raised_level_calls_for_more_within_a_day(self):
		case = self.open_case("L4")
		with self.freeze_time(self.at("11:00")):
			plan = plan_all_measures(make_intervention_plan(case))
		self.assertNotIn(RAISED, self.duties())
		with self.acting("leader", "14:00"):
			frappe.get_doc("Student Case", case.name).change_level("L1", "夜里说出具体计划")
		duty = self.duties()[RAISED]
		self.assertEqual((duty.state, duty.responsible), ("Open", case.owner_user))
		self.assertEqual((duty.clock, f"{duty.due_at:%m-%d %H:%M}"), ("Safety", "11-27 14:00"))
		with self.acting("psychologist", "15:00"):
			frappe.get_doc(PLAN, plan.name).fit_to_level()
		self.assertEqual(self.duties()[RAISED].state, "Open")
		with self.freeze_time(self.at("15:30")):
			plan_all_measures(plan)
		duty = self.duties()[RAISED]
		self.assertEqual((duty.state, duty.evidence_name), ("Done", plan.name))
		assert_nothing_leaks(self, names=["夜里说出具体计划"])

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
