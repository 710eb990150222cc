import frappe
from frappe.desk.query_report import run

from crisis_intervention.early_warning.report.screening_funnel.screening_funnel import stages
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_school_class,
	make_student_profile,
	person,
)
from crisis_intervention.tests.factories_screening import (
	consent_of,
	make_screening_campaign,
	make_screening_result,
	review,
	students_of,
)
from crisis_intervention.tests.utils import CrisisTestCase

FUNNEL, COVERAGE = "Screening Funnel", "Screening Coverage"


class TestScreeningReports(CrisisTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.campaign = make_screening_campaign(
			students=9, school_class=make_school_class(title="甲班").name, title="漏斗"
		)
		cls.students = students_of(cls.campaign)
		scores = (30, 31, 32, 33, 34, 35, 5)
		results = [
			make_screening_result(cls.campaign, student=student, score=score)
			for student, score in zip(cls.students, scores, strict=False)
		]
		review(results[0], "Talk With the Student", talked_at="2026-01-01 10:00:00")
		make_risk_assessment(student=cls.students[1], level="L3")
		frappe.set_user(person("psychologist"))
		consent = consent_of(cls.campaign, cls.students[5])
		consent.withdrawn_by = "Student"
		consent.save()
		frappe.set_user("Administrator")

	def run_as(self, key, report, **filters):
		language = frappe.local.lang
		with self.as_user(person(key)):
			frappe.local.lang = "en"
			try:
				return run(report, filters={"campaign": self.campaign.name, **filters})
			finally:
				frappe.local.lang = language

	def rows(self, key, report, **filters):
		return [row for row in self.run_as(key, report, **filters)["result"] if isinstance(row, dict)]

	def test_stages_follow_from_each_other_and_leave_out_the_withdrawn(self):
		expected = {
			"eligible": 9,
			"consented": 8,
			"tested": 6,
			"valid": 6,
			"noticed": 5,
			"talked": 2,
			"assessed": 1,
			"in_registry": 1,
		}
		self.assertEqual(stages(self.campaign.name), expected)
		self.assertEqual(list(expected.values()), sorted(expected.values(), reverse=True))

	def test_small_cells_are_for_those_who_work_clinically(self):
		for key, shown in (("psychologist", "2"), ("leader", "2"), ("office", "<5"), ("school_leader", "<5")):
			with self.subTest(key=key):
				row = next(row for row in self.rows(key, FUNNEL) if row["stage"] == "Talked with")
				self.assertEqual(row["students"], shown)
				self.assertEqual(bool(row["share"]), shown != "<5")
		chart = self.run_as("office", FUNNEL)["chart"]
		self.assertNotIn("Talked with", chart["data"]["labels"])
		self.assertIn("To be looked at", chart["data"]["labels"])

	def test_who_opens_the_funnel(self):
		for key in ("class_teacher", "subject_teacher", "monitor", "administrator", "auditor"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.run_as(key, FUNNEL), frappe.PermissionError)

	def test_coverage_by_class(self):
		(row,) = self.rows("office", COVERAGE)
		self.assertEqual((row["title"], row["eligible"], row["tested"], row["coverage"]), ("甲班", 9, 6, 75))
		fieldnames = {column["fieldname"] for column in self.run_as("office", COVERAGE)["columns"]}
		self.assertFalse({"declined", "withdrawn"} & fieldnames)
		columns = {column["fieldname"] for column in self.run_as("psychologist", COVERAGE)["columns"]}
		self.assertTrue({"declined", "withdrawn"} <= columns)

	def test_names_of_the_missing_are_for_those_permitted(self):
		expected = set(self.students[7:])
		for key in ("psychologist", "leader", "class_teacher"):
			with self.subTest(key=key):
				self.assertEqual({row["student"] for row in self.rows(key, COVERAGE, names=1)}, expected)
		for key in ("office", "member", "school_leader"):
			with self.subTest(key=key):
				self.assert_refused(
					lambda key=key: self.run_as(key, COVERAGE, names=1), frappe.PermissionError
				)
		self.assert_refused(lambda: self.run_as("class_teacher2", COVERAGE), frappe.PermissionError)

	def test_class_teacher_sees_the_own_class_only(self):
		other = make_school_class(class_teacher=person("class_teacher2"), title="乙班").name
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Screening Campaign", self.campaign.name)
			stored.append("classes", {"school_class": other})
			stored.save()
		make_student_profile(school_class=other)
		with self.as_user(person("psychologist")):
			frappe.get_doc("Screening Campaign", self.campaign.name).save()
		self.assertEqual([row["title"] for row in self.rows("class_teacher", COVERAGE)], ["甲班"])
		self.assertEqual([row["title"] for row in self.rows("class_teacher2", COVERAGE)], ["乙班"])
		self.assertEqual(len(self.rows("leader", COVERAGE)), 2)
