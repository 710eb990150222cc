"""Row rules as a property: for every role and DocType, all ways to ask give the same yes or no."""

import frappe
from frappe.client import get as client_get
from frappe.client import get_list as client_get_list
from frappe.utils import nowdate

from crisis_intervention.access.counts import get_count
from crisis_intervention.access.protected import CASE_DOCTYPES, row_ruled
from crisis_intervention.access.search import search_link
from crisis_intervention.tests.factories import (
	PEOPLE,
	make_case_feedback,
	make_risk_assessment,
	make_risk_assessment_clinical_record,
	make_school_class,
	make_student_profile,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase

DOCTYPES = (*CASE_DOCTYPES, "Student Profile", "School Class", "Case Read Log", "Duty", "Risk Level")

# Who reads which matter: the first belongs to class_teacher and psychologist, reported by the subject
# teacher; the second to class_teacher2 and psychologist2, reported by the doctor.
EXPECTED = {
	"Warning Report": (
		{"leader", "member", "office", "school_leader", "psychologist", "psychologist2"},
		{"class_teacher", "subject_teacher"},
		{"class_teacher2", "doctor"},
	),
	"Student Case": (
		{"leader", "member", "office", "school_leader"},
		{"psychologist", "class_teacher"},
		{"psychologist2", "class_teacher2"},
	),
	"Risk Assessment": (
		{"leader", "member", "office", "school_leader"},
		{"psychologist", "class_teacher"},
		{"psychologist2", "class_teacher2"},
	),
	"Risk Assessment Clinical Record": ({"leader"}, {"psychologist"}, {"psychologist2"}),
}


class TestRowRules(CrisisTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.first = cls.make_matter("class_teacher", "psychologist", "subject_teacher")
		cls.second = cls.make_matter("class_teacher2", "psychologist2", "doctor")

	@classmethod
	def make_matter(cls, teacher, psychologist, reporter):
		monitors = [{"user": person("monitor"), "from_date": nowdate()}] if teacher == "class_teacher" else []
		school_class = make_school_class(
			class_teacher=person(teacher), psychology_teacher=person(psychologist), monitors=monitors
		)
		student = make_student_profile(school_class=school_class.name)
		report = make_warning_report(by=person(reporter), student=student.name)
		assessment = make_risk_assessment(
			by=person(psychologist), student=student.name, warning_report=report.name, submit=False
		)
		clinical = make_risk_assessment_clinical_record(assessment)
		frappe.set_user(person(psychologist))
		assessment.submit()
		frappe.set_user("Administrator")
		make_case_feedback(assessment)
		return {
			"Warning Report": report.name,
			"Risk Assessment": assessment.name,
			"Risk Assessment Clinical Record": clinical.name,
			"Student Case": assessment.student_case,
		}

	def listed(self, doctype):
		"""Return the codes of a list, None when the DocType is closed to the user."""
		try:
			return set(frappe.get_list(doctype, pluck="name", limit_page_length=0))
		except frappe.PermissionError:
			frappe.clear_messages()
			return None

	def readable(self, doctype, name):
		try:
			client_get(doctype, name)
		except frappe.PermissionError:
			frappe.clear_messages()
			return False
		return True

	def found(self, doctype, name):
		try:
			hits = search_link(doctype=doctype, txt=name, ignore_user_permissions=1)
		except frappe.PermissionError:
			frappe.clear_messages()
			return False
		return name in {hit["value"] for hit in hits}

	def test_all_ways_to_ask_agree(self):
		for key in PEOPLE:
			for doctype in DOCTYPES:
				with self.subTest(key=key, doctype=doctype):
					self.check(person(key), doctype)

	def check(self, user, doctype):
		everything = frappe.get_all(doctype, pluck="name", limit_page_length=0, order_by="creation desc")
		with self.as_user(user):
			listed = self.listed(doctype)
			allowed = {name for name in everything if frappe.has_permission(doctype, "read", name)}
			self.assertEqual(listed or set(), allowed)
			for name in everything[:8]:
				self.assertEqual(self.readable(doctype, name), name in allowed)
				self.assertEqual(self.found(doctype, name), name in allowed)
			if listed is None:
				with self.assertRaises(frappe.PermissionError):
					get_count(doctype)
			elif doctype in row_ruled():
				self.assertEqual(get_count(doctype), len(allowed))
				self.assertEqual(len(client_get_list(doctype, limit_page_length=0)), len(allowed))

	def test_who_reads_which_matter(self):
		for doctype, (both, of_first, of_second) in EXPECTED.items():
			for key in PEOPLE:
				for matter, readers in ((self.first, both | of_first), (self.second, both | of_second)):
					with self.subTest(doctype=doctype, key=key, matter=matter["Student Case"]):
						allowed = frappe.has_permission(doctype, "read", matter[doctype], user=person(key))
						self.assertEqual(bool(allowed), key in readers)

	def test_administrator_and_auditor_read_no_content(self):
		for key in ("administrator", "auditor"):
			for doctype in CASE_DOCTYPES:
				with self.subTest(key=key, doctype=doctype), self.as_user(person(key)):
					self.assertIsNone(self.listed(doctype))

	def test_monitor_reads_what_he_wrote_himself_only(self):
		own = make_warning_report(by=person("monitor"))
		with self.as_user(person("monitor")):
			listed = self.listed("Warning Report")
		self.assertIn(own.name, listed)
		self.assertFalse(listed & {self.first["Warning Report"], self.second["Warning Report"]})

	def test_class_teacher_does_not_correct_what_another_reported(self):
		with self.as_user(person("class_teacher")):
			doc = frappe.get_doc("Warning Report", self.first["Warning Report"])
			doc.description, doc.correction_reason = "没事", "改"
			self.assert_refused(doc.save, frappe.PermissionError)

	def test_person_of_concern_is_shut_out_of_everything(self):
		matter = self.make_matter("class_teacher", "psychologist", "member")
		case = frappe.get_doc("Student Case", matter["Student Case"])
		for key in ("class_teacher", "member", "psychologist", "office"):
			name_of_concern(case, person(key))
			with self.as_user(person(key)):
				for doctype, name in matter.items():
					with self.subTest(key=key, doctype=doctype):
						self.assertNotIn(name, self.listed(doctype) or ())
						self.assertFalse(self.readable(doctype, name))
						self.assertFalse(self.found(doctype, name))
						self.assertFalse(frappe.has_permission(doctype, "write", name))

	def test_rows_of_child_tables_follow_their_case(self):
		own, other = self.first["Student Case"], self.second["Student Case"]
		with self.as_user(person("class_teacher")):
			rows = client_get_list(
				"Level Change", fields=["name", "parent"], parent="Student Case", limit_page_length=0
			)
		parents = {row["parent"] for row in rows}
		self.assertIn(own, parents)
		self.assertNotIn(other, parents)

	def test_class_teacher_does_not_list_persons_of_concern(self):
		matter = self.make_matter("class_teacher", "psychologist", "doctor")
		name_of_concern(frappe.get_doc("Student Case", matter["Student Case"]), person("security"))
		for key, number in (("class_teacher", 0), ("leader", 1)):
			with self.subTest(key=key), self.as_user(person(key)):
				rows = client_get_list(
					"Person Of Concern",
					filters={"parent": matter["Student Case"]},
					parent="Student Case",
					limit_page_length=0,
				)
				self.assertEqual(len(rows), number)

	def test_leaked_docperm_opens_no_rows(self):
		user = person("administrator")
		frappe.permissions.add_permission("Student Case", "Crisis Administrator")
		try:
			with self.as_user(user):
				self.assertEqual(self.listed("Student Case"), set())
				self.assertFalse(frappe.has_permission("Student Case", "read", self.first["Student Case"]))
		finally:
			frappe.permissions.reset_perms("Student Case")
