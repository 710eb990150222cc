from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.compliance import count_by_article
from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.crisis_plan.duties.dry_run import dry_run
from crisis_intervention.crisis_plan.duties.reconciliation import reconcile
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.crisis_plan.selfcheck import findings
from crisis_intervention.tests.factories import person

MONDAY = datetime(2026, 11, 30, 9, 0, 0, 100000)


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

	def test_recurrence_raises_each_period_once(self):
		with self.freeze_time(MONDAY):
			self.assertGreater(raise_recurring(), 0)
			self.assertEqual(raise_recurring(), 0)
		roster = frappe.get_doc("Duty", {"rule": "05-ROSTER"})
		self.assertEqual((roster.period, roster.due_at), ("2026-W49", datetime(2026, 12, 4, 17, 0)))
		with self.freeze_time(MONDAY + timedelta(days=7)):
			raise_recurring()
		self.assertEqual(frappe.db.count("Duty", {"rule": "05-ROSTER"}), 2)

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
		self.assertTrue([finding for finding in findings() if finding.subject == "04-WATCH"])
