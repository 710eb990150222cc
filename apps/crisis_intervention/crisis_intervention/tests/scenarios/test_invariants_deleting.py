"""Nothing of a case disappears, comes apart or becomes public: records, lines, files (art. 24.4, 24.6)."""

import json
from typing import Any

import frappe
from frappe.client import delete, delete_doc, set_value
from frappe.client import rename_doc as client_rename
from frappe.desk.reportview import delete_items

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_case_feedback, make_risk_assessment, person
from crisis_intervention.tests.factories_registry import (
	make_case_review,
	make_guardian_contact,
	make_intervention_plan,
	make_safety_plan,
	make_special_watch,
	make_student_with_family,
)
from crisis_intervention.tests.scenarios.attacks import AttackTestCase

ATTACKERS = ("class_teacher", "psychologist", "leader", "school_leader", "administrator")


class TestNothingDisappears(AttackTestCase):
	def setUp(self):
		super().setUp()
		for key in (*ATTACKERS, "subject_teacher"):
			person(key)
		self.student = make_student_with_family()
		with self.freeze_time(self.at("09:00")):
			self.report = self.report_at("09:00", by="class_teacher", signals=("S102",))
			assessment = make_risk_assessment(
				student=self.student.name, warning_report=self.report.name, level="L2"
			)
			self.case = frappe.get_doc("Student Case", assessment.student_case)
			self.records = [
				self.report,
				assessment,
				self.case,
				make_case_feedback(assessment),
				make_safety_plan(self.case),
				make_intervention_plan(self.case),
				make_case_review(self.case),
				make_special_watch(student=self.student.name),
				make_guardian_contact(self.student),
			]

	def attach(self, content: str = "诊断证明") -> Any:
		values = {
			"doctype": "File",
			"file_name": "证明.txt",
			"content": content,
			"is_private": 1,
			"attached_to_doctype": "Warning Report",
			"attached_to_name": self.report.name,
		}
		with self.acting("class_teacher", "10:00"):
			return frappe.get_doc(values).insert()

	def test_no_record_is_deleted_or_renamed_on_any_way(self):
		for doc in self.records:
			for key in ATTACKERS:
				with self.subTest(doctype=doc.doctype, key=key), self.acting(key, "10:00"):
					self.assert_refused(lambda d=doc: delete(d.doctype, d.name))
					self.assert_refused(lambda d=doc: delete_doc(d.doctype, d.name))
					self.assert_refused(lambda d=doc: client_rename(d.doctype, d.name, f"{d.name}-1"))
					self.attempt(lambda d=doc: self.delete_in_list(d))
			self.assert_refused(
				lambda d=doc: frappe.delete_doc(d.doctype, d.name, force=1, ignore_permissions=True)
			)
			self.assertTrue(frappe.db.exists(doc.doctype, doc.name))
		assert_nothing_leaks(self)

	def delete_in_list(self, doc: Any) -> None:
		frappe.local.form_dict = frappe._dict(doctype=doc.doctype, items=json.dumps([doc.name]))
		delete_items()

	def test_no_line_is_taken_out_of_a_record(self):
		for doctype, field in (
			("Student Case", "level_history"),
			("Case Feedback", "receipts"),
			("Guardian Contact", "attempts"),
			("Intervention Plan", "measures"),
		):
			(doc,) = [doc for doc in self.records if doc.doctype == doctype]
			lines = [row.name for row in doc.reload().get(field)]
			self.assertTrue(lines)
			for key in ("class_teacher", "psychologist", "leader"):
				with self.subTest(doctype=doctype, key=key), self.acting(key, "10:00"):
					self.attempt(
						lambda d=doc, f=field: frappe.client.save(self.sent(d.doctype, d.name, **{f: []}))
					)
					self.attempt(lambda d=doc, f=field, n=lines: delete(d.meta.get_field(f).options, n[0]))
			self.assertEqual([row.name for row in doc.reload().get(field)], lines)
		assert_nothing_leaks(self)

	def test_student_and_class_of_a_case_stay(self):
		for key in ("class_teacher", "administrator", "leader"):
			with self.subTest(key=key), self.acting(key, "10:00"):
				self.assert_refused(lambda: delete("Student Profile", self.student.name))
				self.assert_refused(lambda: delete("School Class", self.student.school_class))
		self.assertTrue(frappe.db.exists("Student Profile", self.student.name))
		assert_nothing_leaks(self)

	def test_file_of_a_case_is_not_deleted(self):
		file = self.attach()
		for key in (*ATTACKERS, "subject_teacher"):
			with self.subTest(key=key), self.acting(key, "10:05"):
				self.assert_refused(lambda: delete("File", file.name))
		self.assert_refused(lambda: frappe.delete_doc("File", file.name, force=1, ignore_permissions=True))
		self.assertTrue(frappe.db.exists("File", file.name))
		assert_nothing_leaks(self, names=["诊断证明"])

	def test_file_of_a_case_stays_private_and_where_it_is(self):
		file = self.attach()
		for key in ATTACKERS:
			for values in (
				{"is_private": 0},
				{"attached_to_doctype": "ToDo", "attached_to_name": "x"},
				{"attached_to_doctype": None, "attached_to_name": None},
				{"file_name": "林一诊断.txt"},
			):
				with self.subTest(key=key, **values), self.acting(key, "10:05"):
					self.attempt(lambda v=values: set_value("File", file.name, v))
					self.attempt(lambda v=values: frappe.get_doc("File", file.name).update(v).save())
		stored = frappe.get_doc("File", file.name)
		self.assertEqual(
			(stored.is_private, stored.attached_to_doctype, stored.attached_to_name, stored.file_name),
			(1, "Warning Report", self.report.name, file.file_name),
		)
		self.assertTrue(stored.file_url.startswith("/private/files/"))
		assert_nothing_leaks(self, names=["诊断证明"])
