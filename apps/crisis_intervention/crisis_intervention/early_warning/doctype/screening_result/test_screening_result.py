from datetime import timedelta

import frappe

from crisis_intervention.tests.factories import make_risk_assessment, make_school_class, person
from crisis_intervention.tests.factories_screening import (
	make_free_instrument,
	make_screening_campaign,
	make_screening_instrument,
	make_screening_result,
	review,
	students_of,
)
from crisis_intervention.tests.utils import CrisisTestCase

KIND = "Screening Result"


class TestScreeningResult(CrisisTestCase):
	def test_a_score_sets_no_level(self):
		"""The invariant, attacked with the worst scores there are and fields that are not there."""
		instrument = make_free_instrument()
		campaign = make_screening_campaign(students=1, instrument=instrument.name)
		result = make_screening_result(
			campaign,
			score=27,
			critical_item=1,
			scores=[{"part": "Q9", "value": 3}],
			level="L1",
			current_level="L1",
			review_outcome="Assess",
			reviewed_by=person("leader"),
		)
		student = result.student
		for doctype in ("Student Case", "Risk Assessment", "Warning Report"):
			with self.subTest(doctype=doctype):
				self.assertFalse(frappe.db.exists(doctype, {"student": student}))
		self.assertFalse(any("level" in field.fieldname for field in frappe.get_meta(KIND).fields))
		self.assertEqual((result.review_outcome, result.reviewed_by), (None, None))
		review(result, "Assess")
		self.assertFalse(frappe.db.exists("Student Case", {"student": student}))
		# The level comes from a person, with reasons.
		self.assert_refused(lambda: make_risk_assessment(student=student, level_reasons=" "))
		self.assertTrue(make_risk_assessment(student=student).student_case)

	def test_a_machine_decides_nothing(self):
		result = make_screening_result()
		stored = frappe.get_doc(KIND, result.name)
		stored.review_outcome = "No Further Step"
		self.assert_refused(stored.save, frappe.PermissionError)

	def test_critical_item_calls_the_psychology_teacher_within_a_day(self):
		result = make_screening_result(critical_item=1)
		duty = frappe.get_doc("Duty", {"rule": "11-CRITICAL", "reference_name": result.name})
		self.assertEqual((duty.responsible, duty.tier), (person("psychologist"), "Urgent"))
		self.assertEqual(duty.due_at - duty.raised_at, timedelta(hours=24))
		make_risk_assessment(student=result.student)
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Done")

	def test_answer_to_a_critical_item_makes_it_critical(self):
		campaign = make_screening_campaign(students=2, instrument=make_free_instrument().name)
		first, second = students_of(campaign)
		result = make_screening_result(campaign, student=first, scores=[{"part": "Q9", "value": 1}])
		self.assertEqual((result.critical_item, result.scores[0].kind), (1, "Item"))
		self.assertTrue(frappe.db.exists("Duty", {"rule": "11-CRITICAL", "reference_name": result.name}))
		calm = make_screening_result(campaign, student=second, scores=[{"part": "Q9", "value": 0}])
		self.assertFalse(frappe.db.exists("Duty", {"rule": "11-CRITICAL", "reference_name": calm.name}))

	def test_licence_and_range_are_kept(self):
		campaign = make_screening_campaign(students=1)
		refused = (
			{"scores": [{"part": "Q9", "value": 1}]},
			{"scores": [{"part": "S1", "value": 11}]},
			{"score": 41},
			{"score": -1},
		)
		for fields in refused:
			with self.subTest(fields=fields):
				self.assert_refused(lambda fields=fields: make_screening_result(campaign, **fields))
		self.assertTrue(make_screening_result(campaign, scores=[{"part": "S1", "value": 10}]).name)

	def test_items_are_refused_even_when_somebody_slipped_them_into_the_instrument(self):
		instrument = make_screening_instrument()
		campaign = make_screening_campaign(students=1, instrument=instrument.name)
		frappe.db.set_value("Screening Instrument Part", instrument.parts[0].name, "kind", "Item")
		frappe.clear_document_cache("Screening Instrument", instrument.name)
		self.assert_refused(lambda: make_screening_result(campaign, scores=[{"part": "S1", "value": 1}]))

	def test_no_result_without_consent_without_campaign_or_twice(self):
		campaign = make_screening_campaign(students=1, consented=False)
		self.assert_refused(lambda: make_screening_result(campaign))
		draft = make_screening_campaign(students=1, opened=False)
		student = students_of(campaign)[0]
		self.assert_refused(lambda: make_screening_result(draft, student=student))
		agreed = make_screening_campaign(students=1)
		make_screening_result(agreed)
		self.assert_refused(lambda: make_screening_result(agreed))
		self.assert_refused(lambda: make_screening_result(agreed, student=None))

	def test_flag_asks_for_a_look_and_nothing_more(self):
		campaign = make_screening_campaign(students=2)
		first, second = students_of(campaign)
		self.assertEqual(make_screening_result(campaign, student=first, score=20).flagged, 1)
		self.assertEqual(make_screening_result(campaign, student=second, score=19.5, flagged=1).flagged, 0)
		campaign.reload()
		self.assertEqual((campaign.flagged, campaign.to_review), (1, 1))

	def test_review_names_who_decided_and_a_critical_item_needs_a_reason(self):
		result = make_screening_result(critical_item=1)
		self.assert_refused(lambda: review(result, "No Further Step"))
		stored = review(result, "No Further Step", review_note="误填，已当面核实")
		self.assertEqual(stored.reviewed_by, person("psychologist"))
		self.assertTrue(stored.reviewed_at)
		self.assert_refused(lambda: review(result, ""))
		self.assert_refused(lambda: review(result, "Assess", talked_at="2099-01-01 00:00:00"))

	def test_class_teacher_learns_only_that_both_follow_up_together(self):
		school_class = make_school_class().name
		campaign = make_screening_campaign(students=2, school_class=school_class)
		first, second = students_of(campaign)
		result = make_screening_result(campaign, student=first, score=33)
		review(make_screening_result(campaign, student=second), "Talk With the Student")
		review(result, "Follow Up Together")
		review(result, "Follow Up Together", review_note="补充")
		with self.as_user(person("class_teacher")):
			self.assertFalse(frappe.has_permission(KIND, "read", result.name))
			self.assert_refused(lambda: frappe.get_list(KIND), frappe.PermissionError)
			told = frappe.get_list("Joint Follow Up", {"school_class": school_class}, pluck="student")
		self.assertEqual(told, [first])

	def test_correction_needs_a_reason_and_raises_the_duty(self):
		result = make_screening_result(score=5)
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc(KIND, result.name)
			stored.score = 5
			stored.save()
			stored.critical_item = 1
			self.assert_refused(stored.save)
			stored = frappe.get_doc(KIND, result.name)
			stored.critical_item, stored.correction_reason = 1, "录入遗漏"
			stored.save()
		row = stored.corrections[-1]
		self.assertEqual((row.fieldname, row.old_value, row.new_value), ("critical_item", "0", "1"))
		self.assertTrue(frappe.db.exists("Duty", {"rule": "11-CRITICAL", "reference_name": result.name}))

	def test_who_reads_it(self):
		result = make_screening_result()
		readers = {"psychologist", "leader"}
		others = {
			"psychologist2",
			"member",
			"office",
			"school_leader",
			"class_teacher",
			"administrator",
			"auditor",
		}
		for key in readers | others:
			with self.subTest(key=key):
				self.assertEqual(
					bool(frappe.has_permission(KIND, "read", result.name, user=person(key))), key in readers
				)

	def test_it_is_never_deleted(self):
		result = make_screening_result()
		self.assert_refused(lambda: frappe.delete_doc(KIND, result.name, force=True))
		self.assertFalse(frappe.get_meta(KIND).track_changes)
