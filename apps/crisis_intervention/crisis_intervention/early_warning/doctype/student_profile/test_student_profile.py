import frappe
from frappe.client import get_list as client_get_list

from crisis_intervention.access.search import search_link
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	name_of_concern,
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
		with self.as_user(person("class_teacher")):
			self.assertIn("20269003", str(search_link(doctype="Student Profile", txt="20269003")))

	def test_whose_students_a_person_sees(self):
		student = make_student_profile()
		everybody = {"leader", "member", "office", "school_leader", "psychologist", "psychologist2", "doctor"}
		readers = {*everybody, "administrator", "academic", "class_teacher"}
		for key in (*readers, "class_teacher2", "subject_teacher", "security", "monitor", "auditor"):
			with self.subTest(key=key):
				allowed = frappe.has_permission("Student Profile", "read", student.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_contact_persons_are_listed_by_whoever_cares_for_the_student(self):
		school_class = make_class_with_monitor()
		student = make_student_profile(
			school_class=school_class.name, contact_persons=[{"person_name": "林母", "relation": "Mother"}]
		)
		for key, number in (("class_teacher", 1), ("class_teacher2", 0), ("monitor", 0), ("doctor", 1)):
			with self.subTest(key=key), self.as_user(person(key)):
				rows = client_get_list(
					"Student Contact Person", filters={"parent": student.name}, parent="Student Profile"
				)
				self.assertEqual(len(rows), number)

	def test_person_of_concern_is_shut_out_of_the_student(self):
		case = make_student_case()
		name_of_concern(case, person("class_teacher"))
		with self.as_user(person("class_teacher")):
			self.assertFalse(frappe.has_permission("Student Profile", "read", case.student))
			self.assertNotIn(case.student, frappe.get_list("Student Profile", pluck="name"))
