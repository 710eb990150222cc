import frappe

from crisis_intervention.early_warning.contacts import contactable
from crisis_intervention.early_warning.roster.picking import students
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	make_warning_report,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase

FATHER = {"person_name": "林父", "relation": "Father", "contact_order": 2}
MOTHER = {"person_name": "林母", "relation": "Mother", "contact_order": 1}
BARRED = {
	"person_name": "林舅",
	"relation": "Other",
	"contact_order": 1,
	"do_not_contact": 1,
	"do_not_contact_reason": "法院保护令",
}


class TestContactable(CrisisTestCase):
	def names(self, student):
		return [contact.person_name for contact in contactable(student)]

	def test_in_order_and_without_whom_the_school_must_not_call(self):
		student = make_student_profile(contact_persons=[FATHER, BARRED, MOTHER])
		self.assertEqual(self.names(student.name), ["林母", "林父"])

	def test_person_of_concern_without_account_is_left_out(self):
		student = make_student_profile(contact_persons=[FATHER, MOTHER])
		case = make_student_case(student=student.name)
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Student Case", case.name)
			stored.append("persons_of_concern", {"person_name": "林父", "reason": "学生述说受到其伤害"})
			stored.save()
		self.assertEqual(self.names(student.name), ["林母"])

	def test_nobody_when_a_guardian_is_suspected(self):
		student = make_student_profile(contact_persons=[FATHER, MOTHER])
		make_warning_report(student=student.name, guardian_suspected=1)
		self.assertEqual(self.names(student.name), [])


class TestPicking(CrisisTestCase):
	def found(self, txt):
		return [tuple(row) for row in students("Student Profile", txt, "name", 0, 20, {})]

	def test_staff_pick_any_student_by_name_number_or_class(self):
		mark = frappe.generate_hash(length=8)
		school_class = make_school_class(title=f"班{mark}", class_teacher=person("class_teacher2"))
		student = make_student_profile(school_class=school_class.name, student_name=f"林{mark}")
		make_student_profile(school_class=school_class.name, status="Withdrawn")
		expected = [(student.name, student.student_name, school_class.title)]
		for key in ("subject_teacher", "class_teacher", "academic", "security"):
			with self.subTest(key=key), self.as_user(person(key)):
				for txt in (student.student_name, student.student_number, school_class.title):
					self.assertEqual(self.found(txt), expected)

	def test_nobody_else_picks(self):
		for key in ("monitor", "administrator", "auditor"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(lambda: self.found("林"), frappe.PermissionError)
