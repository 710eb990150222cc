import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_risk_level,
	make_student_case,
	make_student_profile,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestRiskAssessment(CrisisTestCase):
	def test_submit_opens_the_entry_at_once(self):
		report = make_warning_report(signals=("S101",), categories=[{"category": "C4"}])
		assessment = make_risk_assessment(student=report.student, warning_report=report.name, level="L2")
		case = frappe.get_doc("Student Case", assessment.student_case)
		self.assertEqual((case.student, case.current_level), (report.student, "L2"))
		self.assertEqual(case.workflow_state, "Entry Opened")
		self.assertEqual((case.discovered_at, case.reported_at), (report.event_time, report.entry_time))
		self.assertTrue(case.assessed_at)
		self.assertIsNone(case.intervened_at)
		self.assertEqual([row.category for row in case.categories], ["C4"])
		self.assertEqual(case.owner_user, person("psychologist"))
		stored = frappe.get_doc("Warning Report", report.name)
		self.assertEqual((stored.status, stored.student_case), ("Assessed", case.name))

	def test_level_that_needs_no_entry_opens_none(self):
		assessment = make_risk_assessment(level="L0")
		self.assertIsNone(assessment.student_case)
		self.assertFalse(frappe.db.exists("Student Case", {"student": assessment.student}))

	def test_second_assessment_goes_into_the_open_entry(self):
		case = make_student_case(level="L3")
		again = make_risk_assessment(student=case.student, level="L2")
		self.assertEqual(again.student_case, case.name)
		stored = frappe.get_doc("Student Case", case.name)
		self.assertEqual(stored.current_level, "L2")
		self.assertEqual([row.to_level for row in stored.level_history], ["L3", "L2"])

	def test_lower_level_waits_for_a_second_person(self):
		case = make_student_case(level="L2")
		make_risk_assessment(student=case.student, level="L4")
		stored = frappe.get_doc("Student Case", case.name)
		self.assertEqual(stored.current_level, "L2")
		self.assertEqual(stored.level_history[-1].state, "Proposed")

	def test_level_needs_written_reasons(self):
		for reasons in (None, "", "  "):
			with self.subTest(reasons=reasons):
				self.assert_refused(lambda reasons=reasons: make_risk_assessment(level_reasons=reasons))

	def test_level_must_be_decided_and_in_use(self):
		self.assert_refused(lambda: make_risk_assessment(level=None))
		unused = make_risk_level(enabled=0)
		self.assert_refused(lambda: make_risk_assessment(level=unused.name))

	def test_watch_level_needs_measures_taken_at_once(self):
		self.assert_refused(lambda: make_risk_assessment(level="L1", immediate_measures=""))

	def test_assessor_is_who_writes_not_whom_the_client_names(self):
		assessment = make_risk_assessment(submit=False, assessed_by=person("leader"))
		self.assertEqual(assessment.assessed_by, person("psychologist"))

	def test_nobody_submits_for_another(self):
		assessment = make_risk_assessment(submit=False)
		for key in ("leader", "psychologist2"):
			with self.subTest(key=key), self.as_user(person(key)):
				doc = frappe.get_doc("Risk Assessment", assessment.name)
				self.assert_refused(doc.submit, frappe.PermissionError)
		self.assert_refused(frappe.get_doc("Risk Assessment", assessment.name).submit, frappe.PermissionError)

	def test_machine_submits_none(self):
		student = make_student_profile()
		self.assert_refused(
			lambda: make_risk_assessment(by="Administrator", student=student.name), frappe.PermissionError
		)

	def test_teachers_do_not_assess(self):
		for key in ("class_teacher", "subject_teacher", "office", "administrator"):
			with self.subTest(key=key):
				student = make_student_profile()
				self.assert_refused(
					lambda key=key, student=student: make_risk_assessment(
						by=person(key), student=student.name
					),
					frappe.PermissionError,
				)

	def test_person_of_concern_does_not_assess(self):
		case = make_student_case()
		name_of_concern(case, person("member"))
		self.assert_refused(
			lambda: make_risk_assessment(by=person("member"), student=case.student), frappe.PermissionError
		)

	def test_report_must_be_about_the_same_student(self):
		report = make_warning_report()
		self.assert_refused(lambda: make_risk_assessment(warning_report=report.name))

	def test_times_make_sense(self):
		report = make_warning_report(event_time=now_datetime())
		before = add_to_date(now_datetime(), hours=-2)
		self.assert_refused(
			lambda: make_risk_assessment(
				student=report.student, warning_report=report.name, assessed_at=before
			)
		)
		self.assert_refused(lambda: make_risk_assessment(assessed_at=add_to_date(now_datetime(), hours=2)))
		self.assert_refused(lambda: make_risk_assessment(next_review=add_days(nowdate(), -3)))

	def test_submitted_decision_is_corrected_only_by_amendment_with_reason(self):
		assessment = make_risk_assessment()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Risk Assessment", assessment.name)
			doc.level_reasons = "别的"
			self.assert_refused(doc.save)
			doc = frappe.get_doc("Risk Assessment", assessment.name)
			self.assert_refused(doc.cancel)
			doc = frappe.get_doc("Risk Assessment", assessment.name)
			doc.correction_reason = "等级理由写错学生"
			doc.cancel()
			amended = frappe.copy_doc(doc)
			amended.amended_from = doc.name
			self.assert_refused(amended.insert)
			amended = frappe.copy_doc(doc)
			amended.amended_from, amended.correction_reason = doc.name, "等级理由写错学生"
			amended.insert()
			amended.submit()
		self.assertEqual(amended.student_case, assessment.student_case)

	def test_assessment_is_never_deleted(self):
		assessment = make_risk_assessment(submit=False)
		self.assert_refused(lambda: frappe.delete_doc("Risk Assessment", assessment.name, force=True))
