"""A new version of the plan comes into force; what arose under the old one stays under it (art. 27)."""

from datetime import datetime
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow

from crisis_intervention.crisis_plan.plan_version import plan_in_force
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_case_feedback, make_risk_assessment
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

OLD = "PLAN-2026.1"
IN_FORCE = 3


class TestPlanVersions(ScenarioTestCase):
	# The report comes on a Thursday, the new version is in force from Sunday.
	day = datetime(2026, 11, 26, microsecond=100000)

	def setUp(self):
		super().setUp()
		self.addCleanup(cache.clear)
		self.report = self.report_at("16:00", seen="15:30", signals=("S102",))

	def new_version(self, key: str = "administrator", status: str = "In Force", clock: str = "17:00") -> Any:
		"""Enter the version that the school adopted: the old one copied, changed and dated."""
		with self.acting(key, clock):
			plan = frappe.copy_doc(frappe.get_doc("Crisis Plan", OLD))
			from_day = self.at("00:00", IN_FORCE).date()
			plan.update({"version": "2026.2", "status": status, "in_force_from": from_day})
			return plan.insert()

	def assess(self, clock: str) -> Any:
		moment = self.at(clock, IN_FORCE + 1)
		with self.freeze_time(moment):
			return make_risk_assessment(
				student=self.student.name, warning_report=self.report.name, level="L2"
			)

	def test_duties_cite_the_version_of_the_day_on_which_they_arose(self):
		new = self.new_version()
		self.assertEqual({duty.plan for duty in self.duties().values()}, {OLD})
		second = self.report_of_later("S105")
		rows = frappe.get_all("Duty", {"reference_name": second.name}, pluck="plan")
		self.assertEqual(set(rows), {new.name})
		self.assertEqual([plan_in_force(self.at("12:00", days).date()) for days in (2, 3)], [OLD, new.name])
		assert_nothing_leaks(self)

	def report_of_later(self, signal: str) -> Any:
		"""File a report under the new version, on Monday at nine."""
		values = {
			"doctype": "Warning Report",
			"student": self.student.name,
			"signals": [{"signal": signal}],
			"description": "又说不想上学",
			"event_time": self.at("08:50", IN_FORCE + 1),
		}
		with self.acting("class_teacher", "09:00", IN_FORCE + 1):
			return frappe.get_doc(values).insert()

	def test_old_duty_is_met_under_its_own_version_and_what_follows_cites_the_new_one(self):
		new = self.new_version()
		assessment = self.assess("09:30")
		duties = self.duties()
		assess = duties["13-ASSESS-R"]
		self.assertEqual(
			(assess.state, assess.plan, assess.evidence_name), ("Done Late", OLD, assessment.name)
		)
		self.assertEqual({duties[rule].plan for rule in ("14-FEEDBACK-O", "24.1-CONFIRM")}, {new.name})
		with self.freeze_time(self.at("10:00", IN_FORCE + 1)):
			make_case_feedback(assessment)
		with self.acting("office", "10:30", IN_FORCE + 1):
			apply_workflow(frappe.get_doc("Student Case", assessment.student_case), "Confirm Entry")
		after = self.duties()
		self.assertEqual(after["14-FEEDBACK-O"].state, "Done")
		self.assertEqual(after["24.1-CONFIRM"].state, "Done")
		self.assertEqual(after["13-ASSESS-R"].plan, OLD)
		assert_nothing_leaks(self)

	def test_clock_that_the_new_version_shortens_moves_no_due_time_of_an_old_duty(self):
		before = self.duties()["13-ASSESS-R"]
		self.new_version()
		with self.acting("administrator", "17:10"):
			rule = frappe.get_doc("Duty Rule", "13-ASSESS-R")
			rule.due_value = 1
			rule.save()
		self.tick_and_send("17:20")
		self.assertEqual(self.duties()["13-ASSESS-R"].due_at, before.due_at)
		later = self.report_of_later("S102")
		duty = frappe.get_doc("Duty", {"rule": "13-ASSESS-R", "reference_name": later.name})
		self.assertEqual(f"{duty.due_at:%H:%M}", "10:00")
		assert_nothing_leaks(self)

	def test_draft_of_a_version_changes_nothing(self):
		self.new_version(status="Draft")
		self.assertEqual(plan_in_force(self.at("12:00", IN_FORCE).date()), OLD)
		self.assertEqual(frappe.db.get_value("Crisis Plan", OLD, "status"), "In Force")
		assert_nothing_leaks(self)

	def test_version_that_duties_cite_keeps_its_date_and_is_not_deleted(self):
		self.new_version()
		self.assertEqual(frappe.db.get_value("Crisis Plan", OLD, "status"), "Superseded")
		with self.acting("administrator", "18:00"):
			plan = frappe.get_doc("Crisis Plan", OLD)
			plan.in_force_from = "2026-01-01"
			self.assert_refused(plan.save, frappe.ValidationError)
			plan = frappe.get_doc("Crisis Plan", OLD)
			plan.status = "Draft"
			self.assert_refused(plan.save, frappe.ValidationError)
			self.assert_refused(lambda: frappe.client.delete("Crisis Plan", OLD))
		self.assertTrue(frappe.db.exists("Crisis Plan", OLD))
		assert_nothing_leaks(self)

	def test_version_is_entered_by_the_administrator_or_the_team_leader_only(self):
		for key in ("office", "member", "psychologist", "school_leader", "class_teacher"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.new_version(key), frappe.PermissionError)
		self.assertEqual(plan_in_force(self.at("12:00", IN_FORCE).date()), OLD)
		assert_nothing_leaks(self)
