import frappe

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.screening.api import classes_by_title
from crisis_intervention.tests.factories import make_school_class, make_student_profile, person
from crisis_intervention.tests.factories_screening import (
	agree,
	consent_of,
	make_screening_campaign,
	make_screening_result,
	review,
	students_of,
)
from crisis_intervention.tests.utils import CrisisTestCase


class TestScreeningCampaign(CrisisTestCase):
	def close(self, campaign, plan="休学学生返校后补测"):
		with self.as_user(person("psychologist")):
			return frappe.get_doc("Screening Campaign", campaign.name).close_campaign(plan)

	def test_opening_gives_every_enrolled_student_a_row(self):
		school_class = make_school_class().name
		make_student_profile(school_class=school_class, status="Graduated")
		campaign = make_screening_campaign(students=3, school_class=school_class, consented=False)
		self.assertEqual(len(students_of(campaign)), 3)
		self.assertEqual((campaign.status, campaign.eligible, campaign.coverage), ("Running", 3, 0))
		self.assertTrue(campaign.opened_at)
		self.assertTrue(campaign.guardian_consent_text)

	def test_students_who_join_later_are_added_once(self):
		campaign = make_screening_campaign(students=1)
		make_student_profile(school_class=campaign.classes[0].school_class)
		with self.as_user(person("psychologist")):
			frappe.get_doc("Screening Campaign", campaign.name).save()
			frappe.get_doc("Screening Campaign", campaign.name).save()
		self.assertEqual(len(students_of(campaign)), 2)
		self.assertEqual(frappe.db.get_value("Screening Campaign", campaign.name, "eligible"), 2)

	def test_coverage_leaves_out_declined_and_withdrawn(self):
		campaign = make_screening_campaign(students=4)
		first, second, third, _fourth = students_of(campaign)
		make_screening_result(campaign, student=first)
		with self.as_user(person("psychologist")):
			consent = consent_of(campaign, second)
			consent.guardian_answer = "Declined"
			consent.save()
			consent = consent_of(campaign, third)
			consent.withdrawn_by = "Student"
			consent.save()
		campaign.reload()
		counts = (campaign.eligible, campaign.consented, campaign.declined, campaign.withdrawn)
		self.assertEqual(counts, (4, 2, 1, 1))
		self.assertEqual((campaign.tested, campaign.coverage), (1, 50))

	def test_states_go_forward_only_and_not_by_hand(self):
		campaign = make_screening_campaign(students=1, opened=False)
		with self.as_user(person("psychologist")):
			campaign.status = "Closed"
			self.assert_refused(campaign.save)
			campaign.reload()
			campaign.open_campaign()
			campaign.status = "Draft"
			self.assert_refused(campaign.save)

	def test_opening_needs_classes_and_consent_texts(self):
		with self.as_user(person("psychologist")):
			campaign = make_screening_campaign(students=0, opened=False, classes=[])
			self.assert_refused(campaign.open_campaign)
			campaign = make_screening_campaign(students=0, opened=False)
			campaign.guardian_consent_text = " "
			self.assert_refused(campaign.open_campaign)

	def test_what_students_agreed_to_does_not_change(self):
		campaign = make_screening_campaign(students=1)
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc("Screening Campaign", campaign.name)
			stored.student_consent_text = "别的"
			self.assert_refused(stored.save)
			stored.reload()
			stored.set("classes", [{"school_class": make_school_class().name}])
			self.assert_refused(stored.save)

	def test_numbers_and_stamps_come_from_the_server(self):
		campaign = make_screening_campaign(
			students=1, opened=False, coverage=99, tested=7, opened_at="2020-01-01"
		)
		self.assertEqual((campaign.coverage, campaign.tested, campaign.opened_at), (0, 0, None))

	def test_a_grade_is_added_in_one_go(self):
		grade = "初" + frappe.generate_hash(length=4)
		for enabled in (1, 1, 0):
			make_school_class(grade=grade, enabled=enabled)
		campaign = make_screening_campaign(students=0, opened=False)
		with self.as_user(person("psychologist")):
			self.assertEqual(campaign.add_grade(grade), 2)
			self.assertEqual(campaign.add_grade(grade), 0)
		self.assertEqual(len(campaign.classes), 3)

	def test_classes_are_offered_by_year_and_title(self):
		grade = "初" + frappe.generate_hash(length=4)
		for title, year in (("乙班", 2026), ("甲班", 2025), ("丙班", 2026)):
			make_school_class(grade=grade, title=title, year=year)
		asked = {"txt": grade, "searchfield": "name", "start": 0, "page_len": 20, "filters": {"enabled": 1}}
		with self.as_user(person("psychologist")):
			rows = classes_by_title("School Class", **asked)
		self.assertEqual([row[1] for row in rows], ["丙班", "乙班", "甲班"])
		with self.as_user("Guest"):
			self.assert_refused(lambda: classes_by_title("School Class", **asked), frappe.PermissionError)

	def test_closing_names_what_is_done_for_the_others(self):
		campaign = make_screening_campaign(students=2)
		self.assert_refused(lambda: self.close(campaign))
		make_screening_result(campaign)
		self.assert_refused(lambda: self.close(campaign, ""))
		self.assertEqual(self.close(campaign)["coverage"], 50)
		campaign.reload()
		self.assertEqual((campaign.status, campaign.closed_by), ("Closed", person("psychologist")))
		self.assert_refused(lambda: make_screening_result(campaign, student=students_of(campaign)[1]))

	def test_yearly_duty_closes_with_the_closed_campaign(self):
		raise_recurring()
		open_duty = {"rule": "11-SCREEN", "state": ["in", ("Open", "Overdue")]}
		self.assertTrue(frappe.db.exists("Duty", open_duty))
		campaign = make_screening_campaign(students=1)
		make_screening_result(campaign)
		self.assertTrue(frappe.db.exists("Duty", open_duty))
		self.close(campaign)
		self.assertFalse(frappe.db.exists("Duty", open_duty))
		evidence = frappe.db.get_value(
			"Duty", {"rule": "11-SCREEN", "state": ["like", "Done%"]}, "evidence_name"
		)
		self.assertEqual(evidence, campaign.name)

	def test_closed_campaign_calls_for_its_reviews_and_the_last_one_proves_them(self):
		campaign = make_screening_campaign(students=2)
		first, second = (make_screening_result(campaign, student=s, score=30) for s in students_of(campaign))
		self.close(campaign)
		duty = {"rule": "11-REVIEW", "reference_name": campaign.name}
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Open")
		review(first, "Talk With the Student")
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Open")
		review(second, "No Further Step", review_note="面谈后情况平稳")
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Done")

	def test_who_sees_it_and_who_sees_results_in_numbers(self):
		campaign = make_screening_campaign(students=1)
		make_screening_result(campaign, critical_item=1)
		readers = {
			"psychologist",
			"psychologist2",
			"leader",
			"member",
			"office",
			"school_leader",
			"class_teacher",
		}
		for key in (*readers, "class_teacher2", "subject_teacher", "monitor", "administrator", "auditor"):
			with self.subTest(key=key):
				allowed = frappe.has_permission("Screening Campaign", "read", campaign.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)
		for key, seen in (("psychologist", 1), ("leader", 1), ("office", None), ("class_teacher", None)):
			with self.subTest(key=key), self.as_user(person(key)):
				stored = frappe.get_doc("Screening Campaign", campaign.name)
				stored.apply_fieldlevel_read_permissions()
				self.assertEqual(stored.get("critical"), seen)

	def test_class_teacher_cannot_run_it(self):
		campaign = make_screening_campaign(students=1, opened=False)
		with self.as_user(person("class_teacher")):
			self.assertFalse(frappe.has_permission("Screening Campaign", "read", campaign.name))
		agree(make_screening_campaign(students=1, consented=False))
		campaign = make_screening_campaign(students=1)
		with self.as_user(person("class_teacher")):
			stored = frappe.get_doc("Screening Campaign", campaign.name)
			self.assert_refused(stored.close_campaign, frappe.PermissionError)

	def test_it_is_never_deleted(self):
		campaign = make_screening_campaign(students=0, opened=False)
		self.assert_refused(lambda: frappe.delete_doc("Screening Campaign", campaign.name, force=True))
