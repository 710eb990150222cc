import frappe

from crisis_intervention.early_warning.screening.importing import run, take_over
from crisis_intervention.tests.factories import make_student_profile, person
from crisis_intervention.tests.factories_screening import (
	consent_of,
	make_free_instrument,
	make_screening_campaign,
	make_screening_import,
	number_of,
	sheet_of,
	students_of,
	workbook_of,
)
from crisis_intervention.tests.utils import CrisisTestCase

RESULT = "Screening Result"


class TestScreeningImport(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.campaign = make_screening_campaign(students=4)
		self.students = students_of(self.campaign)
		self.numbers = [number_of(student) for student in self.students]

	def rows(self, *scores):
		return [[number, score, "否"] for number, score in zip(self.numbers, scores, strict=False)]

	def imported(self, content, name="成绩.csv"):
		"""Check and take over as the psychology teacher; return the import."""
		doc = make_screening_import(self.campaign, content, name=name)
		with self.as_user(person("psychologist")):
			doc.check_sheet()
			take_over(doc.name)
		return frappe.get_doc("Screening Import", doc.name)

	def stored(self, student):
		return frappe.get_doc(RESULT, {"campaign": self.campaign.name, "student": student})

	def test_preview_names_every_bad_row_and_writes_no_result(self):
		with self.as_user(person("psychologist")):
			consent = consent_of(self.campaign, self.students[3])
			consent.withdrawn_by = "Guardian"
			consent.save()
		stranger = make_student_profile(student_number="N" + frappe.generate_hash(length=8))
		first, second, third, fourth = self.numbers
		rows = [
			[first, 12, "否"],
			["无此人", 12, "否"],
			[second, 99, "否"],
			[first, 13, "否"],
			[stranger.student_number, 1, "否"],
			[fourth, 5, "是"],
			[third, "abc", "否"],
		]
		doc = make_screening_import(self.campaign, sheet_of(rows))
		with self.as_user(person("psychologist")):
			counts = doc.check_sheet()
		self.assertEqual((counts["total"], counts["good"], counts["bad"], counts["critical"]), (7, 1, 6, 0))
		self.assertEqual([row.row_number for row in doc.problems], [3, 4, 5, 6, 7, 8])
		self.assertIn("无此人", doc.problems[0].problem)
		self.assertFalse(frappe.db.exists(RESULT, {"campaign": self.campaign.name}))

	def test_good_rows_are_taken_over_and_again_changes_nothing(self):
		content = sheet_of(self.rows(3, 25, 7, 8))
		doc = self.imported(content)
		self.assertEqual((doc.status, doc.progress), ("Done", 100))
		self.assertEqual((doc.added, doc.updated, doc.unchanged), (4, 0, 0))
		self.campaign.reload()
		self.assertEqual((self.campaign.tested, self.campaign.coverage, self.campaign.flagged), (4, 100, 1))
		before = self.stored(self.students[1])
		self.assertEqual((before.score, before.flagged, before.source), (25, 1, doc.name))
		again = self.imported(content)
		self.assertEqual((again.added, again.updated, again.unchanged), (0, 0, 4))
		self.assertEqual(self.stored(self.students[1]).modified, before.modified)

	def test_changed_row_is_a_correction(self):
		self.imported(sheet_of(self.rows(3)))
		again = self.imported(sheet_of(self.rows(4)))
		self.assertEqual((again.added, again.updated), (0, 1))
		row = self.stored(self.students[0]).corrections[0]
		self.assertEqual((row.fieldname, row.old_value, row.new_value), ("score", "3.0", "4.0"))
		self.assertIn(again.name, row.reason)

	def test_critical_rows_call_a_person_at_once_also_during_an_import(self):
		rows = self.rows(3, 4, 5)
		rows[1][2] = "是"
		self.imported(workbook_of(rows), name="成绩.xlsx")
		critical, calm = self.stored(self.students[1]), self.stored(self.students[0])
		duty = {"rule": "11-CRITICAL", "state": "Open"}
		self.assertTrue(frappe.db.exists("Duty", {**duty, "reference_name": critical.name}))
		self.assertFalse(frappe.db.exists("Duty", {**duty, "reference_name": calm.name}))
		again = self.rows(3)
		again[0][2] = "是"
		self.imported(sheet_of(again))
		self.assertTrue(frappe.db.exists("Duty", {**duty, "reference_name": calm.name}))

	def test_a_sheet_never_takes_a_critical_item_back(self):
		rows = self.rows(3)
		rows[0][2] = "是"
		self.imported(sheet_of(rows))
		again = self.imported(sheet_of(self.rows(3)))
		self.assertEqual(again.unchanged, 1)
		self.assertEqual(self.stored(self.students[0]).critical_item, 1)

	def test_items_come_in_where_the_licence_allows(self):
		self.campaign = make_screening_campaign(students=1, instrument=make_free_instrument().name)
		self.students = students_of(self.campaign)
		number = number_of(self.students[0])
		self.imported(sheet_of([[number, 9, 2]], header=("学号", "总分", "第9题")))
		stored = self.stored(self.students[0])
		self.assertEqual((stored.critical_item, stored.scores[0].part, stored.scores[0].value), (1, "Q9", 2))

	def test_scales_of_bulk_rows_are_stored_and_compared(self):
		content = sheet_of([[self.numbers[0], 9, 6]], header=("学号", "总分", "情绪"))
		self.imported(content)
		stored = self.stored(self.students[0])
		self.assertEqual([(row.part, row.kind, row.value) for row in stored.scores], [("S1", "Scale", 6)])
		self.assertEqual(self.imported(content).unchanged, 1)

	def test_consent_withdrawn_after_the_preview_counts(self):
		doc = make_screening_import(self.campaign, sheet_of(self.rows(3, 4)))
		with self.as_user(person("psychologist")):
			doc.check_sheet()
			consent = consent_of(self.campaign, self.students[0])
			consent.withdrawn_by = "Student"
			consent.save()
			self.assertEqual(take_over(doc.name)["added"], 1)
		self.assertFalse(frappe.db.exists(RESULT, {"student": self.students[0]}))

	def test_sheet_is_kept_private_under_a_name_that_says_nothing(self):
		doc = make_screening_import(self.campaign, sheet_of(self.rows(3)), name="高一3班林一.csv")
		files = frappe.get_all(
			"File", {"attached_to_name": doc.name}, ["file_name", "is_private", "file_url"]
		)
		self.assertEqual(len(files), 1)
		self.assertTrue(files[0].file_name.startswith(doc.name))
		self.assertEqual((files[0].is_private, files[0].file_url), (1, doc.sheet))
		self.assertIn(doc.name, files[0].file_url)
		self.assertFalse(frappe.db.exists("File", {"file_name": ["like", "%林一%"]}))
		self.assertFalse(frappe.db.exists("Deleted Document", {"data": ["like", "%林一%"]}))

	def test_numbers_come_from_the_sheet(self):
		doc = make_screening_import(self.campaign, sheet_of(self.rows(3)))
		with self.as_user(person("psychologist")):
			doc.update({"status": "Checked", "good": 99})
			doc.save()
			self.assertEqual((doc.status, doc.good), ("New", 0))
			self.assert_refused(doc.take_over)
			doc.check_sheet()
			self.assertEqual(doc.take_over(), "Running")
			self.assert_refused(doc.take_over)

	def test_failure_is_noted_by_code_only(self):
		doc = make_screening_import(self.campaign, sheet_of(self.rows(3)))
		frappe.db.set_value("Screening Campaign", self.campaign.name, "status", "Closed")
		with self.as_user(person("psychologist")):
			run(doc.name)
		self.assertEqual(frappe.db.get_value("Screening Import", doc.name, "status"), "Failed")
		log = frappe.get_last_doc("Error Log")
		self.assertIn(doc.name, log.error)
		self.assertNotIn(self.numbers[0], log.error)

	def test_who_imports_and_who_reads_bad_rows(self):
		doc = make_screening_import(self.campaign, sheet_of(self.rows(3)))
		readers = {"psychologist", "leader"}
		for key in (*readers, "psychologist2", "class_teacher", "office", "administrator", "auditor"):
			with self.subTest(key=key):
				allowed = frappe.has_permission("Screening Import", "read", doc.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)
		with self.as_user(person("class_teacher")):
			values = {"doctype": "Screening Import", "campaign": self.campaign.name, "sheet": "/files/x.csv"}
			self.assert_refused(frappe.get_doc(values).insert, frappe.PermissionError)
