from datetime import datetime, timedelta
from unittest.mock import patch

import frappe
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.compliance import count_by_article
from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.crisis_plan.duties.dry_run import dry_run, show
from crisis_intervention.crisis_plan.duties.reconciliation import reconcile
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.candidates import CASE, CLASS, ROLE, ROSTER, TEAM, UNIT
from crisis_intervention.crisis_plan.people.resolver import DEPUTY, SUBSTITUTE
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.crisis_plan.selfcheck import findings
from crisis_intervention.crisis_plan.selfcheck import plan as plan_check
from crisis_intervention.tests.factories import make_risk_assessment, make_user, person

MONDAY = datetime(2026, 11, 30, 9, 0, 0, 100000)
# A Tuesday in the middle of the shipped winter vacation.
IN_VACATION = datetime(2027, 2, 2, 9, 0)


class TestDutyRule(DutyTestCase):
	def setUp(self):
		super().setUp()
		cache.clear()
		self.addCleanup(cache.clear)

	def make_rule(self, **fields):
		values = {
			"doctype": "Duty Rule",
			"rule_code": "T-" + frappe.generate_hash(length=6),
			"title": "测试",
			"article": 13,
			"kind": "Assess",
			"tier": "Due",
			"document_type": "Warning Report",
			"trigger_type": "Event",
			"trigger_event": "Insert",
			"responsible": "Psychology Teacher",
			"due_value": 1,
			"due_unit": "Hours",
			"fulfil_match": "Acknowledgement",
		}
		return frappe.get_doc({**values, **fields}).insert()

	def test_rule_of_the_administrator_works_at_once(self):
		with self.as_user(person("administrator")):
			rule = self.make_rule(condition="doc.immediate_danger and doc.urgency == 'Red'")
		self.red_report()
		self.assertEqual(self.duty(rule.name).source, "School")

	def test_disabled_rule_is_silent(self):
		rule = self.make_rule(enabled=0, disabled_reason="x")
		self.red_report()
		self.assertFalse(frappe.db.exists("Duty", {"rule": rule.name}))

	def test_broken_condition_raises_the_duty_and_never_fails_the_report(self):
		rule = self.make_rule(condition="doc.nothing.at_all > 3")
		report = self.red_report()
		self.assertTrue(frappe.db.exists("Warning Report", report.name))
		self.assertTrue(self.duty(rule.name))

	def test_refuses_what_could_not_run(self):
		for fields in (
			{"condition": "doc.x ="},
			{"document_type": "No Such Thing"},
			{"trigger_event": "Field Value", "trigger_field": "no_such_field", "trigger_value": "1"},
			{"fulfil_match": "Link", "fulfil_doctype": "Risk Assessment"},
			{"fulfil_match": "Same Student"},
			{"article": 28},
			{"responsible": "Librarian"},
		):
			with self.subTest(**fields):
				self.assert_refused(lambda fields=fields: self.make_rule(**fields))

	def test_only_the_administrator_writes_rules(self):
		for key in ("leader", "psychologist", "office", "auditor"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(self.make_rule)

	def test_cited_rule_is_not_deleted(self):
		self.red_report()
		self.assert_refused(lambda: frappe.delete_doc("Duty Rule", "12-ACK-R"))

	def test_dry_run_writes_and_sends_nothing(self):
		watched = ("Duty", "Duty Log", "Dispatch Log", "Email Queue", "Notification Log")
		before = [frappe.db.count(doctype) for doctype in watched]
		values = {"doctype": "Warning Report", "student": self.student.name, "urgency": "Red", "injury": 1}
		rows = dry_run(values, get_datetime("2026-11-28 22:00:00"))
		self.assertEqual([frappe.db.count(doctype) for doctype in watched], before)
		raised = {row["rule"]: row for row in rows if row["what"] == "Raised"}
		self.assertEqual(raised["12-ACK-R"]["person"], person("psychologist"))
		self.assertEqual(raised["12-DOCTOR"]["person"], person("doctor"))
		self.assertEqual(str(raised["13-ASSESS-R"]["due_at"]), "2026-11-29 00:00:00")
		self.assertTrue([row for row in rows if row["what"] == "Escalation"])

	def test_dry_run_on_the_command_line(self):
		before = {doctype: frappe.db.count(doctype) for doctype in ("Duty", "Duty Log", "Dispatch Log")}
		lines = show("2026-11-28 22:00:00", urgency="Red", injury=1, student=self.student.name)
		self.assertEqual({doctype: frappe.db.count(doctype) for doctype in before}, before)
		text = "\n".join(lines)
		for piece in ("12-DOCTOR", person("doctor"), "due 11-28 22:10", "Escalation", "E-mail"):
			with self.subTest(piece=piece):
				self.assertIn(piece, text)
		self.assertNotIn(self.student.student_name, text)

	def test_recurrence_raises_each_period_once(self):
		with self.freeze_time(MONDAY):
			self.assertGreater(raise_recurring(), 0)
			self.assertEqual(raise_recurring(), 0)
		roster = frappe.get_doc("Duty", {"rule": "05-ROSTER"})
		self.assertEqual((roster.period, roster.due_at), ("2026-W49", datetime(2026, 12, 4, 17, 0)))
		with self.freeze_time(MONDAY + timedelta(days=7)):
			raise_recurring()
		self.assertEqual(frappe.db.count("Duty", {"rule": "05-ROSTER"}), 2)

	def test_reports_pause_in_vacation_and_contact_and_reviews_do_not(self):
		with self.freeze_time(IN_VACATION - timedelta(days=8)):
			make_risk_assessment(student=self.student.name)
		mine = {"school_class": self.student.school_class}
		with self.freeze_time(IN_VACATION):
			raise_recurring()
		self.assertFalse(
			frappe.db.exists("Duty", {**mine, "rule": "12-CLASSWEEK", "raised_at": [">=", IN_VACATION]})
		)
		self.assertFalse(
			frappe.db.exists("Duty", {"rule": "12-PSYWEEK", "raised_at": [">=", IN_VACATION.date()]})
		)
		self.assertTrue(frappe.db.exists("Duty", {"student": self.student.name, "rule": "23-REVIEW"}))

	def test_pause_is_a_switch_of_the_settings_shown_as_our_default(self):
		self.assertIn("Our default", self.setting().description)
		frappe.db.set_single_value("Crisis Settings", "pause_reports_in_vacation", 0)
		with self.freeze_time(IN_VACATION):
			raise_recurring()
		duty = frappe.get_doc("Duty", {"rule": "12-CLASSWEEK", "school_class": self.student.school_class})
		self.assertEqual(duty.due_at, datetime(2027, 2, 7, 17, 0))

	def setting(self):
		return frappe.get_meta("Crisis Settings").get_field("pause_reports_in_vacation")

	def test_reconciliation_finds_what_raised_no_event(self):
		frappe.flags.in_import = True
		try:
			report = self.red_report()
		finally:
			frappe.flags.in_import = False
		self.assertFalse(frappe.db.exists("Duty", {"reference_name": report.name}))
		with self.freeze_time(SATURDAY_NIGHT + timedelta(hours=4)):
			reconcile()
			known = frappe.db.count("Duty", {"reference_name": report.name})
			reconcile()
		self.assertGreaterEqual(known, 3)
		self.assertEqual(frappe.db.count("Duty", {"reference_name": report.name}), known)

	def test_compliance_counts_by_article(self):
		self.red_report()
		self.tick_at(SATURDAY_NIGHT + timedelta(hours=3))
		counts = {row.article: row for row in count_by_article("2026-11-28", "2026-11-28")}
		self.assertGreaterEqual(counts[13].states["Overdue"], 1)
		self.assertEqual(counts[13].percent_in_time, 0.0)

	def test_selfcheck_names_what_is_missing(self):
		self.team.members = [row for row in self.team.members if row.function != "School Doctor"]
		self.team.save()
		for row in frappe.get_all("Has Role", filters={"role": "School Doctor", "parenttype": "User"}):
			frappe.db.delete("Has Role", {"name": row.name})
		found = {(finding.severity, finding.subject) for finding in findings()}
		self.assertIn(("Error", "12-DOCTOR"), found)

	def test_ledger_knows_every_function_of_the_rules(self):
		def options(doctype, field):
			return set((frappe.get_meta(doctype).get_field(field).options or "").split("\n"))

		known = options("Duty", "responsible_function")
		self.assertEqual(options("Duty Rule", "responsible") - known, set())
		self.assertEqual(set(F.STANDING) - known, set())
		ways = {ROSTER, CLASS, CASE, TEAM, UNIT, ROLE, SUBSTITUTE, DEPUTY, "Named"}
		self.assertEqual(ways, options("Duty", "resolved_via") - {""})

	def test_selfcheck_knows_the_articles_that_call_no_duty(self):
		cited = set(frappe.get_all("Duty Rule", pluck="article"))
		for article in set(range(1, 28)) - cited:
			with self.subTest(article=article):
				self.assertIn(article, plan_check.TRACED)
		for article in (6, 10, 27):
			self.assertTrue(plan_check.is_traced(article))
		self.assertFalse(plan_check.is_traced(13))
		without = {subject for check, subject in self.found() if check == "Article without rule"}
		self.assertEqual(without & {"6", "10", "27"}, set())

	def test_selfcheck_speaks_the_readers_language(self):
		rule = self.make_rule(enabled=0, disabled_reason="x", document_type="No Such Thing")
		with self.speaking("zh"):
			row = next(found.as_row() for found in findings() if found.subject == rule.name)
		self.assertEqual((row["severity"], row["is_error"]), ("警告", 0))
		self.assertIn("尚无", row["message"])

	def test_selfcheck_sees_level_without_measure_and_function_without_substitute(self):
		frappe.db.delete("Risk Level Measure", {"parent": "L1"})
		self.team.members = [row for row in self.team.members if row.function != "Deputy Leader"]
		self.team.members[0].deputy = None
		self.team.save()
		found = self.found()
		self.assertIn(("Level without measure", "L1"), found)
		self.assertIn(("Function without substitute", "Team Leader"), found)

	def test_selfcheck_counts_who_could_where_no_team_names_anybody(self):
		alone = ("Function without substitute", "School Doctor")
		self.team.members = [row for row in self.team.members if row.function != "School Doctor"]
		self.team.save()
		self.assertIn(alone, self.found())
		make_user("doctor2@crisis.example.com", "School Doctor")
		self.assertNotIn(alone, self.found())

	def test_selfcheck_sees_an_empty_slot_of_the_next_week(self):
		now = frappe.utils.now_datetime()
		frappe.db.delete("On-call Roster", {"to_time": [">", now]})
		self.assertIn(("On-call roster", ""), self.found())
		slot = {"doctype": "On-call Roster", "function": "Team Leader", "user": person("leader")}
		for first, last in ((-1, 3), (4, 9)):
			times = {"from_time": now + timedelta(days=first), "to_time": now + timedelta(days=last)}
			frappe.get_doc({**slot, **times}).insert()
		self.assertIn(("On-call roster", "Team Leader"), self.found())

	def test_selfcheck_runs_from_the_command_line(self):
		from contextlib import redirect_stdout
		from io import StringIO

		rule = self.make_rule(enabled=0, disabled_reason="x")
		with redirect_stdout(StringIO()) as printed:
			answer = frappe.get_attr("crisis_intervention.crisis_plan.selfcheck.run")()
		self.assertEqual(answer["errors"] + answer["warnings"], len(answer["findings"]))
		self.assertIn(rule.name, printed.getvalue())

	def test_selfcheck_reads_the_heartbeat_past_every_cache(self):
		frappe.get_cached_doc("Crisis Settings")
		now = frappe.utils.now_datetime()
		self.write_heartbeat(now)
		self.assertNotIn("Heartbeat", {check for check, _subject in self.found()})
		self.write_heartbeat(now - timedelta(minutes=6))
		self.assertIn("Heartbeat", {check for check, _subject in self.found()})

	def found(self):
		with self.speaking("en"):
			return {(finding.check, finding.subject) for finding in findings()}

	def write_heartbeat(self, moment):
		"""As another process does: no document, no cache and no `modified` are touched here."""
		frappe.db.sql(
			"update `tabSingles` set value = %s where doctype = 'Crisis Settings' and field = 'last_tick'",
			str(moment),
		)

	def test_selfcheck_wants_a_tick_each_minute_and_a_scheduler_that_outlasts_a_vacation(self):
		frappe.db.set_single_value("System Settings", "dormant_days", 4)
		with patch.dict(frappe.conf, scheduler_tick_interval=240):
			found = self.found()
		both = {("Scheduler", "dormant_days"), ("Scheduler", "scheduler_tick_interval")}
		self.assertLessEqual(both, found)
		frappe.db.set_single_value("System Settings", "dormant_days", 4000)
		self.assertFalse(both & self.found())

	def test_selfcheck_measures_the_pace_of_the_scheduler(self):
		self.tick_at(MONDAY)
		self.tick_at(MONDAY + timedelta(minutes=4))
		said = [one.message for one in findings() if one.subject == "tick_seconds"]
		self.assertTrue(said and "240" in said[0])
		self.tick_at(MONDAY + timedelta(minutes=5))
		self.assertNotIn("tick_seconds", {one.subject for one in findings()})

	def test_selfcheck_misses_a_hidden_field_and_a_missing_article(self):
		self.assertNotIn("10", {one.subject for one in findings()})
		hide = {"doc_type": "Student Case", "field_name": "fed_back_at", "property": "hidden", "value": "1"}
		setter = {"doctype": "Property Setter", "doctype_or_field": "DocField", "property_type": "Check"}
		frappe.get_doc({**setter, **hide}).insert()
		self.addCleanup(frappe.clear_cache, doctype="Student Case")
		frappe.clear_cache(doctype="Student Case")
		plan = frappe.get_doc("Crisis Plan", "PLAN-2026.1")
		plan.articles = [row for row in plan.articles if row.number != 26]
		plan.save()
		self.assertLessEqual({"10", "26"}, {one.subject for one in findings()})

	def test_selfcheck_finds_what_sends_past_the_dispatcher(self):
		workflow = frappe.get_all("Workflow", {"document_type": "Student Case"}, pluck="name")[0]
		frappe.db.set_value("Workflow", workflow, "send_email_alert", 1)
		self.assertTrue([one for one in findings() if one.subject.endswith(workflow)])
