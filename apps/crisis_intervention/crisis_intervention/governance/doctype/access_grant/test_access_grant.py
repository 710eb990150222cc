from datetime import timedelta

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.governance import break_glass, grants
from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	make_risk_assessment_clinical_record,
	make_student_case,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_governance import approved, make_access_grant, make_emergency_access


class TestAccessGrant(DutyTestCase):
	def reads(self, key, doctype, name):
		with self.as_user(person(key)):
			listed = name in frappe.get_list(doctype, pluck="name", limit_page_length=0)
			self.assertEqual(listed, bool(frappe.has_permission(doctype, "read", name)))
		return listed

	def test_request_opens_nothing_and_an_approval_does(self):
		case = make_student_case()
		grant = make_access_grant(case)
		self.assertEqual((grant.state, grant.student_case), ("Requested", None))
		self.assertFalse(self.reads("class_teacher2", "Student Case", case.name))
		grant = approved(grant)
		self.assertEqual((grant.state, grant.student_case), ("Active", case.name))
		self.assertTrue(self.reads("class_teacher2", "Student Case", case.name))
		self.assertTrue(self.reads("class_teacher2", "Risk Assessment", case.risk_assessment))

	def test_grant_opens_the_whole_case_but_never_clinical_text_or_reporter(self):
		report = make_warning_report()
		assessment = make_risk_assessment(student=report.student, warning_report=report.name, submit=False)
		clinical = make_risk_assessment_clinical_record(assessment)
		with self.as_user(person("psychologist")):
			assessment.submit()
		feedback = make_case_feedback(assessment)
		case = frappe.get_doc("Student Case", assessment.student_case)
		approved(make_access_grant(case, by=person("psychologist2")))
		for doctype, name in (
			("Student Case", case.name),
			("Risk Assessment", assessment.name),
			("Warning Report", report.name),
			("Case Feedback", feedback.name),
		):
			with self.subTest(doctype=doctype):
				self.assertTrue(self.reads("psychologist2", doctype, name))
		self.assertFalse(self.reads("psychologist2", "Risk Assessment Clinical Record", clinical.name))

	def test_grant_is_for_reading_only(self):
		case = make_student_case()
		approved(make_access_grant(case, by=person("psychologist2")))
		with self.as_user(person("psychologist2")):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name))
			self.assertFalse(frappe.has_permission("Student Case", "write", case.name))

	def test_access_ends_by_its_date_without_any_job(self):
		case = make_student_case()
		grant = approved(make_access_grant(case))
		self.assertEqual(grant.valid_until.date(), add_to_date(now_datetime(), days=30).date())
		with self.freeze_time(grant.valid_until + timedelta(seconds=1)):
			self.assertFalse(self.reads("class_teacher2", "Student Case", case.name))
			self.assertEqual(grants.mark_expired(), 1)
		self.assertEqual(frappe.db.get_value("Access Grant", grant.name, "state"), "Expired")

	def test_end_is_wished_for_but_not_later_than_the_settings_allow(self):
		early, late = add_to_date(now_datetime(), days=3), add_to_date(now_datetime(), days=300)
		grant = approved(make_access_grant(valid_until=early))
		self.assertLess(abs(grant.valid_until - get_datetime(early)), timedelta(seconds=2))
		grant = approved(make_access_grant(valid_until=late))
		self.assertLess(grant.valid_until, late)
		past = make_access_grant(valid_until=add_to_date(now_datetime(), days=-1))
		self.assert_refused(lambda: approved(past))

	def test_only_leader_and_school_leader_decide_and_nobody_for_himself(self):
		for key in ("member", "office", "psychologist", "class_teacher2", "administrator"):
			with self.subTest(key=key):
				grant = make_access_grant()
				self.assert_refused(lambda grant=grant, key=key: approved(grant, by=person(key)))
		self.assert_refused(lambda: approved(make_access_grant(), by="Administrator"))
		self.assertEqual(approved(make_access_grant(), by=person("school_leader")).state, "Active")
		own = make_access_grant(by=person("leader"))
		self.assert_refused(lambda: approved(own, by=person("leader")))

	def test_client_cannot_open_anything_by_the_fields(self):
		case = make_student_case()
		forged = {
			"state": "Active",
			"break_glass": 1,
			"student_case": case.name,
			"valid_from": "2020-01-01",
			"valid_until": add_to_date(now_datetime(), days=9),
			"decided_by": person("leader"),
			"requested_by": person("leader"),
		}
		grant = make_access_grant(case, **forged)
		self.assertEqual((grant.state, grant.break_glass, grant.decided_by), ("Requested", 0, None))
		self.assertEqual(grant.requested_by, person("class_teacher2"))
		self.assertFalse(self.reads("class_teacher2", "Student Case", case.name))
		for key in ("class_teacher2", "leader", "Administrator"):
			with self.as_user(person(key) if key in ("leader", "class_teacher2") else key):
				stored = frappe.get_doc("Access Grant", grant.name)
				stored.state = "Active"
				self.assert_refused(stored.save)

	def test_others_are_asked_for_by_who_carries_the_case(self):
		self.assert_refused(lambda: make_access_grant(user=person("class_teacher")))
		grant = make_access_grant(by=person("psychologist"), user=person("class_teacher2"))
		self.assertEqual(grant.user, person("class_teacher2"))

	def test_roles_that_work_with_cards_get_the_card_only(self):
		for key in ("subject_teacher", "academic"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: make_access_grant(by=person(key)))
				self.assertEqual(make_access_grant(by=person(key), scope="Card").state, "Requested")

	def test_same_access_is_not_asked_for_twice(self):
		case = make_student_case()
		grant = make_access_grant(case)
		self.assert_refused(lambda: make_access_grant(case))
		approved(grant)
		self.assert_refused(lambda: make_access_grant(case))

	def test_person_of_concern_neither_gets_nor_gives_access(self):
		case = make_student_case()
		name_of_concern(case, person("class_teacher2"))
		self.assert_refused(lambda: make_access_grant(case))
		with self.as_user(person("class_teacher2")):
			self.assert_refused(lambda: break_glass.open_case(case.student, "必须马上查看"))
		grant = make_access_grant(case, by=person("psychologist2"))
		name_of_concern(case, person("school_leader"))
		self.assert_refused(lambda: approved(grant, by=person("school_leader")))

	def test_naming_a_person_of_concern_revokes_at_once(self):
		case = make_student_case()
		grant = approved(make_access_grant(case))
		waiting = make_access_grant(case, scope="Card")
		name_of_concern(case, person("class_teacher2"))
		for name in (grant.name, waiting.name):
			self.assertEqual(frappe.db.get_value("Access Grant", name, "state"), "Revoked")
			self.assertFalse(self.reads("class_teacher2", "Access Grant", name))
		self.assertFalse(self.reads("class_teacher2", "Student Case", case.name))

	def test_leader_refuses_and_revokes_and_the_person_gives_back(self):
		refused = make_access_grant()
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Access Grant", refused.name)
			self.assert_refused(lambda: doc.refuse(" "))
			doc.refuse("与本人工作无关")
		self.assertEqual(frappe.db.get_value("Access Grant", refused.name, "state"), "Refused")
		for key in ("leader", "class_teacher2"):
			case = make_student_case()
			grant = approved(make_access_grant(case))
			with self.as_user(person(key)):
				frappe.get_doc("Access Grant", grant.name).revoke()
			self.assertFalse(self.reads("class_teacher2", "Student Case", case.name))

	def test_only_own_grants_are_seen_and_the_auditor_sees_no_words(self):
		grant = make_access_grant()
		for key, seen in (
			("class_teacher2", 1),
			("leader", 1),
			("psychologist", 1),
			("doctor", 0),
			("auditor", 1),
		):
			with self.subTest(key=key):
				self.assertEqual(self.reads(key, "Access Grant", grant.name), bool(seen))
		with self.as_user(person("auditor")):
			doc = frappe.get_doc("Access Grant", grant.name)
			doc.apply_fieldlevel_read_permissions()
			self.assertFalse(doc.get("reason"))
			self.assertEqual(doc.reason_kind, "Stands in for Somebody")

	def test_request_is_a_duty_of_the_leader_until_it_is_decided(self):
		case = make_student_case()
		grant = make_access_grant(case)
		duty = frappe.get_doc("Duty", {"rule": "24.6-GRANT", "reference_name": grant.name})
		self.assertEqual((duty.responsible, duty.state), (person("leader"), "Open"))
		approved(grant)
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Done")


class TestEmergencyAccess(DutyTestCase):
	def test_opens_at_once_for_a_short_time(self):
		case = make_student_case()
		grant = make_emergency_access(case)
		self.assertEqual((grant.state, grant.break_glass, grant.scope), ("Active", 1, "Case"))
		with self.as_user(person("class_teacher2")):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name))
		self.assertLessEqual(grant.valid_until - grant.valid_from, timedelta(hours=24))
		with self.freeze_time(grant.valid_until), self.as_user(person("class_teacher2")):
			self.assertFalse(frappe.has_permission("Student Case", "read", case.name))

	def test_tells_the_leader_urgently_and_is_reviewed(self):
		grant = make_emergency_access()
		duty = frappe.get_doc("Duty", {"rule": "24.6-GLASS", "reference_name": grant.name})
		self.assertEqual((duty.responsible, duty.tier), (person("leader"), "Urgent"))
		told = frappe.get_all(
			"Dispatch Log", {"duty": duty.name, "recipient": person("leader")}, pluck="channel"
		)
		self.assertIn("E-mail", told)
		with self.as_user(person("class_teacher2")):
			own = frappe.get_doc("Access Grant", grant.name)
			self.assert_refused(lambda: own.review("Needed"))
		with self.as_user(person("leader")):
			doc = frappe.get_doc("Access Grant", grant.name)
			self.assert_refused(lambda: doc.review("Perhaps"))
			doc.review("Needed", "当晚确有必要")
			self.assert_refused(lambda: doc.review("Not Needed"))
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Done")

	def test_needs_a_reason_and_a_member_of_staff(self):
		case = make_student_case()
		with self.as_user(person("class_teacher2")):
			self.assert_refused(lambda: break_glass.open_case(case.student, "急"))
		for key in ("monitor", "administrator", "auditor"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(lambda: break_glass.open_case(case.student, "夜间学生失联"))

	def test_opens_the_card_only_to_who_works_with_cards(self):
		self.assertEqual(make_emergency_access(by=person("subject_teacher")).scope, "Card")

	def test_opens_the_entry_that_was_left(self):
		case = make_student_case()
		frappe.db.set_value("Student Case", case.name, "workflow_state", "Exited")
		make_emergency_access(case)
		with self.as_user(person("class_teacher2")):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name))

	def test_opens_the_reports_of_a_student_without_case(self):
		report = make_warning_report(by=person("doctor"))
		make_emergency_access(report)
		with self.as_user(person("class_teacher2")):
			self.assertTrue(frappe.has_permission("Warning Report", "read", report.name))
