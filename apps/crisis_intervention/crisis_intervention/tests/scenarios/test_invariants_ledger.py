"""The ledger attacked: duties are not invented, silenced, moved or forgotten (art. 5, 12, 24.7)."""

import json
from typing import Any

import frappe
from frappe.client import bulk_update, delete, insert, set_value
from frappe.client import save as client_save
from frappe.desk.form.save import savedocs
from frappe.desk.reportview import delete_items

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.scenarios.attacks import FLAGS, AttackTestCase

RULE = "12-ACK-R"
LOGS = ("Duty", "Duty Log", "Dispatch Log")
ATTACKERS = ("psychologist", "leader", "school_leader", "administrator")


class TestLedgerAttacked(AttackTestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(cache.clear)
		for key in (*ATTACKERS, "auditor", "class_teacher"):
			person(key)
		self.report = self.report_at("16:00", signals=("S102",))
		self.name = self.duties()[RULE].name

	def stored(self) -> Any:
		return frappe.db.get_value("Duty", self.name, "*", as_dict=True)

	def lines(self) -> list[str]:
		return sorted(frappe.get_all("Duty Log", {"duty": self.name}, pluck="name"))

	def duty_sent(self, **values: Any) -> dict[str, Any]:
		return self.sent("Duty", self.name, **values)

	def test_no_client_closes_moves_or_reassigns_a_duty(self):
		before = self.stored()
		for values in (
			{"state": "Done", "evidence_doctype": "Warning Report", "evidence_name": self.report.name},
			{"due_at": "2027-01-01 10:00:00", "next_step_at": "2027-01-01 10:00:00"},
			{"responsible": person("auditor")},
			{"acknowledged_at": "2026-11-26 16:01:00", "acknowledged_by": person("psychologist")},
			{"plan": None, "article": 1, "tier": "Info"},
		):
			ways = (
				lambda values=values: savedocs(json.dumps(self.duty_sent(**values)), "Save"),
				lambda values=values: savedocs(json.dumps(self.duty_sent(flags=FLAGS, **values)), "Save"),
				lambda values=values: client_save(self.duty_sent(flags=FLAGS, **values)),
				lambda values=values: set_value("Duty", self.name, values),
				lambda values=values: frappe.get_doc("Duty", self.name).update(values).save(),
			)
			for key in ATTACKERS:
				for number, attack in enumerate(ways):
					with self.subTest(key=key, way=number), self.acting(key, "16:05"):
						self.assert_refused(attack)
		self.assertEqual(self.stored(), before)
		assert_nothing_leaks(self)

	def test_bulk_edit_closes_no_duty(self):
		for key in ATTACKERS:
			with self.subTest(key=key), self.acting(key, "16:05"):
				row = {"doctype": "Duty", "docname": self.name, "state": "Done"}
				self.assertTrue(bulk_update(json.dumps([row]))["failed_docs"])
		frappe.clear_messages()
		self.assertEqual(self.stored().state, "Open")
		assert_nothing_leaks(self)

	def test_nobody_writes_deletes_or_invents_lines_of_the_logs(self):
		lines = self.lines()
		self.tick_and_send("16:01")
		sent = frappe.get_all("Dispatch Log", {"duty": self.name}, pluck="name")
		self.assertTrue(lines and sent)
		for key in (*ATTACKERS, "auditor"):
			for doctype, name in (("Duty Log", lines[0]), ("Dispatch Log", sent[0]), ("Duty", self.name)):
				with self.subTest(key=key, doctype=doctype), self.acting(key, "16:05"):
					self.assert_refused(lambda d=doctype, n=name: set_value(d, n, "owner", person("doctor")))
					self.assert_refused(lambda d=doctype, n=name: delete(d, n))
					self.assert_refused(lambda d=doctype, n=name: frappe.rename_doc(d, n, "X-1"))
					self.assert_refused(lambda d=doctype: insert({"doctype": d, "duty": self.name}))
		self.assertLessEqual(set(lines), set(self.lines()))
		self.assertTrue(frappe.db.exists("Dispatch Log", sent[0]))
		assert_nothing_leaks(self)

	def test_lists_delete_nothing(self):
		for key in ATTACKERS:
			with self.subTest(key=key), self.acting(key, "16:05"):
				frappe.local.form_dict = frappe._dict(doctype="Duty", items=json.dumps([self.name]))
				self.attempt(delete_items)
		self.assertEqual(self.stored().state, "Open")
		assert_nothing_leaks(self)

	def test_forms_call_no_method_of_a_duty_that_is_not_offered(self):
		for method in ("db_set", "save", "delete", "db_insert"):
			with self.subTest(method=method), self.acting("leader", "16:05"):
				held = self.duty_sent(state="Done")
				self.assert_refused(
					lambda m=method, h=held: self.call_method(m, h, fieldname="state", value="Done")
				)
		self.assertEqual(self.stored().state, "Open")
		assert_nothing_leaks(self)

	def test_nobody_acknowledges_for_another_who_was_not_reached(self):
		for key in ("class_teacher", "auditor", "administrator"):
			with self.subTest(key=key), self.acting(key, "16:05"):
				self.assert_refused(lambda: api.acknowledge(self.name), frappe.PermissionError)
		self.assertEqual((self.stored().state, self.stored().acknowledged_by), ("Open", None))
		assert_nothing_leaks(self)

	def customised(self, clock: str, **values: Any) -> None:
		with self.acting("administrator", clock):
			rule = frappe.get_doc("Duty Rule", RULE)
			rule.update(values)
			rule.save()

	def test_rule_that_is_switched_off_silences_no_duty_that_arose(self):
		self.customised("16:02", enabled=0, disabled_reason="x")
		self.let_time_pass("16:05", "17:30", every=10)
		self.assertEqual(self.stored().state, "Overdue")
		self.assertIn(("17:05", person("leader")), self.told(RULE))
		assert_nothing_leaks(self)

	def test_urgent_ladder_goes_on_whatever_a_school_makes_of_the_rule(self):
		once = {"moment": "After Due", "delay": 0, "delay_unit": "Minutes", "recipient": "Team Leader"}
		silent = [{**once, "channel": "All", "repeat_minutes": 0}]
		self.assert_refused(lambda: self.customised("16:02", steps=silent), frappe.ValidationError)
		with self.acting("administrator", "16:02"):
			settings = frappe.get_doc("Crisis Settings")
			settings.urgent_ladder = []
			self.assert_refused(settings.save, frappe.ValidationError)
		# A rule that is made routine later has no ladder any more; what arose as urgent keeps one.
		self.customised("16:03", tier="Due", steps=[])
		self.let_time_pass("16:05", "17:40", every=5)
		times = [clock for clock, user in self.told(RULE) if user == person("leader")]
		self.assertEqual(times, ["16:30", "17:00", "17:30"])
		with self.acting("leader", "17:41"):
			api.acknowledge(self.name)
		self.let_time_pass("17:45", "18:45", every=10)
		self.assertEqual([clock for clock, user in self.told(RULE) if user == person("leader")], times)
		assert_nothing_leaks(self)
