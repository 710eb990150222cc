import frappe

from crisis_intervention.access.search import search_link
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	person,
)
from crisis_intervention.tests.factories_reports import make_class_with_monitor
from crisis_intervention.tests.utils import CrisisTestCase


class TestStudentProfile(CrisisTestCase):
	def test_code_holds_neither_name_nor_number(self):
		student = make_student_profile(student_name="林小溪", student_number="20269001")
		self.assertRegex(student.name, r"^ST-[2-9A-Z]{7}$")

	def test_student_number_is_unique(self):
		make_student_profile(student_number="20269002")
		self.assert_refused(
			lambda: make_student_profile(student_number="20269002"), frappe.UniqueValidationError
		)

	def test_who_must_not_be_contacted_needs_a_reason(self):
		contact = {"person_name": "林父", "relation": "Father", "do_not_contact": 1}
		self.assert_refused(lambda: make_student_profile(contact_persons=[contact]))
		contact["do_not_contact_reason"] = "法院保护令"
		self.assertEqual(len(make_student_profile(contact_persons=[contact]).contact_persons), 1)

	def test_open_case_follows_into_another_class(self):
		case, other = make_student_case(), make_school_class(class_teacher=person("class_teacher2"))
		student = frappe.get_doc("Student Profile", case.student)
		student.school_class = other.name
		student.save()
		self.assertEqual(frappe.db.get_value("Student Case", case.name, "school_class"), other.name)
		with self.as_user(person("class_teacher")):
			self.assertFalse(frappe.has_permission("Student Case", "read", case.name))
		with self.as_user(person("class_teacher2")):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name))

	def test_subject_teacher_does_not_see_contacts_and_special_group(self):
		student = make_student_profile(
			special_group="Left Behind", contact_persons=[{"person_name": "林母", "relation": "Mother"}]
		)
		with self.as_user(person("subject_teacher")):
			seen = frappe.get_doc("Student Profile", student.name)
			seen.apply_fieldlevel_read_permissions()
		self.assertIsNone(seen.get("special_group"))
		self.assertFalse(seen.get("contact_persons"))
		self.assertEqual(seen.student_name, student.student_name)

	def test_monitor_sees_the_names_of_the_own_class_and_nothing_else(self):
		school_class = make_class_with_monitor()
		student = make_student_profile(
			school_class=school_class.name, student_number="20269003", status="On Leave", gender="Female"
		)
		other = make_student_profile()
		with self.as_user(person("monitor")):
			found = search_link(doctype="Student Profile", txt="")
			seen = frappe.get_doc("Student Profile", student.name)
			seen.apply_fieldlevel_read_permissions()
			(row,) = frappe.get_list("Student Profile", filters={"name": student.name}, fields=["*"])
		self.assertIn(student.name, {hit["value"] for hit in found})
		self.assertNotIn(other.name, {hit["value"] for hit in found})
		self.assertEqual(seen.student_name, student.student_name)
		for place in (str(found), str(seen.as_dict()), str(row)):
			self.assertNotIn("20269003", place)
			self.assertNotIn("On Leave", place)
		with self.as_user(person("subject_teacher")):
			self.assertIn("20269003", str(search_link(doctype="Student Profile", txt="20269003")))
