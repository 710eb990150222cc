import frappe

from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_risk_assessment_clinical_record,
	make_student_profile,
	name_of_concern,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase

DOCTYPE = "Risk Assessment Clinical Record"


class TestRiskAssessmentClinicalRecord(CrisisTestCase):
	def test_only_the_assessor_writes_it(self):
		assessment = make_risk_assessment(submit=False)
		with self.as_user(person("psychologist2")):
			doc = frappe.get_doc({"doctype": DOCTYPE, "risk_assessment": assessment.name})
			self.assert_refused(doc.insert, frappe.PermissionError)

	def test_who_reads_it(self):
		record = make_risk_assessment_clinical_record()
		readers = {"psychologist", "leader"}
		others = {"psychologist2", "member", "office", "school_leader", "class_teacher", "administrator"}
		for key in readers | others:
			with self.subTest(key=key):
				allowed = frappe.has_permission(DOCTYPE, "read", record.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_no_versions_are_kept(self):
		self.assertFalse(frappe.get_meta(DOCTYPE).track_changes)

	def test_after_submit_a_change_needs_a_reason(self):
		record = make_risk_assessment_clinical_record()
		with self.as_user(person("psychologist")):
			frappe.get_doc("Risk Assessment", record.risk_assessment).submit()
			record.reload()
			record.plan = "无"
			self.assert_refused(record.save)
			record.reload()
			record.plan, record.correction_reason = "无", "补充询问结果"
			record.save()
		record.reload()
		self.assertEqual(record.corrections[-1].fieldname, "plan")

	def test_person_of_concern_loses_it_with_the_case(self):
		student = make_student_profile()
		assessment = make_risk_assessment(student=student.name, submit=False)
		record = make_risk_assessment_clinical_record(assessment)
		with self.as_user(person("psychologist")):
			frappe.get_doc("Risk Assessment", assessment.name).submit()
		case = frappe.get_doc("Student Case", {"student": student.name})
		name_of_concern(case, person("psychologist"))
		self.assertFalse(frappe.has_permission(DOCTYPE, "read", record.name, user=person("psychologist")))
