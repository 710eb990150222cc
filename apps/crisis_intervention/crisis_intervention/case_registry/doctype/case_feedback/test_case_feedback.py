import frappe
from frappe.utils import nowdate

from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	name_of_concern,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestCaseFeedback(CrisisTestCase):
	def setUp(self):
		super().setUp()
		members = [
			{"function": "Team Leader", "user": person("leader"), "from_date": nowdate()},
			{"function": "Team Member", "user": person("member"), "from_date": nowdate()},
			{"function": "Moral Education Office", "user": person("office"), "from_date": nowdate()},
		]
		self.team = frappe.get_doc(
			{
				"doctype": "Crisis Team",
				"title": frappe.generate_hash(length=8),
				"from_date": nowdate(),
				"members": members,
			}
		).insert()

	def receivers(self, feedback):
		return {row.user for row in feedback.receipts}

	def test_goes_to_the_team_and_the_class_teacher(self):
		feedback = make_case_feedback()
		expected = {person(key) for key in ("leader", "member", "office", "class_teacher")}
		self.assertLessEqual(expected, self.receivers(feedback))
		self.assertNotIn(person("psychologist"), self.receivers(feedback))

	def test_stamps_the_fourth_early(self):
		assessment = make_risk_assessment()
		feedback = make_case_feedback(assessment)
		stamp = frappe.db.get_value("Student Case", assessment.student_case, "fed_back_at")
		self.assertEqual(feedback.student_case, assessment.student_case)
		self.assertTrue(stamp)

	def test_person_of_concern_receives_nothing(self):
		assessment = make_risk_assessment()
		case = frappe.get_doc("Student Case", assessment.student_case)
		name_of_concern(case, person("class_teacher"))
		feedback = make_case_feedback(assessment)
		self.assertNotIn(person("class_teacher"), self.receivers(feedback))
		self.assertFalse(
			frappe.has_permission("Case Feedback", "read", feedback.name, user=person("class_teacher"))
		)

	def test_draft_is_not_fed_back(self):
		assessment = make_risk_assessment(submit=False)
		self.assert_refused(lambda: make_case_feedback(assessment))

	def test_only_a_recipient_confirms_and_only_for_himself(self):
		feedback = make_case_feedback()
		with self.as_user(person("class_teacher")):
			frappe.get_doc("Case Feedback", feedback.name).confirm_receipt()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Case Feedback", feedback.name)
			self.assert_refused(doc.confirm_receipt, frappe.PermissionError)
		received = {
			row.user for row in frappe.get_doc("Case Feedback", feedback.name).receipts if row.received_at
		}
		self.assertEqual(received, {person("class_teacher")})

	def test_stays_as_it_was_received(self):
		feedback = make_case_feedback()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Case Feedback", feedback.name)
			doc.summary = "别的"
			self.assert_refused(doc.save)
			doc = frappe.get_doc("Case Feedback", feedback.name)
			doc.set("receipts", [])
			doc.save()
		self.assertTrue(frappe.get_doc("Case Feedback", feedback.name).receipts)
