import gzip

import frappe

from crisis_intervention.crisis_plan.dispatch.sending import send_queued
from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.tests import confidentiality
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	make_student_profile,
	make_warning_report,
	person,
)


class TestConfidentiality(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.student = make_student_profile(student_name="欧阳若溪")
		self.report = make_warning_report(
			student=self.student.name, signals=("S101",), description="在作文里写到不想活"
		)

	def leaks(self):
		with self.assertRaises(AssertionError) as raised:
			assert_nothing_leaks(self)
		return str(raised.exception)

	def test_report_assessment_and_feedback_leak_nothing(self):
		assessment = make_risk_assessment(student=self.student.name, warning_report=self.report.name)
		make_case_feedback(assessment)
		send_queued()
		self.assertTrue(frappe.get_all("Notification Log", limit=1))
		assert_nothing_leaks(self, names=[person("subject_teacher") + " said"])

	def test_name_in_a_log_is_found(self):
		frappe.log_error(title="Failure", message="while saving 欧阳若溪")
		self.assertIn("Error Log", self.leaks())

	def test_it_is_found_in_each_log_that_others_read(self):
		for values in (
			{"doctype": "Activity Log", "subject": "欧阳若溪", "user": "Administrator"},
			{
				"doctype": "Deleted Document",
				"deleted_doctype": "ToDo",
				"deleted_name": "x",
				"data": "欧阳若溪",
			},
			{"doctype": "Prepared Report", "report_name": "x", "filters": "欧阳若溪"},
			{"doctype": "Scheduled Job Log", "details": "欧阳若溪"},
			{"doctype": "Notification Log", "subject": "欧阳若溪", "for_user": "Administrator"},
		):
			with self.subTest(log=values["doctype"]):
				frappe.db.savepoint("log")
				row = frappe.get_doc(values)
				row.name = frappe.generate_hash(length=10)
				row.creation = row.modified = frappe.utils.now()
				row.db_insert()
				self.assertIn(values["doctype"], self.leaks())
				frappe.db.rollback(save_point="log")

	def test_it_is_found_in_the_result_of_a_prepared_report(self):
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "result.json.gz",
				"content": gzip.compress("[['欧阳若溪']]".encode()),
				"attached_to_doctype": "Prepared Report",
				"attached_to_name": "x",
				"is_private": 1,
			}
		).insert(ignore_permissions=True)
		self.assertIn("Content of File", self.leaks())

	def test_the_beginning_of_what_somebody_wrote_is_found(self):
		frappe.log_error(title="Failure", message="在作文里写到不想…")
		self.assertIn("Error Log", self.leaks())

	def test_free_text_in_a_mail_is_found_although_it_travels_encoded(self):
		frappe.get_doc(
			{
				"doctype": "Email Queue",
				"sender": "school@example.com",
				"status": "Not Sent",
				"recipients": [{"recipient": "a@example.com"}],
				"message": "Subject: =?utf-8?b?5qyn6Ziz6Iul5rqq?=\n\nhello",
			}
		).insert(ignore_permissions=True)
		self.assertIn("Email Queue", self.leaks())

	def test_file_name_is_found(self):
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "欧阳若溪.txt",
				"content": "x",
				"attached_to_doctype": "Student Profile",
				"attached_to_name": self.student.name,
			}
		).insert(ignore_permissions=True)
		assert_nothing_leaks(self)
		frappe.db.set_value("File", {"file_name": "欧阳若溪.txt"}, {"attached_to_doctype": "Warning Report"})
		self.assertIn("File", self.leaks())

	def test_scan_knows_what_people_wrote(self):
		found = confidentiality.secret_texts(["外加"])
		self.assertLessEqual(
			{"欧阳若溪", "在作文里写到不想活", "外加", self.student.student_number, "一级响应（紧急）"}, found
		)
