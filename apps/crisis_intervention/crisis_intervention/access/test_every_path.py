"""A person of concern and whoever customises come to a record by no path; whoever may read it by each."""

import frappe

from crisis_intervention.access import cards, roles
from crisis_intervention.access.protected import CASE_DOCTYPES, LEDGER_DOCTYPES, row_ruled
from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.tests import walking
from crisis_intervention.tests.factories import (
	make_student_case,
	make_user,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_customising import customiser
from crisis_intervention.tests.utils import CrisisTestCase

NO_CASES = frozenset(("System Manager", "Script Manager", roles.ADMINISTRATOR, roles.AUDITOR, "All", "Guest"))
# Child tables of the roster, open to all staff.
OF_THE_ROSTER = frozenset(("School Class Monitor",))
# A class monitor's or an auditor's role adds nothing to those of the team.
EVERYTHING = tuple(role for role in roles.ALL_ROLES if role not in (roles.MONITOR, roles.AUDITOR))


class EveryPathTestCase(CrisisTestCase):
	"""A student with a record of every kind, somebody who reads all of them and somebody who is barred."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.set_user("Administrator")
		cls.reader = make_user("all-roles@crisis.example.com", *EVERYTHING)
		cls.barred = make_user("all-roles-barred@crisis.example.com", *EVERYTHING)
		case = make_student_case()
		cls.bar(case)
		cls.records = {
			doctype: case.name
			if doctype == "Student Case"
			else walking.planted(doctype, case.student, case.name)
			for doctype in walking.doctypes_of_students()
		}
		for doctype, name in cls.records.items():
			walking.hang_on(doctype, name)
		cls.case = case

	@classmethod
	def bar(cls, case):
		"""Name who is barred, in the case."""
		name_of_concern(case, cls.barred)

	def walk(self, user, check):
		"""Ask for every record by every path as a user."""
		with self.as_user(user):
			for doctype, name in self.records.items():
				for title, (path, holds) in walking.PATHS.items():
					with self.subTest(doctype=doctype, path=title):
						check(doctype, name, title, holds, walking.answers(path, doctype, name))

	def assert_silent(self, doctype, name, title, holds, answer):
		self.assertNotIn(walking.SECRET, answer)
		self.assertNotIn(f'"{name}"', answer)
		self.assertNotIn('"one"', answer)
		if holds == walking.PRINTED:
			self.assertEqual(answer, "")


class ShutsOut:
	"""What holds for who is barred, wherever he is named."""

	def test_person_of_concern_comes_to_it_by_no_path(self):
		self.walk(self.barred, self.assert_silent)

	def test_person_of_concern_is_shut_out_whatever_he_asks_to_do(self):
		for doctype, name in self.records.items():
			for ptype in ("read", "write", "print", "email", "export", "report", "share", "submit", "delete"):
				with self.subTest(doctype=doctype, ptype=ptype):
					self.assertFalse(frappe.has_permission(doctype, ptype, name, user=self.barred))


class TestEveryPath(ShutsOut, EveryPathTestCase):
	def test_who_customises_comes_to_it_by_no_path(self):
		for user in (customiser(), person("administrator")):
			self.walk(user, self.assert_silent)

	def test_who_may_read_comes_to_it_by_each_path(self):
		"""Without this the other tests would also pass with a path that is broken."""
		self.walk(self.reader, self.assert_told)

	def assert_told(self, doctype, name, title, holds, answer):
		if doctype not in CASE_DOCTYPES or not frappe.has_permission(doctype, "read", name):
			return
		expected = {walking.CODE: name, walking.COUNTED: '"one"'}.get(holds)
		if expected and title != "next record":
			self.assertIn(expected, answer)
		if holds == walking.PRINTED and frappe.has_permission(doctype, "print", name):
			self.assertIn("<", answer)
		if title in ("timeline", "files"):
			self.assertIn(walking.SECRET, answer)

	def test_numbers_of_the_workspace_leave_his_students_out(self):
		methods = [value for value in vars(cards).values() if callable(value) and value in frappe.whitelisted]
		self.assertTrue(methods)
		numbers = {}
		for user in (self.reader, self.barred):
			with self.as_user(user):
				numbers[user] = {method.__name__: method()["value"] for method in methods}
		self.assertLess(numbers[self.barred]["open_cases"], numbers[self.reader]["open_cases"])
		for title, number in numbers[self.barred].items():
			with self.subTest(title=title):
				self.assertLessEqual(number, numbers[self.reader][title])

	def test_files_of_cases_are_stored_under_codes(self):
		report = self.records["Warning Report"]
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "王小明的遗书.JPG",
				"content": "x",
				"attached_to_doctype": "Warning Report",
				"attached_to_name": report,
			}
		).insert()
		self.assertRegex(file.file_name, rf"^{report}-[2-9A-Z]{{6}}\.jpg$")
		self.assertNotIn("王小明", file.file_url)
		comments = frappe.get_all("Comment", {"reference_name": report}, pluck="content")
		self.assertNotIn("王小明", "".join(comment or "" for comment in comments))
		plain = frappe.get_doc({"doctype": "File", "file_name": "课程表.txt", "content": "x"}).insert()
		self.assertIn("课程表", plain.file_name)


class TestEveryPathOfWarning(ShutsOut, EveryPathTestCase):
	"""Named in a warning only, before anybody assessed the student, he is shut out as by a case."""

	@classmethod
	def bar(cls, case):
		make_warning_report(student=case.student, suspected_harm=1, persons_of_concern=[{"user": cls.barred}])
		frappe.db.delete("Person Of Concern", {"parenttype": "Student Case", "parent": case.name})


class TestNothingIsForgotten(CrisisTestCase):
	"""What every DocType must have, so that a new one cannot be left open by an oversight."""

	def test_whatever_names_a_student_or_a_case_has_a_row_rule(self):
		for doctype in walking.doctypes_of_students():
			with self.subTest(doctype=doctype):
				self.assertIn(doctype, row_ruled())
				self.assertIn(doctype, frappe.get_hooks("has_permission"))

	def test_child_tables_of_cases_have_a_row_rule(self):
		tables = {
			field.options
			for doctype in CASE_DOCTYPES
			for field in frappe.get_meta(doctype).get_table_fields()
		}
		tables |= set(walking.tables_of_students())
		self.assertEqual(sorted(tables - row_ruled() - OF_THE_ROSTER), [])

	def test_whatever_is_about_a_student_is_protected(self):
		known = {*CASE_DOCTYPES, *LEDGER_DOCTYPES}
		self.assertEqual(sorted(set(walking.doctypes_of_students()) - known), [])

	def test_readings_of_every_case_doctype_are_logged(self):
		from frappe.model.base_document import get_controller

		for doctype in CASE_DOCTYPES:
			with self.subTest(doctype=doctype):
				self.assertTrue(issubclass(get_controller(doctype), ReadLogged))

	def test_rights_and_history_of_every_case_doctype(self):
		for doctype in CASE_DOCTYPES:
			meta = frappe.get_meta(doctype)
			with self.subTest(doctype=doctype):
				self.assertFalse(meta.track_changes)
				self.assertFalse(meta.in_global_search if hasattr(meta, "in_global_search") else 0)
				self.assertFalse({row.role for row in meta.permissions} & NO_CASES)
				self.assertFalse(
					[row.role for row in meta.permissions if row.delete or row.share or row.email]
				)
