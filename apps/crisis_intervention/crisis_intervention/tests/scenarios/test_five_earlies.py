"""Discovered, reported, assessed, fed back, intervened: five times that nobody types (art. 10)."""

from typing import Any

import frappe
from frappe.client import set_value
from frappe.desk.query_report import run
from frappe.utils import get_datetime

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_case_feedback, make_risk_assessment, person
from crisis_intervention.tests.factories_registry import (
	make_guardian_contact,
	make_safety_plan,
	make_special_watch,
	make_student_with_family,
)
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

CASE = "Student Case"
EARLIES = ("discovered_at", "reported_at", "assessed_at", "fed_back_at", "intervened_at")
WORDS = ["午休后说活够了", "已入库，请关注情绪变化。"]


class TestFiveEarlies(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.student = make_student_with_family(school_class=self.student.school_class)
		self.report = self.report_at("13:10", seen="12:40", signals=("S102",), description=WORDS[0])

	def assess(self, clock: str, days: int = 0, **fields: Any) -> Any:
		values = {"student": self.student.name, "warning_report": self.report.name, "level": "L1"}
		with self.freeze_time(self.at(clock, days)):
			return make_risk_assessment(**{**values, **fields})

	def times(self, case: str) -> list[str | None]:
		stored = frappe.db.get_value(CASE, case, EARLIES, as_dict=True)
		return [value and f"{get_datetime(value):%H:%M}" for value in stored.values()]

	def test_each_is_stamped_by_its_record_at_the_time_of_the_event(self):
		assessment = self.assess("14:00")
		case = assessment.student_case
		self.assertEqual(self.times(case), ["12:40", "13:10", "14:00", None, None])
		with self.freeze_time(self.at("14:20")):
			make_case_feedback(assessment, summary=WORDS[1])
		self.assertEqual(self.times(case), ["12:40", "13:10", "14:00", "14:20", None])
		with self.freeze_time(self.at("14:40")):
			make_special_watch(student=self.student.name, started_at=self.at("14:05"))
		self.assertEqual(self.times(case), ["12:40", "13:10", "14:00", "14:20", "14:05"])
		duties = self.duties()
		self.assertEqual(duties["14-FEEDBACK-R"].state, "Done")
		self.assertEqual(duties["04-WATCH"].state, "Done Late")
		assert_nothing_leaks(self, names=WORDS)

	def test_measures_before_the_entry_count_and_the_first_one_stays(self):
		with self.freeze_time(self.at("13:30")):
			contact = make_guardian_contact(
				self.student, attempts=[{"attempted_at": self.at("13:25"), "reached": 1}]
			)
		assessment = self.assess("14:00")
		self.assertEqual(self.times(assessment.student_case)[4], "13:25")
		contact.reload()
		self.assertEqual(contact.student_case, assessment.student_case)
		with self.freeze_time(self.at("15:00")):
			make_safety_plan(frappe.get_doc(CASE, assessment.student_case))
		self.assertEqual(self.times(assessment.student_case)[4], "13:25")
		assert_nothing_leaks(self, names=WORDS)

	def test_second_assessment_and_feedback_move_nothing(self):
		first = self.assess("14:00")
		with self.freeze_time(self.at("14:20")):
			make_case_feedback(first, summary=WORDS[1])
		before = self.times(first.student_case)
		second = self.assess("09:00", days=1, warning_report=None)
		with self.freeze_time(self.at("09:30", 1)):
			make_case_feedback(second, summary=WORDS[1])
		self.assertEqual(second.student_case, first.student_case)
		self.assertEqual(self.times(first.student_case), before)
		assert_nothing_leaks(self, names=WORDS)

	def test_nobody_types_them(self):
		case = self.assess("14:00").student_case
		before = self.times(case)
		for key in ("leader", "office", "psychologist", "school_leader"):
			for fieldname in EARLIES:
				with self.subTest(key=key, fieldname=fieldname):
					self.type_in(key, case, fieldname)
					self.assertEqual(self.times(case), before)
		for key in ("administrator", "class_teacher", "monitor"):
			with self.subTest(key=key), self.acting(key, "16:00"):
				self.assert_refused(
					lambda: set_value(CASE, case, "discovered_at", self.at("08:00")), frappe.PermissionError
				)
		assert_nothing_leaks(self, names=WORDS)

	def type_in(self, key: str, case: str, fieldname: str) -> None:
		with self.acting(key, "16:00"):
			stored = frappe.get_doc(CASE, case)
			stored.set(fieldname, self.at("08:00"))
			stored.save()

	def test_event_lies_before_its_entry_and_never_ahead(self):
		self.assert_refused(lambda: self.report_at("10:00", seen="10:30"))
		with self.acting("subject_teacher", "13:20"):
			stored = frappe.get_doc("Warning Report", self.report.name)
			stored.event_time = self.at("11:00")
			self.assert_refused(stored.save)

	def test_report_shows_what_is_missing_to_the_line_of_command(self):
		case = self.assess("14:00").student_case
		filters = {"from_date": f"{self.day:%F}", "to_date": f"{self.day:%F}"}
		with self.acting("leader", "15:00"):
			rows = run("Five Earlies Timeline", filters=filters)["result"]
		(row,) = [row for row in rows if isinstance(row, dict) and case in row.values()]
		self.assertEqual((bool(row["assessed_at"]), bool(row["fed_back_at"])), (True, False))
		for key in ("subject_teacher", "monitor"):
			with self.subTest(key=key), self.acting(key, "15:00"):
				self.assert_refused(lambda: run("Five Earlies Timeline", filters=filters))
		self.assertFalse(frappe.has_permission(CASE, "read", case, user=person("administrator")))
