import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.early_warning.observers import NEUTRAL_OWNER
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_student_profile,
	make_warning_report,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestWarningReport(CrisisTestCase):
	def test_report_gets_an_opaque_code_class_and_entry_time(self):
		student = make_student_profile()
		report = make_warning_report(student=student.name)
		self.assertRegex(report.name, r"^WR-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual(report.school_class, student.school_class)
		self.assertEqual(report.status, "New")
		self.assertLess(report.event_time, report.entry_time)

	def test_triage_follows_article_three(self):
		cases = (
			(("S105",), {}, "Yellow", 0),
			(("S105", "S303"), {}, "Orange", 1),
			(("S101",), {}, "Red", 1),
			((), {"injury": 1}, "Red", 1),
			((), {"immediate_danger": 1}, "Red", 1),
		)
		for signals, fields, urgency, key_target in cases:
			with self.subTest(signals=signals, **fields):
				report = make_warning_report(signals=signals, **fields)
				self.assertEqual((report.urgency, report.is_key_target), (urgency, key_target))

	def test_client_cannot_set_the_handling(self):
		report = make_warning_report(
			urgency="Red",
			is_key_target=1,
			status="Closed",
			acknowledged_by="Administrator",
			entry_time="2020-01-01 00:00:00",
			owner=person("subject_teacher"),
		)
		self.assertEqual((report.urgency, report.is_key_target, report.status), ("Yellow", 0, "New"))
		self.assertIsNone(report.acknowledged_by)
		self.assertGreater(report.entry_time, add_to_date(now_datetime(), minutes=-5))

	def test_nothing_in_the_report_names_the_reporter(self):
		reporter = person("subject_teacher")
		report = make_warning_report(by=reporter, hide_observer=1, heard_from="王同学")
		stored = frappe.db.get_value("Warning Report", report.name, "*", as_dict=True)
		self.assertEqual((stored.owner, stored.modified_by), (NEUTRAL_OWNER, NEUTRAL_OWNER))
		self.assertNotIn(reporter, str(stored))
		self.assertNotIn("王同学", str(stored))
		rows = frappe.get_all("Warning Report Signal", {"parent": report.name}, ["owner", "modified_by"])
		self.assertEqual({(row.owner, row.modified_by) for row in rows}, {(NEUTRAL_OWNER, NEUTRAL_OWNER)})
		self.assertEqual(report.get_reporter(), reporter)

	def test_empty_report_is_refused(self):
		self.assert_refused(lambda: make_warning_report(signals=(), description=" "))

	def test_report_without_student_is_refused_with_a_clear_error(self):
		self.assert_refused(lambda: make_warning_report(student=None), frappe.MandatoryError)

	def test_event_in_the_future_is_refused(self):
		self.assert_refused(lambda: make_warning_report(event_time=add_to_date(now_datetime(), hours=1)))

	def test_no_date_is_refused_clearly(self):
		self.assert_refused(lambda: make_warning_report(event_time="yesterday evening"))

	def test_missing_event_time_becomes_now(self):
		report = make_warning_report(event_time=None)
		self.assertLessEqual(report.event_time, report.entry_time)

	def test_correction_needs_a_reason_and_keeps_the_former_text(self):
		report = make_warning_report(description="说不想活了")
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.description = "说不想上学了"
			self.assert_refused(stored.save)
			stored = frappe.get_doc("Warning Report", report.name)
			stored.description = "说不想上学了"
			stored.correction_reason = "与学生核对后更正"
			stored.save()
		row = frappe.get_doc("Warning Report", report.name).corrections[0]
		self.assertEqual((row.old_value, row.new_value), ("说不想活了", "说不想上学了"))
		self.assertEqual(row.corrected_by, person("psychologist"))

	def test_correction_by_the_reporter_names_nobody(self):
		reporter = person("subject_teacher")
		report = make_warning_report(by=reporter)
		with self.as_user(reporter):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.injury = 1
			stored.correction_reason = "后来看到手臂有伤"
			stored.save()
		stored = frappe.get_doc("Warning Report", report.name)
		self.assertEqual((stored.urgency, stored.key_target_reason), ("Red", "Injury"))
		self.assertIsNone(stored.corrections[0].corrected_by)
		self.assertEqual(stored.corrections[0].by_observer, 1)
		self.assertEqual(stored.modified_by, NEUTRAL_OWNER)

	def test_correction_never_lowers_urgency(self):
		report = make_warning_report(injury=1)
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.injury = 0
			stored.correction_reason = "没有受伤"
			stored.save()
		self.assertEqual(frappe.db.get_value("Warning Report", report.name, "urgency"), "Red")

	def test_former_corrections_cannot_be_changed_or_taken_out(self):
		report = make_warning_report()
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.place, stored.correction_reason = "操场", "补充"
			stored.save()
			stored.corrections[0].reason = "别的理由"
			stored.save()
			stored.set("corrections", [])
			stored.save()
		rows = frappe.get_doc("Warning Report", report.name).corrections
		self.assertEqual([row.reason for row in rows], ["补充"])

	def test_psychologist_acknowledges_and_the_report_names_who_and_when(self):
		report = make_warning_report()
		with self.as_user(person("psychologist")):
			apply_workflow(frappe.get_doc("Warning Report", report.name), "Acknowledge")
		stored = frappe.get_doc("Warning Report", report.name)
		self.assertEqual(stored.status, "Acknowledged")
		self.assertEqual(stored.acknowledged_by, person("psychologist"))
		self.assertTrue(stored.acknowledged_at)

	def test_reporter_cannot_acknowledge(self):
		report = make_warning_report()
		with self.as_user(person("subject_teacher")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.status = "Acknowledged"
			self.assert_refused(stored.save)

	def test_report_is_not_closed_before_the_student_is_assessed(self):
		report = make_warning_report()
		with self.as_user(person("leader")):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.status, stored.closing_note = "Closed", "没事"
			self.assert_refused(stored.save)

	def test_assessed_report_is_closed_with_a_note_and_does_not_go_back(self):
		report = make_warning_report()
		make_risk_assessment(student=report.student, warning_report=report.name)
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Warning Report", report.name)
			self.assertEqual(stored.status, "Assessed")
			self.assert_refused(lambda: apply_workflow(stored, "Close Report"))
			stored = frappe.get_doc("Warning Report", report.name)
			stored.closing_note = "已入库跟进"
			stored.save()
			apply_workflow(stored, "Close Report")
			stored = frappe.get_doc("Warning Report", report.name)
			stored.status = "New"
			self.assert_refused(stored.save)

	def test_report_is_never_deleted(self):
		report = make_warning_report()
		self.assert_refused(lambda: frappe.delete_doc("Warning Report", report.name, force=True))
		self.assertTrue(frappe.db.exists("Warning Report", report.name))

	def test_code_never_changes(self):
		report = make_warning_report()
		self.assert_refused(
			lambda: frappe.rename_doc("Warning Report", report.name, "WR-2026-LINYI", force=True)
		)

	def test_doubled_signals_count_once(self):
		report = make_warning_report(signals=("S105", "S105"))
		self.assertEqual(len(report.signals), 1)
