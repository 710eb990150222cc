"""A student asks for help on the web form, by day and in danger (art. 19)."""

import json
from datetime import datetime
from typing import Any

import frappe
from frappe.website.doctype.web_form.web_form import accept

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_warning_report, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

KIND, FORM = "Help Request", "help-request"
WORDS = {"message": "和室友闹翻了，睡不好", "their_name": "林小安", "their_class": "高一三班"}


class TestAskingForHelp(ScenarioTestCase):
	# A Friday: the next school day is after the weekend.
	day = datetime(2026, 11, 27, microsecond=100000)

	def ask(self, clock: str, **data: Any) -> Any:
		"""Send the web form as a visitor without an account does."""
		with self.as_user("Guest"), self.freeze_time(self.at(clock)):
			sent = accept(FORM, json.dumps({**WORDS, **data}))
		return frappe.get_doc(KIND, (sent or {}).get("name"))

	def duty_of(self, request: Any) -> Any:
		(name,) = frappe.get_all("Duty", {"reference_name": request.name}, pluck="name")
		return frappe.get_doc("Duty", name)

	def test_by_day_it_is_answered_within_a_school_day(self):
		request = self.ask("15:20", about_friends=1)
		duty = self.duty_of(request)
		self.assertEqual((duty.rule, duty.article, duty.tier), ("19-HELP", 19, "Due"))
		self.assertEqual(duty.responsible, person("psychologist"))
		self.assertEqual(f"{duty.due_at:%m-%d %H:%M}", "11-30 17:00")
		with self.acting("psychologist", "09:10", days=3):
			stored = frappe.get_doc(KIND, request.name)
			self.assert_refused(lambda: stored.close_request("Talked Once"))
			stored.reload()
			stored.mark_contacted("课间见面")
			stored.close_request("Talked Once")
		duty.reload()
		self.assertEqual((duty.state, f"{duty.done_at:%m-%d %H:%M}"), ("Done", "11-30 09:10"))
		assert_nothing_leaks(self, names=[*WORDS.values(), "课间见面"])

	def test_nobody_answers_by_day(self):
		request = self.ask("15:20")
		for days in (0, 3, 4):
			self.tick_and_send("17:05", days)
		duty = self.duty_of(request)
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual((duty.state, reached), ("Overdue", [person("psychologist"), person("leader")]))
		assert_nothing_leaks(self, names=WORDS.values())

	def test_in_danger_it_is_answered_within_half_an_hour_also_at_night(self):
		request = self.ask("23:10", urgent=1)
		duty = self.duty_of(request)
		self.assertEqual((duty.rule, duty.tier, f"{duty.due_at:%H:%M}"), ("19-HELP-U", "Urgent", "23:40"))
		self.let_time_pass("23:10", "23:50", every=10)
		duty.reload()
		self.assertEqual(duty.state, "Overdue")
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertLessEqual({person("psychologist"), person("member")}, set(reached))
		assert_nothing_leaks(self, names=WORDS.values())

	def test_talk_that_shows_danger_becomes_a_report_about_the_same_student(self):
		request = self.ask("15:20")
		with self.freeze_time(self.at("16:00")):
			report = make_warning_report(
				by=person("psychologist"),
				student=self.student.name,
				signals=("S102",),
				description=WORDS["message"],
			)
			other = make_warning_report(by=person("psychologist"), description=WORDS["message"])
		with self.acting("psychologist", "16:05"):
			stored = frappe.get_doc(KIND, request.name)
			stored.mark_contacted()
			stored.student, stored.warning_report = self.student.name, other.name
			self.assert_refused(stored.save)
			stored.reload()
			stored.student, stored.warning_report = self.student.name, report.name
			stored.save()
			stored.close_request("Warning Reported")
		self.assertEqual(self.duty_of(request).state, "Done")
		self.assertEqual(self.duties()["13-ASSESS-R"].responsible, person("psychologist"))
		assert_nothing_leaks(self, names=WORDS.values())

	def test_sender_cannot_handle_or_read_what_was_sent(self):
		student = self.student.name
		request = self.ask("15:20", status="Closed", outcome="Not a Request", student=student, owner="x")
		self.assertEqual((request.status, request.outcome, request.student), ("New", None, None))
		for user in ("Guest", person("monitor"), person("class_teacher"), person("administrator")):
			with self.subTest(user=user), self.as_user(user):
				self.assertFalse(frappe.has_permission(KIND, "read", request.name))
				self.assert_refused(lambda: frappe.client.get(KIND, request.name), frappe.PermissionError)
		self.assertEqual(self.duty_of(request).state, "Open")
		assert_nothing_leaks(self, names=WORDS.values())

	def test_words_of_the_student_stay_and_nothing_is_deleted(self):
		request = self.ask("15:20")
		with self.acting("psychologist", "15:40"):
			self.assert_refused(lambda: frappe.client.set_value(KIND, request.name, "message", "没事了"))
			self.assert_refused(lambda: frappe.client.delete(KIND, request.name))
		self.assertEqual(frappe.db.get_value(KIND, request.name, "message"), WORDS["message"])
		assert_nothing_leaks(self, names=WORDS.values())
