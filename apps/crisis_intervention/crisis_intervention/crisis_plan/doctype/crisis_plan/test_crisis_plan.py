from datetime import date, datetime

import frappe

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.crisis_plan.plan_version import plan_in_force
from crisis_intervention.tests.factories import make_risk_assessment


class TestCrisisPlan(DutyTestCase):
	def new_version(self, version="2027.1", day="2027-01-01"):
		plan = frappe.copy_doc(frappe.get_doc("Crisis Plan", "PLAN-2026.1"))
		plan.update({"version": version, "status": "In Force", "in_force_from": day})
		return plan.insert()

	def test_ships_all_articles_in_both_languages(self):
		plan = frappe.get_doc("Crisis Plan", "PLAN-2026.1")
		self.assertEqual([row.number for row in plan.articles], list(range(1, 28)))
		for row in plan.articles:
			self.assertTrue(row.title_zh and row.title_en and row.summary_zh and row.summary_en)

	def test_each_day_has_its_version(self):
		new = self.new_version()
		self.assertEqual(plan_in_force(date(2026, 12, 31)), "PLAN-2026.1")
		self.assertEqual(plan_in_force(date(2027, 1, 1)), new.name)
		self.assertIsNone(plan_in_force(date(2020, 1, 1)))
		self.assertEqual(frappe.db.get_value("Crisis Plan", "PLAN-2026.1", "status"), "Superseded")

	def test_old_duty_keeps_its_version(self):
		self.red_report()
		self.new_version()
		self.assertEqual(self.duty("13-ASSESS-R").plan, "PLAN-2026.1")
		self.assert_refused(lambda: frappe.delete_doc("Crisis Plan", "PLAN-2026.1"))

	def test_new_duty_of_an_old_case_cites_the_new_version(self):
		report = self.red_report()
		new = self.new_version()
		with self.freeze_time(datetime(2027, 1, 4, 9, 0)):
			make_risk_assessment(student=self.student.name, warning_report=report.name)
		plans = {
			row.rule: row.plan
			for row in frappe.get_all(
				"Duty", {"student": self.student.name}, ["rule", "plan"], order_by="creation"
			)
		}
		self.assertEqual(plans["13-ASSESS-R"], "PLAN-2026.1")
		later = {rule: plan for rule, plan in plans.items() if rule.startswith("14-")}
		self.assertEqual(set(later.values()), {new.name})

	def test_article_stands_once(self):
		plan = frappe.get_doc("Crisis Plan", "PLAN-2026.1")
		plan.articles[1].number = 1
		self.assert_refused(plan.save)
