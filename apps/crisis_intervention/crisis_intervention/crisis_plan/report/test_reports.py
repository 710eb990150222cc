from datetime import timedelta
from functools import partial

import frappe
from frappe import _
from frappe.desk.query_report import run

from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.tests.factories import person

COMPLIANCE, CHECK, DRY_RUN = "Duty Compliance by Article", "Crisis Configuration Check", "Duty Dry Run"
CONTACTS = "On-call Contact List"


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

	def test_contact_list_says_whom_to_call_and_whom_instead(self):
		frappe.db.set_value("User", person("doctor"), "mobile_no", "8005")
		values = {"doctype": "On-call Roster", "function": "Team Leader", "user": person("psychologist")}
		slot = {"from_time": "2026-11-28 18:00:00", "to_time": "2026-11-29 08:00:00", "reachable_by": "内线"}
		frappe.get_doc({**values, **slot}).insert()
		rows = self.rows(CONTACTS, "subject_teacher", at="2026-11-28 22:00:00")
		by_function = {row["function"]: row for row in rows if isinstance(row, dict)}
		leader, doctor = by_function[_("Team Leader")], by_function[_("School Doctor")]
		name_of = partial(frappe.db.get_value, "User", fieldname="full_name")
		self.assertEqual(leader["person"], name_of(person("psychologist")))
		self.assertEqual((leader["reachable_by"], leader["until"]), ("内线", "2026-11-29 08:00"))
		self.assertEqual(leader["instead"], name_of(person("leader")))
		self.assertEqual((doctor["phone"], doctor["until"]), ("8005", ""))
		self.assert_refused(lambda: self.rows(CONTACTS, "monitor"), frappe.PermissionError)
