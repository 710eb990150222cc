from datetime import date, datetime

import frappe

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.periodic.one_tap import nothing_to_report, report_of_duty, waiting
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_reports import make_class_weekly_report, make_staff_absence
from crisis_intervention.tests.utils import CrisisTestCase

WEEK, KIND = "2026-W48", "Class Weekly Report"
MONDAY, FRIDAY, NEXT_TUESDAY = (
	datetime(2026, 11, 23, 9, 0),
	datetime(2026, 11, 27, 15, 0),
	datetime(2026, 12, 1, 10, 0),
)


class TestClassWeeklyReport(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.school_class = make_school_class()

	def duties(self, **filters):
		filters = {"rule": "12-CLASSWEEK", "school_class": self.school_class.name, **filters}
		return frappe.get_all("Duty", filters=filters, fields=["*"], order_by="period asc")

	def tap(self, key="class_teacher", **arguments):
		with self.as_user(person(key)):
			return nothing_to_report(KIND, self.school_class.name, **arguments)

	def test_one_tap_files_the_week_and_closes_its_duty(self):
		with self.freeze_time(MONDAY):
			raise_recurring()
		with self.freeze_time(FRIDAY):
			answer = self.tap()
		report = frappe.get_doc(KIND, answer["name"])
		self.assertRegex(report.name, r"^CW-2026-[2-9A-Z]{6}$")
		self.assertEqual((report.zero_report, report.period, report.late), (1, WEEK, 0))
		self.assertEqual((report.period_start, report.period_end), (date(2026, 11, 23), date(2026, 11, 29)))
		self.assertEqual((report.filed_by, report.entry_time), (person("class_teacher"), FRIDAY))
		self.assertIn(self.school_class.title, answer["message"])
		(duty,) = self.duties()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", report.name))
		self.assertEqual(duty.responsible, person("class_teacher"))

	def test_late_report_closes_the_duty_of_its_own_week_only(self):
		with self.freeze_time(MONDAY):
			raise_recurring()
		with self.freeze_time(NEXT_TUESDAY):
			raise_recurring()
			report = frappe.get_doc(KIND, self.tap(day="2026-11-25")["name"])
		self.assertEqual((report.period, report.late), (WEEK, 1))
		self.assertEqual(
			[(duty.period, duty.state) for duty in self.duties()], [(WEEK, "Done Late"), ("2026-W49", "Open")]
		)

	def test_report_filed_before_the_duty_arose_counts(self):
		with self.freeze_time(MONDAY):
			report = self.tap()
		with self.freeze_time(FRIDAY):
			raise_recurring()
		(duty,) = self.duties()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", report["name"]))

	def test_second_report_of_a_week_hears_who_filed_the_first(self):
		self.tap()
		with self.assertRaises(frappe.ValidationError) as refused:
			self.tap()
		self.assertIn("class-teacher", str(refused.exception))

	def test_only_the_teacher_of_the_class_or_who_stands_in_reports(self):
		for key in ("class_teacher2", "subject_teacher"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.tap(key), frappe.PermissionError)
		for key in ("leader", "psychologist", "monitor", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.tap(key), frappe.PermissionError)
		self.assertEqual(frappe.db.count(KIND, {"school_class": self.school_class.name}), 0)
		make_staff_absence(person("class_teacher"), person("subject_teacher"))
		name = self.tap("subject_teacher")["name"]
		with self.as_user(person("subject_teacher")):
			self.assertTrue(frappe.has_permission(KIND, "read", name))
			self.assertEqual(frappe.get_list(KIND, pluck="name"), [name])

	def test_who_was_given_the_duty_reports(self):
		with self.freeze_time(MONDAY):
			raise_recurring()
		frappe.db.set_value("Duty", self.duties()[0].name, "responsible", person("class_teacher2"))
		with self.freeze_time(FRIDAY):
			self.tap("class_teacher2")
		self.assertEqual(self.duties()[0].state, "Done")

	def test_the_duty_itself_offers_the_report_of_its_week(self):
		with self.freeze_time(MONDAY):
			raise_recurring()
		duty = self.duties()[0].name
		with self.freeze_time(NEXT_TUESDAY), self.as_user(person("class_teacher")):
			offer = report_of_duty(duty)
			nothing_to_report(offer["doctype"], offer["subject"], offer["day"])
		self.assertEqual(
			offer["values"], {"school_class": self.school_class.name, "period_start": "2026-11-23"}
		)
		self.assertEqual((self.duties()[0].name, self.duties()[0].state), (duty, "Done Late"))
		with self.as_user(person("subject_teacher")):
			self.assert_refused(lambda: report_of_duty(duty), frappe.PermissionError)

	def test_a_teacher_of_two_classes_files_one_report_each(self):
		other = make_school_class()
		with self.as_user(person("class_teacher")):
			nothing_to_report(KIND, self.school_class.name)
			rows = {row["subject"]: row for row in waiting(KIND)}
		self.assertTrue(rows[self.school_class.name]["filed"])
		self.assertIn("class-teacher", rows[self.school_class.name]["state"])
		self.assertEqual((rows[other.name]["filed"], rows[other.name]["title"]), (False, other.title))

	def test_one_tap_is_for_periodic_reports_only(self):
		with self.as_user(person("class_teacher")):
			self.assert_refused(lambda: nothing_to_report("Warning Report", self.school_class.name))

	def test_empty_report_future_week_and_foreign_student_are_refused(self):
		name = self.school_class.name
		self.assert_refused(lambda: make_class_weekly_report(school_class=name, entries=[]))
		self.assert_refused(
			lambda: make_class_weekly_report(school_class=name, zero_report=1, period_start="2099-01-01")
		)
		self.assert_refused(
			lambda: make_class_weekly_report(school_class=name, zero_report=1, period_start="next week")
		)
		stranger = {"student": make_student_profile().name, "change": "走神"}
		self.assert_refused(lambda: make_class_weekly_report(school_class=name, entries=[stranger]))

	def test_form_cannot_set_the_filing(self):
		report = make_class_weekly_report(
			filed_by=person("doctor"),
			entry_time="2020-01-01 00:00:00",
			late=1,
			acknowledged_by=person("leader"),
			period="2020-W01",
		)
		self.assertEqual(report.filed_by, person("class_teacher"))
		self.assertNotEqual(report.period, "2020-W01")
		self.assertIsNone(report.acknowledged_by)
		self.assertNotEqual(str(report.entry_time)[:4], "2020")

	def test_lines_are_added_and_changed_with_a_reason_only(self):
		report = make_class_weekly_report()
		student = make_student_profile(school_class=report.school_class).name
		with self.as_user(person("class_teacher")):
			stored = frappe.get_doc(KIND, report.name)
			stored.append("entries", {"student": student, "change": "与同学冲突"})
			stored.save()
			self.assertEqual(stored.students_of_note, 2)
			stored.entries[0].change = "已恢复"
			self.assert_refused(stored.save)
			stored = frappe.get_doc(KIND, report.name)
			stored.entries[0].change, stored.correction_reason = "已恢复", "再次核对"
			stored.save()
			row = stored.corrections[0]
			kept = (row.old_value, row.new_value, row.reason)
			self.assertEqual(kept, ("近来上课走神", "已恢复", "再次核对"))
			stored.set("entries", stored.entries[:1])
			self.assert_refused(stored.save)
			stored = frappe.get_doc(KIND, report.name)
			stored.zero_report, stored.period, stored.filed_by = 1, "2020-W01", person("doctor")
			stored.save()
		stored = frappe.get_doc(KIND, report.name)
		self.assertEqual((stored.zero_report, stored.period), (0, report.period))
		self.assertEqual(stored.filed_by, person("class_teacher"))

	def test_a_tick_files_a_warning_report_once(self):
		student = make_student_profile(school_class=self.school_class.name).name
		line = {"student": student, "change": "说活着没意思", "refer": 1}
		report = make_class_weekly_report(school_class=self.school_class.name, entries=[line])
		warning = frappe.get_doc("Warning Report", report.entries[0].warning_report)
		self.assertEqual((warning.student, warning.description), (student, "说活着没意思"))
		self.assertEqual(warning.get_reporter(), person("class_teacher"))
		self.assertTrue(frappe.db.exists("Duty", {"rule": "13-ASSESS-Y", "reference_name": warning.name}))
		with self.as_user(person("class_teacher")):
			stored = frappe.get_doc(KIND, report.name)
			stored.entries[0].refer = 0
			stored.save()
		self.assertEqual((stored.referred, stored.entries[0].warning_report), (1, warning.name))
		self.assertEqual(frappe.db.count("Warning Report", {"student": student}), 1)

	def test_leader_reads_with_a_receipt_that_closes_the_duty(self):
		report = make_class_weekly_report()
		duty = {"rule": "12-READ-C", "reference_name": report.name}
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Open")
		for key in ("class_teacher", "psychologist", "office"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(frappe.get_doc(KIND, report.name).mark_read, frappe.PermissionError)
		with self.as_user(person("leader")):
			stored = frappe.get_doc(KIND, report.name)
			stored.overview = "改"
			self.assert_refused(stored.save, frappe.PermissionError)
			frappe.get_doc(KIND, report.name).mark_read()
		stored = frappe.get_doc(KIND, report.name)
		self.assertEqual(stored.acknowledged_by, person("leader"))
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Done")

	def test_zero_report_asks_nobody_for_a_receipt(self):
		report = make_class_weekly_report(zero_report=1)
		self.assertFalse(frappe.db.exists("Duty", {"reference_name": report.name}))

	def test_is_never_deleted(self):
		report = make_class_weekly_report(zero_report=1)
		self.assert_refused(lambda: frappe.delete_doc(KIND, report.name, force=True))

	def test_who_reads_it(self):
		report = make_class_weekly_report()
		readers = ("leader", "member", "office", "school_leader", "psychologist", "class_teacher")
		others = ("psychologist2", "class_teacher2", "subject_teacher", "monitor", "doctor", "administrator")
		for key in (*readers, *others):
			with self.subTest(key=key):
				allowed = frappe.has_permission(KIND, "read", report.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_person_of_concern_is_shut_out_of_a_report_that_names_the_student(self):
		case = make_student_case()
		school_class = frappe.db.get_value("Student Profile", case.student, "school_class")
		line = {"student": case.student, "change": "不愿到校"}
		report = make_class_weekly_report(school_class=school_class, entries=[line])
		name_of_concern(case, person("member"))
		for key, allowed in (("member", False), ("office", True)):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual(bool(frappe.has_permission(KIND, "read", report.name)), allowed)
				listed = frappe.get_list(
					"Class Weekly Report Entry", filters={"parent": report.name}, parent_doctype=KIND
				)
				self.assertEqual(len(listed), int(allowed))
