import frappe

from crisis_intervention.early_warning.doctype.roster_import.roster_import import download_template
from crisis_intervention.early_warning.roster.applying import run, take_over
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.utils import CrisisTestCase

HEAD = "学号,姓名,年级,班级,性别,住宿,班主任,家长1姓名,家长1关系,家长1电话"
YEAR = 2026


class TestRosterImport(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.mark = frappe.generate_hash(length=6).upper()
		self.title = f"高一（{self.mark}）班"

	def line(self, number, name="林一", gender="女", phone="13900000001", **values):
		teacher = values.get("teacher", "")
		title = values.get("title", self.title)
		return f"{self.mark}{number},{name},高一,{title},{gender},住校,{teacher},林父,父亲,{phone}"

	def make(self, *lines, by="academic", encoding="utf-8", head=HEAD):
		content = "\n".join((head, *lines)).encode(encoding)
		with self.as_user(person(by)):
			file = frappe.get_doc(
				{"doctype": "File", "file_name": "高一名册.csv", "content": content, "is_private": 1}
			).insert()
			return frappe.get_doc({"doctype": "Roster Import", "year": YEAR, "sheet": file.file_url}).insert()

	def check(self, *lines, **options):
		doc = self.make(*lines, **options)
		with self.as_user(person("academic")):
			doc.check_sheet()
		return doc

	def bring(self, *lines, **options):
		doc = self.check(*lines, **options)
		with self.as_user(person("academic")):
			take_over(doc.name)
		return frappe.get_doc("Roster Import", doc.name)

	def student(self, number):
		return frappe.get_doc("Student Profile", {"student_number": f"{self.mark}{number}"})

	def test_check_counts_names_every_bad_row_and_stores_nothing(self):
		doc = self.check(
			self.line(1),
			self.line(2, gender="无此值"),
			self.line(1, name="林二"),
			self.line(4, teacher="nobody@example.com"),
			self.line(5),
			",无学号,高一,x,女,住校,,,,",
		)
		self.assertEqual((doc.total, doc.good, doc.bad, doc.added, doc.new_classes), (6, 2, 4, 2, 1))
		rows = {row.row_number for row in doc.problems}
		self.assertEqual(rows, {3, 4, 5, 6, 7})
		self.assertEqual(doc.same_names, 1)
		self.assertFalse(frappe.db.exists("Student Profile", {"student_number": f"{self.mark}1"}))
		self.assertFalse(frappe.db.exists("School Class", {"title": self.title}))

	def test_students_classes_teachers_and_guardians_come_in(self):
		doc = self.bring(
			self.line(1, teacher=person("class_teacher")), self.line(2, name="林二", gender="男")
		)
		self.assertEqual((doc.status, doc.added, doc.progress), ("Done", 2, 100))
		student = self.student(1)
		self.assertEqual(
			(student.gender, student.lives_in, student.status), ("Female", "In Dormitory", "Enrolled")
		)
		school_class = frappe.get_doc("School Class", student.school_class)
		self.assertEqual((school_class.title, school_class.year), (self.title, YEAR))
		self.assertEqual(school_class.class_teacher, person("class_teacher"))
		contact = student.contact_persons[0]
		self.assertEqual((contact.person_name, contact.relation, contact.custody), ("林父", "Father", 1))

	def test_importing_again_updates_and_doubles_nothing(self):
		self.bring(self.line(1), self.line(2, name="林二"))
		student = self.student(1)
		student.contact_persons[0].do_not_contact = 1
		student.contact_persons[0].do_not_contact_reason = "法院禁止接触"
		student.save()
		again = self.check(self.line(1), self.line(2, name="林二"))
		self.assertEqual((again.added, again.updated, again.unchanged), (0, 0, 2))
		doc = self.bring(
			self.line(1, phone="13900000009"), self.line(2, name="林贰", title=self.title + "二")
		)
		self.assertEqual((doc.added, doc.updated), (0, 2))
		contact = self.student(1).contact_persons
		self.assertEqual([(row.phone, row.do_not_contact) for row in contact], [("13900000009", 1)])
		self.assertEqual(self.student(2).student_name, "林贰")
		self.assertEqual(frappe.db.count("Student Profile", {"student_number": ["like", f"{self.mark}%"]}), 2)

	def test_whoever_is_not_in_the_sheet_stays_and_is_counted(self):
		before = frappe.db.count("Student Profile", {"status": "Enrolled"})
		self.bring(self.line(1))
		doc = self.check(self.line(2, name="林二"))
		self.assertEqual(doc.missing, before + 1)
		self.assertEqual(self.student(1).status, "Enrolled")

	def test_sheets_as_schools_save_them(self):
		doc = self.check(self.line("１"), encoding="gb18030")
		self.assertEqual((doc.good, doc.bad), (1, 0))

	def test_an_empty_cell_leaves_what_there_is(self):
		self.bring(self.line(1))
		short = "学号,姓名,年级,班级"
		self.bring(f"{self.mark}1,林一,高一,{self.title}", head=short)
		self.assertEqual(self.student(1).lives_in, "In Dormitory")

	def test_the_file_is_private_and_bears_the_code_of_the_import(self):
		doc = self.make(self.line(1))
		file = frappe.get_doc("File", {"attached_to_name": doc.name})
		self.assertTrue(file.is_private)
		self.assertTrue(file.file_name.startswith(doc.name))
		self.assertFalse(frappe.db.exists("File", {"file_name": "高一名册.csv"}))

	def test_a_failing_import_is_logged_without_content(self):
		doc = self.check(self.line(1))
		frappe.db.set_value("Roster Import", doc.name, "sheet", "/private/files/gone.csv")
		with self.as_user(person("academic")):
			run(doc.name)
		self.assertEqual(frappe.db.get_value("Roster Import", doc.name, "status"), "Failed")
		logged = frappe.get_all("Error Log", {"method": ["like", f"%{doc.name}%"]}, ["method", "error"])
		self.assertTrue(logged)
		self.assertNotIn("林一", str(logged))

	def test_numbers_and_state_are_not_typed(self):
		doc = self.make(self.line(1))
		with self.as_user(person("academic")):
			doc.status, doc.good = "Checked", 99
			doc.save()
			self.assertEqual((doc.status, doc.good), ("New", 0))
			self.assert_refused(doc.take_over)

	def test_only_those_who_keep_the_roster_import_it(self):
		doc = self.make(self.line(1))
		for key in ("psychologist", "class_teacher", "subject_teacher", "leader", "monitor", "auditor"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertFalse(frappe.has_permission("Roster Import", "read", doc=doc))
				self.assert_refused(doc.check_sheet)
				self.assert_refused(download_template)

	def test_template_names_the_columns_in_chinese(self):
		with self.as_user(person("academic")):
			download_template()
		heads = frappe.response["filecontent"].decode("utf-8-sig").strip().split(",")
		self.assertEqual(heads[:4], ["学号", "姓名", "年级", "班级"])
