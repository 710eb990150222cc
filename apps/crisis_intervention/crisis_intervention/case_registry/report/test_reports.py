from itertools import pairwise

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, add_months, add_to_date, now_datetime, nowdate

from crisis_intervention.case_registry.terms import terms
from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	make_school_class,
	make_student_case,
	make_student_profile,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_registry import (
	hand_over_case,
	make_case_review,
	make_special_watch,
)
from crisis_intervention.tests.utils import CrisisTestCase

OVERVIEW, EARLIES, LOAD = "Registry Overview", "Five Earlies Timeline", "Counsellor Load"
REVIEWS, UPWARD = "Cases to Review", "Upward Statistics"


class ReportTestCase(CrisisTestCase):
	"""Runs reports as persons of the school."""

	def answer(self, report, key, **filters):
		with self.as_user(person(key)):
			return run(report, filters=filters)

	def rows(self, report, key, **filters):
		return [row for row in self.answer(report, key, **filters)["result"] if isinstance(row, dict)]

	def in_grade(self, grade, **fields):
		school_class = make_school_class(grade=grade)
		return make_student_case(student=make_student_profile(school_class=school_class.name).name, **fields)


class TestReports(ReportTestCase):
	def test_overview_counts_by_level_and_state(self):
		before = self.totals(OVERVIEW, "leader", "group", "open")
		make_student_case(level="L1")
		make_student_case(level="L3")
		after = self.totals(OVERVIEW, "leader", "group", "open")
		label = frappe.db.get_value("Risk Level", "L1", "label")
		with self.as_user(person("leader")):
			answer = run(OVERVIEW, filters={})
		names = [row["group"] for row in answer["result"]]
		self.assertTrue(label in names or frappe.db.get_value("Risk Level", "L1", "label_en") in names)
		self.assertEqual(sum(after.values()) - sum(before.values()), 2)
		self.assertEqual(len(answer["chart"]["data"]["labels"]), 12)
		self.assertGreaterEqual(answer["chart"]["data"]["datasets"][0]["values"][-1], 2)
		self.assertEqual(len(answer["report_summary"]), 3)

	def totals(self, report, key, name, value, **filters):
		return {row[name]: row[value] for row in self.rows(report, key, **filters)}

	def test_overview_by_grade(self):
		self.in_grade("高三甲")
		self.assertEqual(self.totals(OVERVIEW, "leader", "group", "total", group_by="Grade")["高三甲"], 1)

	def test_overview_counts_only_what_the_reader_may_see(self):
		case = make_student_case(level="L2")
		before = sum(self.totals(OVERVIEW, "member", "group", "total").values())
		name_of_concern(case, person("member"))
		self.assertEqual(sum(self.totals(OVERVIEW, "member", "group", "total").values()), before - 1)
		everything = sum(self.totals(OVERVIEW, "leader", "group", "total").values())
		self.assertLess(sum(self.totals(OVERVIEW, "psychologist2", "group", "total").values()), everything)

	def test_earlies_show_times_spans_and_medians(self):
		discovered = add_to_date(now_datetime(), hours=-5)
		report = make_warning_report(event_time=discovered)
		assessment = make_risk_assessment(student=report.student, warning_report=report.name, level="L2")
		make_case_feedback(assessment)
		make_special_watch(student=report.student)
		rows = self.rows(EARLIES, "psychologist", level="L2")
		mine = next(row for row in rows if row.get("student_case") == assessment.student_case)
		self.assertRegex(mine["to_report"], r"^5\D")
		self.assertTrue(mine["fed_back_at"] and mine["intervened_at"] and mine["to_assess"])
		medians = [row for row in rows if not row.get("student_case")]
		self.assertEqual(len(medians), 1)
		self.assertTrue(medians[0]["to_report"])

	def test_earlies_leave_out_what_lies_before(self):
		case = make_student_case()
		rows = self.rows(EARLIES, "leader", from_date=add_days(nowdate(), 1), to_date=add_days(nowdate(), 2))
		self.assertNotIn(case.name, {row.get("student_case") for row in rows})

	def test_load_follows_the_owner(self):
		case = make_student_case(level="L1", next_review=nowdate())
		before = {row["user"]: row for row in self.rows(LOAD, "leader")}
		hand_over_case(case, "Owner", person("psychologist2"))
		after = {row["user"]: row for row in self.rows(LOAD, "leader")}
		mine, theirs = person("psychologist"), person("psychologist2")
		self.assertEqual(after[theirs]["red"] - before.get(theirs, {"red": 0})["red"], 1)
		self.assertEqual(before[mine]["cases"] - after.get(mine, {"cases": 0})["cases"], 1)
		self.assertGreaterEqual(after[theirs]["reviews_soon"], 1)

	def test_psychologist_sees_the_load_of_cases_that_she_may_read(self):
		make_student_case()
		self.assertNotIn(person("psychologist"), {row["user"] for row in self.rows(LOAD, "psychologist2")})

	def test_cases_to_review_name_what_is_due(self):
		case = make_student_case(level="L3")
		listed = {row["student_case"]: row for row in self.rows(REVIEWS, "psychologist", only_due=1)}
		self.assertEqual(listed[case.name]["this_term"], 0)
		make_case_review(case)
		listed = {row["student_case"] for row in self.rows(REVIEWS, "psychologist", only_due=1)}
		self.assertNotIn(case.name, listed)
		frappe.db.set_value("Student Case", case.name, "next_review", add_days(nowdate(), -3))
		listed = {row["student_case"]: row for row in self.rows(REVIEWS, "psychologist", only_due=1)}
		self.assertEqual(listed[case.name]["days_overdue"], 3)

	def test_teachers_doctors_and_auditors_run_none_of_them(self):
		for report in (OVERVIEW, EARLIES, LOAD, REVIEWS, UPWARD):
			for key in ("class_teacher", "subject_teacher", "doctor", "auditor", "administrator", "monitor"):
				with self.subTest(report=report, key=key):
					self.assert_refused(
						lambda report=report, key=key: self.rows(report, key), frappe.PermissionError
					)


class TestUpwardStatistics(ReportTestCase):
	def setUp(self):
		super().setUp()
		self.term = terms()[1]

	def entries(self, grade, level, number):
		"""Entries of the term before this one."""
		for _position in range(number):
			case = self.in_grade(grade, level=level)
			frappe.db.sql(
				"update `tabStudent Case` set creation = %s where name = %s",
				(f"{self.term.first} 10:00:00", case.name),
			)

	def table(self, key="academic", **filters):
		answer = self.answer(UPWARD, key, term=self.term.key, **filters)
		return {row["grade"]: row for row in answer["result"]}, answer

	def test_registrar_reports_upwards_without_reading_a_case(self):
		self.entries("初一", "L3", 6)
		table, answer = self.table()
		self.assertEqual(table["初一"]["total"], "6")
		self.assertFalse(frappe.has_permission("Student Case", "read", user=person("academic")))
		self.assertNotIn("SC-", str(answer))

	def test_a_small_count_is_neither_shown_nor_to_be_computed(self):
		self.entries("初一", "L3", 6)
		self.entries("初一", "L1", 1)
		self.entries("初二", "L3", 6)
		table, _answer = self.table()
		hidden = [key for key, value in table["初一"].items() if value == "<5"]
		self.assertGreaterEqual(len(hidden), 2)
		self.assertNotIn("1", table["初一"].values())

	def test_running_term_is_counted_up_to_last_month(self):
		self.in_grade("初三乙", level="L3")
		answer = self.answer(UPWARD, "office", term=terms()[0].key)
		self.assertEqual({row["grade"]: row["total"] for row in answer["result"]}.get("初三乙"), "0")

	def test_a_later_change_of_level_does_not_move_a_reported_entry(self):
		self.entries("初一", "L3", 6)
		before, _answer = self.table()
		case = frappe.get_all("Student Case", {"current_level": "L3"}, pluck="name", order_by="creation asc")[
			0
		]
		with self.as_user(person("leader")):
			frappe.get_doc("Student Case", case).change_level("L1", "出现计划")
		self.assertEqual(self.table()[0], before)

	def test_categories_and_terms(self):
		self.entries("初一", "L3", 6)
		by_term = self.answer(UPWARD, "school_leader", show="Term")["result"]
		self.assertEqual(next(row for row in by_term if row["term"] == self.term.label)["count"], "6")
		by_category = self.answer(UPWARD, "school_leader", show="Category", term=self.term.key)["result"]
		self.assertTrue(all(row["count"] == "0" for row in by_category))

	def test_terms_follow_each_other_without_a_gap(self):
		known = terms()
		for later, earlier in pairwise(known):
			self.assertEqual(str(add_days(earlier.last, 1)), str(later.first))
		self.assertGreater(str(known[0].last), add_months(str(known[0].first), 1))
