from datetime import timedelta

import frappe
from frappe.client import get_list, insert

from crisis_intervention.case_registry.earlies import seen_without_report
from crisis_intervention.tests.factories import make_student_profile, make_warning_report, person
from crisis_intervention.tests.factories_screening import make_help_request
from crisis_intervention.tests.utils import CrisisTestCase

KIND = "Help Request"


class TestHelpRequest(CrisisTestCase):
	def duty(self, request, rule):
		filters = {"reference_name": request.name, "rule": rule}
		return frappe.db.get_value("Duty", filters, ["state", "raised_at", "due_at", "tier"], as_dict=True)

	def test_request_calls_the_counselling_room_and_contact_answers_it(self):
		request = make_help_request()
		self.assertRegex(request.name, r"^HR-\d{4}-[2-9A-Z]{6}$")
		self.assertEqual(self.duty(request, "19-HELP").state, "Open")
		self.assertIsNone(self.duty(request, "19-HELP-U"))
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc(KIND, request.name)
			self.assertEqual(stored.mark_contacted("课间在走廊见到"), "Contacted")
		stored.reload()
		self.assertEqual(
			(stored.answered_by, stored.contact_note), (person("psychologist"), "课间在走廊见到")
		)
		self.assertEqual(self.duty(request, "19-HELP").state, "Done")

	def test_danger_is_answered_within_half_an_hour(self):
		request = make_help_request(urgent=1)
		duty = self.duty(request, "19-HELP-U")
		self.assertEqual((duty.tier, duty.due_at - duty.raised_at), ("Urgent", timedelta(minutes=30)))
		self.assertIsNone(self.duty(request, "19-HELP"))

	def test_case_it_leads_to_was_discovered_when_the_student_asked(self):
		student = make_student_profile()
		asked = frappe.utils.add_to_date(frappe.utils.now_datetime(), hours=-3)
		for outcome, discovered in (("Not a Request", False), ("Assessed", True)):
			request = make_help_request()
			frappe.db.set_value(
				KIND, request.name, {"student": student.name, "asked_at": asked, "outcome": outcome}
			)
			seen = seen_without_report(
				frappe._dict(name="x", student=student.name, assessed_at=frappe.utils.now_datetime())
			)
			self.assertEqual(seen == asked, discovered)

	def test_nothing_names_who_was_signed_in(self):
		request = make_help_request(by=person("monitor"), their_name="", their_class="")
		stored = frappe.db.get_value(KIND, request.name, "*", as_dict=True)
		self.assertNotIn(person("monitor"), str(stored))
		with self.as_user(person("monitor")):
			self.assertFalse(frappe.has_permission(KIND, "read", request.name))

	def test_guest_neither_reads_nor_lists_nor_writes_past_the_form(self):
		request = make_help_request()
		with self.as_user("Guest"):
			self.assertFalse(frappe.has_permission(KIND, "read", request.name))
			self.assert_refused(lambda: get_list(KIND), frappe.PermissionError)
			self.assert_refused(lambda: insert({"doctype": KIND}), frappe.PermissionError)

	def test_handling_does_not_come_from_the_sender(self):
		student = make_student_profile().name
		request = make_help_request(
			status="Closed",
			student=student,
			outcome="Not a Request",
			answered_by=person("leader"),
			closed_at="2020-01-01",
		)
		self.assertEqual((request.status, request.student, request.outcome), ("New", None, None))
		self.assertEqual((request.answered_by, request.closed_at), (None, None))
		self.assertTrue(request.asked_at)

	def test_who_wants_to_be_called_leaves_a_number_unless_in_danger(self):
		calling = {"reach_by": "Telephone or Message", "reach_at": " "}
		self.assert_refused(lambda: make_help_request(**calling))
		self.assert_refused(lambda: make_help_request(reach_by="Through My Class Teacher", their_name=""))
		self.assertTrue(make_help_request(urgent=1, **calling).name)
		self.assertTrue(make_help_request(their_name="", their_class="", about_sleep=0).name)

	def test_words_of_the_student_stay(self):
		request = make_help_request(message="睡不着")
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc(KIND, request.name)
			stored.message = "没事"
			self.assert_refused(stored.save)
			stored.reload()
			stored.urgent = 1
			self.assert_refused(stored.save)

	def test_it_is_closed_with_an_outcome(self):
		request = make_help_request()
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc(KIND, request.name)
			self.assert_refused(lambda: stored.close_request(""))
			self.assert_refused(lambda: stored.close_request("Talked Once"))
			self.assert_refused(lambda: stored.close_request("Could Not Be Reached"))
			stored.reload()
			stored.mark_contacted()
			stored.close_request("Talked Once")
			self.assertEqual((stored.status, stored.closed_by), ("Closed", person("psychologist")))
			stored.status = "New"
			self.assert_refused(stored.save)

	def test_nobody_reached_is_an_outcome_that_answers_the_duty(self):
		request = make_help_request(their_name="", their_class="")
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc(KIND, request.name)
			stored.close_request("Could Not Be Reached", "匿名且未留联系方式，已在校园张贴开放时间")
		self.assertEqual(self.duty(request, "19-HELP").state, "Done")
		self.assertIsNone(stored.answered_at)

	def test_report_that_came_of_it_is_about_the_same_student(self):
		student, report = make_student_profile().name, make_warning_report()
		with self.as_user(person("psychologist")):
			stored = frappe.get_doc(KIND, make_help_request().name)
			stored.student, stored.warning_report = student, report.name
			self.assert_refused(stored.save)
			stored.reload()
			stored.student, stored.warning_report = report.student, report.name
			stored.save()
		self.assertEqual(stored.warning_report, report.name)

	def test_who_reads_it(self):
		request = make_help_request()
		readers = {"psychologist", "psychologist2", "leader"}
		others = {"member", "office", "school_leader", "class_teacher", "monitor", "administrator", "auditor"}
		for key in readers | others:
			with self.subTest(key=key):
				allowed = frappe.has_permission(KIND, "read", request.name, user=person(key))
				self.assertEqual(bool(allowed), key in readers)

	def test_whom_the_ladder_reaches_reads_it_and_does_not_change_it(self):
		request = make_help_request(urgent=1)
		duty = frappe.db.get_value("Duty", {"reference_name": request.name})
		frappe.db.set_value("Duty", duty, "responsible", person("member"))
		with self.as_user(person("member")):
			stored = frappe.get_doc(KIND, request.name)
			self.assertTrue(stored.has_permission("read"))
			self.assert_refused(stored.mark_contacted, frappe.PermissionError)
