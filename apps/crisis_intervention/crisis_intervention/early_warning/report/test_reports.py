from datetime import datetime, timedelta

import frappe
from frappe.desk.query_report import run

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_reports import (
	make_class_barometer,
	make_class_weekly_report,
	make_class_with_monitor,
	make_psychology_weekly_report,
)
from crisis_intervention.tests.utils import CrisisTestCase

MISSING, MATRIX = "Missing Reports", "Class Barometer Matrix"
# Four school weeks of autumn 2026; the last of them is still running.
BEGIN, NOW = datetime(2026, 10, 26, 8, 0), datetime(2026, 11, 19, 12, 0)
RANGE = {"from_date": "2026-10-26", "to_date": "2026-11-22"}


class ReportTestCase(CrisisTestCase):
	def setUp(self):
		super().setUp()
		language = frappe.local.lang
		self.addCleanup(lambda: setattr(frappe.local, "lang", language))

	def run_report(self, report, key, **filters):
		with self.freeze_time(NOW), self.as_user(person(key)):
			frappe.local.lang = "en"
			return run(report, filters={**RANGE, **filters})

	def rows(self, report, key, **filters):
		return [row for row in self.run_report(report, key, **filters)["result"] if isinstance(row, dict)]


class TestMissingReports(ReportTestCase):
	def setUp(self):
		super().setUp()
		with self.freeze_time(BEGIN):
			self.school_class = make_class_with_monitor()
			raise_recurring()
		with self.freeze_time(datetime(2026, 10, 29, 10, 0)):
			make_class_weekly_report(school_class=self.school_class.name, zero_report=1)
		with self.freeze_time(datetime(2026, 11, 9, 18, 0)):
			make_class_weekly_report(
				school_class=self.school_class.name, zero_report=1, period_start="2026-11-03"
			)

	def weeks(self, key="leader", **filters):
		filters = {"kind": "Class Weekly Report", "school_class": self.school_class.name, **filters}
		rows = sorted(self.rows(MISSING, key, **filters), key=lambda row: row["due"])
		return [(row["status"], row["days_over"], bool(row["duty"])) for row in rows]

	def test_each_week_is_in_time_late_missing_or_not_due_with_or_without_a_duty(self):
		expected = [
			("In Time", None, True),
			("Late", 4, False),
			("Missing", 6, False),
			("Not Due Yet", None, False),
		]
		self.assertEqual(self.weeks(), expected)
		self.assertEqual(self.weeks(status="Missing"), expected[2:3])

	def test_names_who_filed_and_who_owes(self):
		rows = self.rows(MISSING, "leader", school_class=self.school_class.name)
		people = {(row["kind"], row["person"]) for row in rows}
		self.assertIn(("Class Weekly Report", "class-teacher"), people)
		self.assertIn(("Class Barometer", "monitor"), people)
		self.assertIn(("Class Log", "class-teacher"), people)

	def test_class_without_monitor_owes_no_barometer(self):
		other = make_school_class()
		rows = self.rows(MISSING, "leader", school_class=other.name, kind="Class Barometer")
		self.assertEqual(rows, [])

	def test_psychology_teachers_are_asked_in_person(self):
		with self.freeze_time(BEGIN):
			make_psychology_weekly_report(zero_report=1)
		frappe.db.set_value("User", person("psychologist"), "creation", BEGIN, update_modified=False)
		rows = self.rows(MISSING, "psychologist", kind="Psychology Weekly Report")
		self.assertEqual({row["title"] for row in rows}, {"psychologist"})
		self.assertIn("In Time", {row["status"] for row in rows})

	def test_teachers_see_their_classes_and_others_none(self):
		self.assertTrue(self.weeks("class_teacher"))
		self.assertTrue(self.weeks("psychologist"))
		self.assertEqual(self.weeks("class_teacher2"), [])
		self.assertEqual(self.weeks("psychologist2"), [])
		for key in ("subject_teacher", "monitor", "administrator", "auditor"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.rows(MISSING, key), frappe.PermissionError)

	def test_chart_and_summary_count_what_is_filed(self):
		answer = self.run_report(
			MISSING, "leader", kind="Class Weekly Report", school_class=self.school_class.name
		)
		totals = {entry["label"]: entry["value"] for entry in answer["report_summary"]}
		self.assertEqual(totals, {"Missing": 1, "Late": 1, "In Time": 1})
		datasets = {one["name"]: sum(one["values"]) for one in answer["chart"]["data"]["datasets"]}
		self.assertEqual(datasets, {"In Time": 1, "Late": 1, "Missing": 1})


class TestClassBarometerMatrix(ReportTestCase):
	def setUp(self):
		super().setUp()
		self.school_class = make_class_with_monitor()

	def write(self, day, **fields):
		with self.freeze_time(day):
			return make_class_barometer(school_class=self.school_class.name, **fields)

	def row(self, key="leader", **filters):
		rows = [row for row in self.rows(MATRIX, key, **filters) if row["title"] == self.school_class.title]
		return rows[0] if rows else None

	def test_each_cell_shows_the_worst_weather_in_symbol_and_word(self):
		self.write(datetime(2026, 11, 3, 12, 0))
		self.write(datetime(2026, 11, 5, 12, 0), weather="Rain")
		self.write(datetime(2026, 11, 17, 12, 0), weather="Cloudy")
		row = self.row()
		self.assertEqual((row["p20261016"], row["p20261101"], row["p20261116"]), ("–", "🌧 Rain", "⛅ Cloudy"))
		weekly = self.row(by="Weekly")
		self.assertEqual((weekly["p20261102"], weekly["p20261109"]), ("🌧 Rain", "–"))

	def test_one_classmate_in_a_storm_is_no_sunny_cell(self):
		student = make_student_profile(school_class=self.school_class.name).name
		self.write(
			datetime(2026, 11, 3, 12, 0), entries=[{"student": student, "weather": "Rain", "worried": 1}]
		)
		self.assertEqual(self.row()["p20261101"], "⛈ Storm")

	def test_always_calm_class_is_named(self):
		for month in range(3, 7):
			for day in (10, 20):
				self.write(datetime(2026, month, day, 12, 0))
		self.assertEqual((self.row()["calm_run"], self.row()["always_calm"]), (8, "Calm for Long"))
		self.assertTrue(self.row(only_always_calm=1))
		other = make_class_with_monitor()
		titles = {row["title"] for row in self.rows(MATRIX, "leader", only_always_calm=1)}
		self.assertNotIn(other.title, titles)

	def test_a_case_that_the_reader_is_shut_out_of_is_not_told(self):
		for month in (9, 10):
			for day in (10, 20):
				self.write(datetime(2026, month, day, 12, 0))
		student = make_student_profile(school_class=self.school_class.name)
		case = make_student_case(student=student.name)
		self.assertEqual(self.row("psychologist")["always_calm"], "Calm Despite Reports")
		name_of_concern(case, person("psychologist"))
		self.assertEqual(self.row("psychologist")["always_calm"], "")
		self.assertEqual(self.row()["always_calm"], "Calm Despite Reports")

	def test_weeks_without_news_are_counted(self):
		for week in range(3):
			with self.freeze_time(NOW - timedelta(weeks=week)):
				make_class_weekly_report(school_class=self.school_class.name, zero_report=1)
		self.assertEqual(self.row()["zero_weeks"], 3)

	def test_who_runs_it(self):
		self.assertIsNotNone(self.row("psychologist"))
		self.assertIsNone(self.row("psychologist2"))
		for key in ("class_teacher", "monitor", "office", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.rows(MATRIX, key), frappe.PermissionError)
