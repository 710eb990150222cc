from datetime import timedelta

import frappe
from frappe.desk.query_report import run

from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.tests.factories import person

COMPLIANCE, CHECK, DRY_RUN = "Duty Compliance by Article", "Crisis Configuration Check", "Duty Dry Run"


class TestReports(DutyTestCase):
	def rows(self, report: str, key: str, **filters) -> list:
		with self.as_user(person(key)):
			return run(report, filters=filters)["result"]

	def test_auditor_sees_compliance_as_counts(self):
		self.red_report()
		self.tick_at(SATURDAY_NIGHT + timedelta(hours=3))
		rows = self.rows(COMPLIANCE, "auditor", from_date="2026-11-28", to_date="2026-11-28")
		by_article = {row["article"]: row for row in rows if isinstance(row, dict)}
		self.assertGreaterEqual(by_article[13]["overdue"], 1)
		self.assertNotIn(self.student.name, str(rows))

	def test_administrator_checks_the_configuration(self):
		rows = self.rows(CHECK, "administrator")
		self.assertIn("16-SUPPORT", {row["subject"] for row in rows if isinstance(row, dict)})

	def test_dry_run_of_a_saturday_night(self):
		rows = self.rows(
			DRY_RUN, "administrator", document_type="Warning Report", at="2026-11-28 22:00:00", urgency="Red"
		)
		self.assertIn("12-ACK-R", {row["rule"] for row in rows if isinstance(row, dict)})

	def test_dry_run_speaks_the_readers_language(self):
		filters = {"document_type": "Warning Report", "at": "2026-11-28 22:00:00", "urgency": "Red"}
		with self.as_user(person("leader")), self.speaking("zh"):
			rows = run(DRY_RUN, filters=filters)["result"]
		row = next(row for row in rows if isinstance(row, dict) and row["rule"] == "13-ASSESS-R")
		self.assertEqual((row["what"], row["function"]), ("产生", "心理教师"))

	def test_psychology_teacher_reads_compliance_with_colours(self):
		self.red_report()
		with self.as_user(person("psychologist")):
			answer = run(COMPLIANCE, filters={"from_date": "2026-11-28", "to_date": "2026-11-28"})
		names = [dataset["name"] for dataset in answer["chart"]["data"]["datasets"]]
		self.assertEqual(len(answer["chart"]["colors"]), len(names))

	def test_teachers_run_none_of_them(self):
		for report in (COMPLIANCE, CHECK, DRY_RUN):
			with self.subTest(report=report):
				self.assert_refused(
					lambda report=report: self.rows(report, "subject_teacher"), frappe.PermissionError
				)
