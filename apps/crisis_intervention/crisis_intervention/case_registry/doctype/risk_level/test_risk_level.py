import frappe

from crisis_intervention.crisis_plan.selfcheck.plan import check_plan
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_risk_level,
	make_student_case,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase

FILLED = ("label", "label_en", "colour", "entry_criteria", "exit_criteria", "urgency", "branch")


class TestRiskLevel(CrisisTestCase):
	def test_seed_is_complete_and_in_chinese(self):
		levels = [frappe.get_doc("Risk Level", name) for name in ("L0", "L1", "L2", "L3", "L4")]
		for level in levels:
			with self.subTest(level=level.name):
				self.assertEqual([field for field in FILLED if not level.get(field)], [])
				self.assertTrue(level.measures)
				self.assertNotIn("诊断", str(level.as_dict()))
		self.assertEqual(len({level.severity for level in levels}), 5)
		self.assertEqual(
			[level.branch for level in levels],
			["None", "24-Hour Watch", "24-Hour Watch", "Monitoring Group", "Monitoring Group"],
		)

	def test_two_levels_in_use_are_never_equally_severe(self):
		first = make_risk_level()
		self.assert_refused(lambda: make_risk_level(severity=first.severity))
		self.assertTrue(make_risk_level(severity=first.severity, enabled=0).name)

	def test_used_level_is_not_deleted(self):
		level = make_risk_level()
		make_risk_assessment(level=level.name)
		self.assert_refused(lambda: frappe.delete_doc("Risk Level", level.name))

	def test_teachers_do_not_read_levels(self):
		with self.as_user(person("subject_teacher")):
			self.assertFalse(frappe.has_permission("Risk Level", "read"))

	def test_meaning_of_a_level_with_open_cases_stays(self):
		make_student_case(level="L1")
		for field, value in (("severity", 5), ("branch", "None"), ("urgency", "Yellow")):
			with self.subTest(field=field), self.as_user(person("administrator")):
				level = frappe.get_doc("Risk Level", "L1")
				level.set(field, value)
				self.assert_refused(level.save, frappe.ValidationError)

	def test_a_level_does_not_pass_by_one_with_open_cases(self):
		make_student_case(level="L2")
		spare = make_risk_level(severity=5)
		with self.as_user(person("administrator")):
			spare.severity = 35
			self.assert_refused(spare.save, frappe.ValidationError)
			spare.reload()
			spare.severity = 8
			self.assertEqual(spare.save().severity, 8)

	def test_criteria_may_be_rewritten_while_cases_stand_on_it(self):
		make_student_case(level="L2")
		with self.as_user(person("administrator")):
			level = frappe.get_doc("Risk Level", "L2")
			level.entry_criteria, level.review_days = "持续的死亡念头。", 2
			self.assertEqual(level.save().review_days, 2)

	def test_a_stronger_number_with_a_weaker_branch_is_a_lowering(self):
		case = make_student_case(level="L1")
		soft = make_risk_level(branch="None")
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Student Case", case.name)
			self.assertEqual(stored.change_level(soft.name, "改为关注"), "Proposed")

	def test_a_disabled_level_is_not_chosen(self):
		case = make_student_case(level="L3")
		level = make_risk_level(enabled=0)
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Student Case", case.name)
			self.assert_refused(lambda: stored.change_level(level.name, "改"), frappe.ValidationError)

	def test_a_level_of_the_registry_is_reviewed(self):
		self.assert_refused(lambda: make_risk_level(review_days=0), frappe.ValidationError)
		self.assertEqual(make_risk_level(review_days=0, requires_registry=0).review_days, 0)

	def test_selfcheck_asks_for_measures(self):
		level = make_risk_level()
		self.assertIn(level.name, {finding.subject for finding in check_plan()})
		self.assertNotIn("L1", {finding.subject for finding in check_plan()})
