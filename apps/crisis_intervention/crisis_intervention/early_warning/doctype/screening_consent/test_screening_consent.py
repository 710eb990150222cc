import frappe

from crisis_intervention.early_warning.screening.api import record_class_consent
from crisis_intervention.early_warning.screening.consents import state_of
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_screening import (
	consent_of,
	make_screening_campaign,
	make_screening_result,
	review,
	students_of,
)
from crisis_intervention.tests.utils import CrisisTestCase

RESULT = "Screening Result"


class TestScreeningConsent(CrisisTestCase):
	def test_both_must_agree(self):
		table = (
			("Waiting", "Waiting", None, "Waiting"),
			("Given", "Waiting", None, "Waiting"),
			("Given", "Given", None, "Given"),
			("Given", "Declined", None, "Declined"),
			("Declined", "Waiting", None, "Declined"),
			("Given", "Given", "Guardian", "Withdrawn"),
			(None, None, None, "Waiting"),
		)
		for guardian, student, withdrawn, state in table:
			with self.subTest(guardian=guardian, student=student, withdrawn=withdrawn):
				self.assertEqual(state_of(guardian, student, withdrawn), state)

	def test_class_teacher_records_the_own_class_in_one_go(self):
		campaign = make_screening_campaign(students=3, consented=False)
		school_class = campaign.classes[0].school_class
		with self.as_user(person("class_teacher2")):
			self.assertEqual(record_class_consent(campaign.name, school_class), {"recorded": 0})
		with self.as_user(person("class_teacher")):
			self.assertEqual(record_class_consent(campaign.name, school_class), {"recorded": 3})
		consent = consent_of(campaign, students_of(campaign)[0])
		self.assertEqual((consent.state, consent.recorded_by), ("Given", person("class_teacher")))
		self.assertTrue(consent.answered_at)
		self.assertEqual(frappe.db.get_value("Screening Campaign", campaign.name, "consented"), 3)

	def test_class_consent_leaves_a_refusal_alone(self):
		campaign = make_screening_campaign(students=2, consented=False)
		student = students_of(campaign)[0]
		with self.as_user(person("class_teacher")):
			consent = consent_of(campaign, student)
			consent.student_answer = "Declined"
			consent.save()
			record_class_consent(campaign.name, campaign.classes[0].school_class)
		self.assertEqual(consent_of(campaign, student).state, "Declined")

	def test_stamps_come_from_the_server(self):
		campaign = make_screening_campaign(students=1, consented=False)
		with self.as_user(person("class_teacher")):
			consent = consent_of(campaign, students_of(campaign)[0])
			consent.update({"state": "Given", "tested": 1, "recorded_by": person("leader")})
			consent.save()
		consent.reload()
		self.assertEqual((consent.state, consent.tested, consent.recorded_by), ("Waiting", 0, None))

	def test_withdrawal_hides_the_result_from_everybody_and_deletes_nothing(self):
		campaign = make_screening_campaign(students=1)
		student = students_of(campaign)[0]
		result = make_screening_result(campaign, critical_item=1)
		review(result, "Follow Up Together")
		together = frappe.db.get_value("Joint Follow Up", {"student": student})
		with self.as_user(person("psychologist")):
			consent = consent_of(campaign, student)
			consent.withdrawn_by = "Guardian"
			consent.save()
		self.assertTrue(frappe.db.exists(RESULT, result.name))
		for key in ("psychologist", "leader", "class_teacher"):
			with self.subTest(key=key):
				self.assertFalse(frappe.has_permission(RESULT, "read", result.name, user=person(key)))
				allowed = frappe.has_permission("Joint Follow Up", "read", together, user=person(key))
				self.assertFalse(allowed)
		with self.as_user(person("leader")):
			self.assertEqual(frappe.get_list(RESULT, {"student": student}), [])
		campaign.reload()
		self.assertEqual((campaign.tested, campaign.critical, campaign.withdrawn), (0, 0, 1))
		self.assertEqual(
			(consent.withdrawal_recorded_by, consent.state), (person("psychologist"), "Withdrawn")
		)

	def test_withdrawal_does_not_end_a_duty_that_protects_the_student(self):
		campaign = make_screening_campaign(students=1)
		result = make_screening_result(campaign, critical_item=1)
		with self.as_user(person("psychologist")):
			consent = consent_of(campaign, result.student)
			consent.withdrawn_by = "Student"
			consent.save()
		duty = {"rule": "11-CRITICAL", "reference_name": result.name}
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Open")

	def test_withdrawal_stands(self):
		campaign = make_screening_campaign(students=1)
		with self.as_user(person("psychologist")):
			consent = consent_of(campaign, students_of(campaign)[0])
			consent.withdrawn_by = "Student"
			consent.save()
			consent.withdrawn_by = None
			self.assert_refused(consent.save)
			consent.reload()
			consent.guardian_answer = "Declined"
			self.assert_refused(consent.save)
		self.assert_refused(lambda: make_screening_result(campaign))

	def test_withdrawal_is_possible_after_the_campaign_was_closed(self):
		campaign = make_screening_campaign(students=1)
		result = make_screening_result(campaign)
		with self.as_user(person("psychologist")):
			frappe.get_doc("Screening Campaign", campaign.name).close_campaign()
			consent = consent_of(campaign, result.student)
			consent.guardian_answer = "Declined"
			self.assert_refused(consent.save)
			consent.reload()
			consent.withdrawn_by = "Guardian"
			consent.save()
		self.assertEqual(frappe.db.get_value(RESULT, result.name, "blocked"), 1)

	def test_one_row_for_each_student(self):
		campaign = make_screening_campaign(students=1)
		values = {
			"doctype": "Screening Consent",
			"campaign": campaign.name,
			"student": students_of(campaign)[0],
		}
		with self.as_user(person("psychologist")):
			self.assert_refused(frappe.get_doc(values).insert)

	def test_who_sees_who_is_missing(self):
		campaign = make_screening_campaign(students=1)
		consent = consent_of(campaign, students_of(campaign)[0])
		readers = {"psychologist", "psychologist2", "leader", "class_teacher"}
		for key in (*readers, "class_teacher2", "office", "member", "subject_teacher", "monitor", "auditor"):
			with self.subTest(key=key):
				allowed = frappe.has_permission("Screening Consent", "read", consent.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_person_of_concern_sees_nothing_of_the_student(self):
		school_class = make_school_class().name
		student = make_student_profile(school_class=school_class).name
		campaign = make_screening_campaign(students=0, school_class=school_class)
		result = make_screening_result(campaign, student=student)
		consent = consent_of(campaign, student)
		name_of_concern(make_student_case(student=student), person("psychologist"))
		for doctype, name in ((RESULT, result.name), ("Screening Consent", consent.name)):
			with self.subTest(doctype=doctype):
				self.assertFalse(frappe.has_permission(doctype, "read", name, user=person("psychologist")))
				self.assertTrue(frappe.has_permission(doctype, "read", name, user=person("leader")))
