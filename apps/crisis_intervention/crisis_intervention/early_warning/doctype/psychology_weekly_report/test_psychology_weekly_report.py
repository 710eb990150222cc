from datetime import datetime

import frappe

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.periodic.one_tap import nothing_to_report, waiting
from crisis_intervention.tests.factories import make_student_case, make_warning_report, person
from crisis_intervention.tests.factories_reports import make_psychology_weekly_report, make_staff_absence
from crisis_intervention.tests.utils import CrisisTestCase

KIND, WEEK = "Psychology Weekly Report", "2026-W48"
MONDAY, FRIDAY = datetime(2026, 11, 23, 9, 0), datetime(2026, 11, 27, 15, 0)
FIRST, SECOND = "psychologist", "psychologist2"


class TestPsychologyWeeklyReport(CrisisTestCase):
	def setUp(self):
		super().setUp()
		for key in (FIRST, SECOND):
			person(key)

	def duty_of(self, key):
		filters = {"rule": "12-PSYWEEK", "reference_name": person(key), "period": WEEK}
		return frappe.db.get_value("Duty", filters, ["state", "responsible"], as_dict=True)

	def tap(self, key, subject=None):
		with self.as_user(person(key)):
			return nothing_to_report(KIND, person(subject or key))["name"]

	def test_each_psychology_teacher_owes_a_report_and_closes_the_own_one(self):
		with self.freeze_time(MONDAY):
			raise_recurring()
			self.assertEqual(self.duty_of(FIRST).responsible, person(FIRST))
			self.assertEqual(self.duty_of(SECOND).responsible, person(SECOND))
		with self.freeze_time(FRIDAY):
			self.tap(FIRST)
		self.assertEqual((self.duty_of(FIRST).state, self.duty_of(SECOND).state), ("Done", "Open"))

	def test_who_stands_in_reports_for_the_absent_one(self):
		with self.freeze_time(MONDAY):
			self.assert_refused(lambda: self.tap(SECOND, subject=FIRST), frappe.PermissionError)
			make_staff_absence(person(FIRST), person(SECOND))
			raise_recurring()
			self.assertEqual(self.duty_of(FIRST).responsible, person(SECOND))
			with self.as_user(person(SECOND)):
				offered = {row["subject"] for row in waiting(KIND)}
			self.assertLessEqual({person(FIRST), person(SECOND)}, offered)
			report = frappe.get_doc(KIND, self.tap(SECOND, subject=FIRST))
		self.assertEqual((report.psychology_teacher, report.filed_by), (person(FIRST), person(SECOND)))
		self.assertEqual((self.duty_of(FIRST).state, self.duty_of(SECOND).state), ("Done", "Open"))

	def test_absent_without_substitute_owes_nothing_until_back(self):
		with self.freeze_time(MONDAY):
			absence = make_staff_absence(person(FIRST), "")
			raise_recurring()
			self.assertIsNone(self.duty_of(FIRST))
			frappe.db.set_value("Staff Absence", absence.name, "to_time", "2026-11-23 08:00:00")
			raise_recurring()
		self.assertEqual(self.duty_of(FIRST).responsible, person(FIRST))

	def test_second_report_of_a_week_is_refused(self):
		self.tap(FIRST)
		self.assert_refused(lambda: self.tap(FIRST))
		self.assertTrue(self.tap(SECOND))

	def test_numbers_of_the_week_are_counted_and_lines_know_the_case(self):
		case = make_student_case()
		make_warning_report()
		line = {"student": case.student, "change": "情绪平稳", "next_step": "下周复谈"}
		report = make_psychology_weekly_report(entries=[line])
		self.assertEqual(report.entries[0].student_case, case.name)
		self.assertGreaterEqual(report.reports_received, 1)
		self.assertGreaterEqual(report.assessments_made, 1)
		with self.as_user(person(FIRST)):
			stored = frappe.get_doc(KIND, report.name)
			stored.reports_received = 99
			stored.save()
		self.assertEqual(frappe.db.get_value(KIND, report.name, "reports_received"), report.reports_received)

	def test_who_reads_it(self):
		report = make_psychology_weekly_report()
		readers = ("leader", "member", "office", "school_leader", FIRST)
		for key in (*readers, SECOND, "class_teacher", "monitor", "administrator"):
			with self.subTest(key=key):
				allowed = frappe.has_permission(KIND, "read", report.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_leader_reads_it_and_others_file_none(self):
		report = make_psychology_weekly_report()
		with self.as_user(person("leader")):
			frappe.get_doc(KIND, report.name).mark_read()
		duty = {"rule": "12-READ-P", "reference_name": report.name}
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Done")
		for key in ("leader", "class_teacher", "monitor"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.tap(key), frappe.PermissionError)
