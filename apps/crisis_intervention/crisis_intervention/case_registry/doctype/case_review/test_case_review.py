import frappe
from frappe.utils import add_days, getdate, nowdate

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_registry import make_case_review
from crisis_intervention.tests.utils import CrisisTestCase


class TestCaseReview(CrisisTestCase):
	def test_names_the_next_review_and_leaves_level_and_state(self):
		case = make_student_case(level="L3")
		review = make_case_review(case, next_review=add_days(nowdate(), 20), decision="Level to Change")
		after = frappe.get_doc("Student Case", case.name)
		self.assertEqual(after.next_review, getdate(add_days(nowdate(), 20)))
		self.assertEqual((after.current_level, after.workflow_state), ("L3", "Entry Opened"))
		self.assertEqual((review.current_level, review.reviewed_by), ("L3", person("psychologist")))

	def test_says_something_and_looks_ahead(self):
		self.assert_refused(lambda: make_case_review(findings=" "), frappe.ValidationError)
		self.assert_refused(lambda: make_case_review(next_review=nowdate()), frappe.ValidationError)

	def test_term_duty_arises_and_is_met_by_a_review(self):
		case = make_student_case(level="L3")
		with self.freeze_time("2026-10-12 09:00:00"):
			raise_recurring()
			filters = {"rule": "24.1-TERM", "student_case": case.name}
			self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Open"])
			make_case_review(case, next_review="2026-11-12")
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Done"])

	def test_persons_and_time_are_stamped_by_the_server(self):
		review = make_case_review(reviewed_by=person("leader"), reviewed_at="2026-01-01 00:00:00")
		self.assertEqual(review.reviewed_by, person("psychologist"))
		self.assertNotEqual(str(review.reviewed_at), "2026-01-01 00:00:00")

	def test_a_change_is_a_correction_with_reason(self):
		review = make_case_review()
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Case Review", review.name)
			doc.findings = "其实缺课两天。"
			self.assert_refused(doc.save, frappe.ValidationError)

	def test_strangers_do_not_review(self):
		case = make_student_case()
		for key in ("psychologist2", "class_teacher", "doctor"):
			with self.subTest(key=key):
				self.assert_refused(
					lambda key=key: make_case_review(case, by=person(key)), frappe.PermissionError
				)
		name_of_concern(case, person("member"))
		self.assert_refused(lambda: make_case_review(case, by=person("member")), frappe.PermissionError)
