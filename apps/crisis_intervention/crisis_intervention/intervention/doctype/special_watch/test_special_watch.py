from datetime import timedelta

import frappe
from frappe.utils import add_to_date, now_datetime

from crisis_intervention.crisis_plan.doctype.duty.test_duty import DutyTestCase
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_student_case,
	make_student_profile,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.factories_registry import end_watch, make_special_watch


def stored(watch):
	return frappe.get_doc("Special Watch", watch.name)


class TestSpecialWatch(DutyTestCase):
	def test_begins_with_person_place_and_both_times(self):
		began = add_to_date(now_datetime(), minutes=-20)
		watch = make_special_watch(started_at=began)
		self.assertRegex(watch.name, r"^SW-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual((watch.status, watch.started_by), ("Running", person("class_teacher")))
		self.assertEqual(watch.observer_since, watch.started_at)
		self.assertGreater(watch.entered_at, watch.started_at)

	def test_one_watch_at_a_time(self):
		watch = make_special_watch()
		self.assert_refused(lambda: make_special_watch(student=watch.student, by=person("leader")))

	def test_report_of_danger_asks_for_a_watch_and_the_watch_closes_it(self):
		report = make_warning_report(immediate_danger=1)
		filters = {"rule": "04-WATCH", "student": report.student}
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Open"])
		make_special_watch(student=report.student, warning_report=report.name)
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Done"])

	def test_level_of_the_watch_branch_asks_for_a_watch(self):
		case = make_student_case(level="L1")
		filters = {"rule": "18-WATCH", "student_case": case.name}
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Open"])
		watch = make_special_watch(student=case.student)
		self.assertEqual(frappe.get_all("Duty", filters, pluck="state"), ["Done"])
		self.assertEqual(frappe.db.get_value("Student Case", case.name, "special_watch"), watch.name)

	def test_a_watch_that_runs_already_is_not_asked_for_again(self):
		report = make_warning_report(immediate_danger=1)
		watch = make_special_watch(student=report.student)
		assessment = make_risk_assessment(student=report.student, warning_report=report.name, level="L1")
		case = frappe.get_doc("Student Case", assessment.student_case)
		self.assertEqual((case.special_watch, case.intervened_at), (watch.name, watch.started_at))
		self.assertEqual(stored(watch).student_case, case.name)
		self.assertFalse(frappe.get_all("Duty", {"rule": "18-WATCH", "student_case": case.name}))

	def test_relief_is_kept_with_the_time(self):
		watch = make_special_watch()
		with self.as_user(person("class_teacher")):
			stored(watch).relieve(person("doctor"), "医务室")
		after = stored(watch)
		self.assertEqual((after.observer, after.place), (person("doctor"), "医务室"))
		self.assertGreaterEqual(after.observer_since, watch.started_at)
		row = next(row for row in after.corrections if row.fieldname == "observer")
		self.assertEqual((row.old_value, row.new_value), (person("class_teacher"), person("doctor")))

	def test_who_is_with_the_student_reads_the_watch_as_long_as_he_is(self):
		watch = make_special_watch()
		may = lambda: bool(  # noqa: E731
			frappe.has_permission("Special Watch", "read", watch.name, user=person("security"))
		)
		self.assertFalse(may())
		with self.as_user(person("class_teacher")):
			stored(watch).relieve(person("security"))
		self.assertTrue(may())
		with self.as_user(person("security")):
			stored(watch).relieve(person("doctor"))
		self.assertFalse(may())

	def test_no_student_and_no_person_of_concern_watches(self):
		case = make_student_case(level="L2")
		name_of_concern(case, person("doctor"))
		for key in ("monitor", "doctor", "administrator"):
			with self.subTest(key=key):
				self.assert_refused(
					lambda key=key: make_special_watch(student=case.student, observer=person(key)),
					frappe.ValidationError,
				)
		self.assert_refused(
			lambda: make_special_watch(student=case.student, by=person("doctor")), frappe.PermissionError
		)

	def test_naming_the_observer_puts_the_next_person_there(self):
		case = make_student_case(level="L2")
		watch = make_special_watch(student=case.student)
		name_of_concern(case, person("class_teacher"))
		self.assertEqual(stored(watch).observer, person("leader"))

	def test_does_not_just_stop(self):
		watch = make_special_watch()
		for key in ("class_teacher", "leader"):
			with self.subTest(key=key), self.as_user(person(key)):
				doc = stored(watch)
				doc.status, doc.ended_at, doc.end_reason = "Ended", now_datetime(), "好了"
				with self.assertRaises(frappe.ValidationError) as refused:
					doc.save()
				self.assertRegex(str(refused.exception), "Safety Handover|安全责任移交")
		frappe.clear_messages()

	def test_ends_by_the_leader_and_a_second_person(self):
		case = make_student_case(level="L2")
		watch = make_special_watch(student=case.student)
		with self.as_user(person("psychologist")):
			self.assert_refused(
				lambda: stored(watch).propose_end("Danger Over", "好了"), frappe.PermissionError
			)
		with self.as_user(person("leader")):
			self.assert_refused(lambda: stored(watch).second_end(1, "好"), frappe.ValidationError)
			self.assert_refused(lambda: stored(watch).propose_end("", "好"), frappe.ValidationError)
			self.assert_refused(lambda: stored(watch).propose_end("Danger Over", ""), frappe.ValidationError)
			stored(watch).propose_end("Danger Over", "会商认为危险解除")
			self.assert_refused(lambda: stored(watch).second_end(1, "好"), frappe.PermissionError)
		self.assertEqual(stored(watch).status, "Running")
		with self.as_user(person("office")):
			stored(watch).second_end(1, "同意")
		after = stored(watch)
		self.assertEqual((after.status, after.end_confirmed_by), ("Ended", person("office")))
		self.assertIsNone(frappe.db.get_value("Student Case", case.name, "special_watch"))

	def test_refused_end_lets_the_watch_go_on(self):
		watch = make_special_watch()
		with self.as_user(person("leader")):
			stored(watch).propose_end("Danger Over", "会商")
		with self.as_user(person("member")):
			stored(watch).second_end(0, "仍有风险")
		after = stored(watch)
		self.assertEqual((after.status, after.end_proposed_by), ("Running", None))

	def test_an_ended_watch_stays_ended(self):
		watch = end_watch(make_special_watch())
		with self.as_user(person("leader")):
			for field, value in (("status", "Running"), ("observer", person("doctor"))):
				doc = stored(watch)
				doc.set(field, value)
				self.assert_refused(doc.save, frappe.ValidationError)
		self.assertEqual(make_special_watch(student=watch.student).status, "Running")

	def test_stamps_are_not_typed(self):
		watch = make_special_watch()
		with self.as_user(person("leader")):
			doc = stored(watch)
			doc.started_by, doc.end_proposed_by = person("office"), person("office")
			doc.save()
		self.assertEqual(stored(watch).started_by, person("class_teacher"))
		self.assertIsNone(stored(watch).end_proposed_by)

	def test_is_never_deleted(self):
		watch = make_special_watch()
		self.assert_refused(lambda: frappe.delete_doc("Special Watch", watch.name, force=True))

	def test_does_not_begin_in_the_future(self):
		ahead = now_datetime() + timedelta(hours=1)
		self.assert_refused(lambda: make_special_watch(student=make_student_profile().name, started_at=ahead))
