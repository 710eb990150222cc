import frappe

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase

YEAR = 2031


class TestSchoolYearRollover(CrisisTestCase):
	def setUp(self):
		super().setUp()
		monitors = [{"user": person("monitor"), "from_date": "2026-09-01"}]
		self.first = make_school_class(title="高一（1）班", grade="高一", year=YEAR, monitors=monitors)
		self.last = make_school_class(title="高三（2）班", grade="高三", year=YEAR)
		self.student = make_student_profile(school_class=self.last.name)

	def propose(self):
		with self.as_user(person("academic")):
			return frappe.get_doc({"doctype": "School Year Rollover", "from_year": YEAR}).insert()

	def carry_out(self, step):
		with self.as_user(person("academic")):
			return step.carry_out()

	def test_it_proposes_every_class_and_moves_nothing(self):
		step = self.propose()
		rows = {row.school_class: row for row in step.classes}
		self.assertEqual(rows[self.first.name].new_title, "高二（1）班")
		self.assertTrue(rows[self.last.name].graduates)
		self.assertEqual(rows[self.last.name].students, 1)
		self.first.reload()
		self.assertEqual((self.first.grade, self.first.year), ("高一", YEAR))

	def test_classes_move_graduates_leave_and_monitors_end(self):
		step = self.propose()
		for row in step.classes:
			if row.school_class == self.first.name:
				row.new_class_teacher = person("class_teacher2")
		with self.as_user(person("academic")):
			step.save()
		numbers = self.carry_out(step)
		self.assertEqual(numbers, {"moved": 1, "closed": 1, "graduated": 1, "appointments_ended": 1})
		self.first.reload()
		self.last.reload()
		self.assertEqual(
			(self.first.grade, self.first.title, self.first.year, self.first.class_teacher),
			("高二", "高二（1）班", YEAR + 1, person("class_teacher2")),
		)
		self.assertTrue(self.first.monitors[0].to_date)
		self.assertFalse(self.last.enabled)
		self.student.reload()
		self.assertEqual((self.student.status, self.student.school_class), ("Graduated", self.last.name))

	def test_cases_stay_and_closed_classes_owe_no_reports(self):
		case = make_student_case(student=self.student.name)
		self.carry_out(self.propose())
		self.assertTrue(frappe.get_doc("Student Case", case.name).is_open())
		with self.freeze_time("2026-11-23 07:30:00.1"):
			raise_recurring()
		owing = set(frappe.get_all("Duty", {"rule": "12-CLASSWEEK", "state": "Open"}, pluck="school_class"))
		self.assertIn(self.first.name, owing)
		self.assertNotIn(self.last.name, owing)

	def test_it_is_done_once(self):
		step = self.propose()
		self.carry_out(step)
		self.assert_refused(lambda: self.carry_out(step))
		with self.as_user(person("academic")):
			stored = frappe.get_doc("School Year Rollover", step.name)
			stored.classes[0].new_title = "别的班"
			self.assert_refused(stored.save)
			self.assert_refused(lambda: frappe.delete_doc("School Year Rollover", step.name))

	def test_a_row_without_name_is_refused(self):
		step = self.propose()
		with self.as_user(person("academic")):
			row = next(row for row in step.classes if row.school_class == self.first.name)
			row.new_title = ""
			self.assert_refused(step.save)

	def test_state_is_not_typed(self):
		with self.as_user(person("academic")):
			step = frappe.get_doc(
				{"doctype": "School Year Rollover", "from_year": YEAR, "status": "Done", "moved": 9}
			).insert()
		self.assertEqual((step.status, step.moved), ("Draft", None))

	def test_only_those_who_keep_the_roster_carry_it_out(self):
		step = self.propose()
		for key in ("office", "class_teacher", "psychologist", "leader", "monitor", "auditor"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(step.carry_out)
