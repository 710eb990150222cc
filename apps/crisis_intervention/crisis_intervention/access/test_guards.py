import frappe
from frappe.share import add as share

from crisis_intervention.tests.factories import (
	make_student_case,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestGuards(CrisisTestCase):
	def assign(self, doctype, name, user):
		return frappe.get_doc(
			{
				"doctype": "ToDo",
				"description": name,
				"reference_type": doctype,
				"reference_name": name,
				"allocated_to": user,
			}
		).insert(ignore_permissions=True)

	def test_records_of_a_case_are_not_shared(self):
		case = make_student_case()
		for user in (person("leader"), "Administrator"):
			with self.subTest(user=user), self.as_user(user):
				self.assert_refused(
					lambda: share("Student Case", case.name, person("subject_teacher"), read=1)
				)
		self.assert_refused(lambda: share("Student Case", case.name, everyone=1, read=1))
		self.assertFalse(frappe.db.exists("DocShare", {"share_name": case.name}))

	def test_assignment_goes_only_to_who_may_read(self):
		case = make_student_case()
		self.assertTrue(self.assign("Student Case", case.name, person("class_teacher")).name)
		self.assert_refused(lambda: self.assign("Student Case", case.name, person("subject_teacher")))
		name_of_concern(case, person("office"))
		self.assert_refused(lambda: self.assign("Student Case", case.name, person("office")))

	def test_other_documents_are_assigned_as_ever(self):
		note = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
		self.assertTrue(self.assign("ToDo", note.name, person("subject_teacher")).name)

	def test_file_of_a_report_is_private_and_names_nobody(self):
		report = make_warning_report()
		with self.as_user(person("subject_teacher")):
			file = frappe.get_doc(
				{
					"doctype": "File",
					"file_name": "note.txt",
					"content": "x",
					"is_private": 0,
					"attached_to_doctype": "Warning Report",
					"attached_to_name": report.name,
				}
			).insert()
		self.assertEqual(file.is_private, 1)
		self.assertEqual(frappe.db.get_value("File", file.name, "owner"), "Administrator")

	def test_lists_of_followers_stay_empty(self):
		if not frappe.db.table_exists("Document Follow"):
			self.skipTest("the host follows no documents")
		case = make_student_case()
		follow = frappe.get_doc(
			{
				"doctype": "Document Follow",
				"ref_doctype": "Student Case",
				"ref_docname": case.name,
				"user": person("leader"),
			}
		)
		self.assert_refused(lambda: follow.insert(ignore_permissions=True))
