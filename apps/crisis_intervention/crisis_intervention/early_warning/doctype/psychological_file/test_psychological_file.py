import frappe

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.early_warning.psychological_files import ensure_file, open_files_of
from crisis_intervention.tests.factories import (
	make_school_class,
	make_student_case,
	make_student_profile,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_screening import make_screening_campaign


class TestPsychologicalFile(DutyTestCase):
	def test_a_student_has_one_file_followed_up_by_the_psychology_teacher_of_the_class(self):
		code = ensure_file(self.student.name, "Screening")
		self.assertEqual(ensure_file(self.student.name), code)
		file = frappe.get_doc("Psychological File", code)
		self.assertEqual((file.opened_from, file.follow_up_owner), ("Screening", person("psychologist")))
		self.assertTrue(file.opened_on)
		with self.as_user(person("psychologist")):
			second = frappe.get_doc({"doctype": "Psychological File", "student": self.student.name})
			self.assert_refused(second.insert)

	def test_a_decision_about_a_result_puts_on_the_list_and_asks_for_the_follow_up(self):
		result = self.make_result()
		with self.as_user(person("psychologist")):
			result.review_outcome, result.review_note = "Assess", "当面了解"
			result.save()
		file = frappe.get_doc("Psychological File", {"student": self.student.name})
		self.assertTrue(file.on_follow_up_list)
		self.assertEqual(self.duty("11-FILE").state, "Open")
		with self.as_user(person("psychologist")):
			file.follow_up, file.correction_reason = "每两周聊一次，班主任关注作息。", "首次记录"
			file.save()
		self.assertEqual(self.duty("11-FILE").state, "Done")

	def test_closing_a_campaign_opens_the_files_of_those_screened(self):
		result = self.make_result()
		self.assertEqual(open_files_of(result.campaign), 1)
		self.assertEqual(open_files_of(result.campaign), 0)
		self.assertFalse(frappe.get_all("Duty", {"rule": "11-FILE", "student": self.student.name}))

	def test_who_was_absent_gets_a_file_and_who_refused_does_not(self):
		campaign = make_screening_campaign(students=0, school_class=self.student.school_class)
		filters = {"campaign": campaign.name, "student": self.student.name}
		frappe.db.set_value("Screening Consent", filters, "state", "Declined")
		self.assertEqual(open_files_of(campaign.name), 0)
		frappe.db.set_value("Screening Consent", filters, "state", "Given")
		self.assertEqual(open_files_of(campaign.name), 1)

	def make_result(self):
		campaign = make_screening_campaign(students=0, school_class=self.student.school_class)
		with self.as_user(person("psychologist")):
			return frappe.get_doc(
				{
					"doctype": "Screening Result",
					"campaign": campaign.name,
					"student": self.student.name,
					"score": 22,
				}
			).insert()

	def test_rows_of_the_roles(self):
		code = ensure_file(self.student.name)
		for key, may in (
			("psychologist", True),
			("class_teacher", True),
			("leader", True),
			("class_teacher2", False),
			("psychologist2", False),
			("subject_teacher", False),
			("administrator", False),
			("auditor", False),
			("monitor", False),
		):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual(bool(frappe.has_permission("Psychological File", "read", doc=code)), may)

	def test_person_of_concern_is_shut_out(self):
		code = ensure_file(self.student.name)
		case = make_student_case(student=self.student.name)
		name_of_concern(case, person("class_teacher"))
		with self.as_user(person("class_teacher")):
			self.assertFalse(frappe.has_permission("Psychological File", "read", doc=code))

	def test_person_of_concern_follows_nothing_up(self):
		case = make_student_case(student=self.student.name)
		frappe.db.delete("Psychological File", {"student": self.student.name})
		name_of_concern(case, person("psychologist"))
		file = frappe.get_doc("Psychological File", ensure_file(self.student.name))
		self.assertFalse(file.follow_up_owner)
		with self.as_user(person("leader")):
			file.update({"follow_up_owner": person("psychologist"), "correction_reason": "分工"})
			self.assert_refused(file.save)

	def test_class_teacher_reads_and_does_not_write(self):
		file = frappe.get_doc("Psychological File", ensure_file(self.student.name))
		with self.as_user(person("class_teacher")):
			file.follow_up, file.correction_reason = "改", "改"
			self.assert_refused(file.save)

	def test_changes_need_a_reason_and_nothing_is_deleted(self):
		file = frappe.get_doc("Psychological File", ensure_file(self.student.name))
		with self.as_user(person("psychologist")):
			file.follow_up = "每周聊一次"
			self.assert_refused(file.save)
			self.assert_refused(lambda: frappe.delete_doc("Psychological File", file.name, force=True))

	def test_other_class_stays_out_of_the_list(self):
		other = make_student_profile(
			school_class=make_school_class(class_teacher=person("class_teacher2")).name
		)
		hidden, shown = ensure_file(other.name), ensure_file(self.student.name)
		with self.as_user(person("class_teacher")):
			listed = frappe.get_list("Psychological File", pluck="name", limit_page_length=0)
		self.assertIn(shown, listed)
		self.assertNotIn(hidden, listed)
