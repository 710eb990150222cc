from unittest.mock import patch

import frappe

from crisis_intervention.crisis_plan.doctype.duty_rule import duty_rule
from crisis_intervention.crisis_plan.rules import cache
from crisis_intervention.seed import guard, loader
from crisis_intervention.seed.rows import seed_rows
from crisis_intervention.tests.utils import CrisisTestCase

ROW = {
	"doctype": "Crisis Mail Template",
	"name": "SEED-TEST",
	"template_code": "SEED-TEST",
	"occasion": "Raised",
	"enabled": 0,
	"source": "Default",
	"subject_zh": "{code}",
	"body_zh": "{code}",
	"subject_en": "{code}",
	"body_en": "{code}",
}

# A rule of a room that a later version brings.
RULE = {
	"doctype": "Duty Rule",
	"name": "T-LATER",
	"rule_code": "T-LATER",
	"title": "测试",
	"article": 13,
	"enabled": 1,
	"kind": "Assess",
	"tier": "Due",
	"source": "Default",
	"trigger_type": "Event",
	"trigger_event": "Insert",
	"document_type": "Warning Report",
	"responsible": "Psychology Teacher",
	"due_value": 1,
	"due_unit": "Hours",
	"fulfil_match": "Same Student",
	"fulfil_doctype": "Risk Assessment",
}


class SeedTestCase(CrisisTestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(cache.clear)

	def ship(self, row, **changes):
		with patch.object(loader, "seed_rows", lambda: iter([{**row, **changes}])):
			return loader.sync()


class TestRuleOfALaterRoom(SeedTestCase):
	def ship_rule(self, built: bool):
		there = patch.object(duty_rule, "built", lambda doctype: built or doctype != "Risk Assessment")
		with there:
			self.ship(RULE)
		return frappe.get_doc("Duty Rule", RULE["name"])

	def test_is_shipped_disabled_with_the_reason_in_the_language_of_the_school(self):
		rule = self.ship_rule(built=False)
		self.assertEqual(rule.enabled, 0)
		self.assertEqual(rule.disabled_reason, duty_rule.why_disabled("Risk Assessment", "zh"))
		self.assertNotRegex(rule.disabled_reason, "[A-Za-z]")

	def test_is_enabled_once_its_doctype_exists(self):
		self.ship_rule(built=False)
		self.assertEqual(self.ship_rule(built=False).enabled, 0)
		rule = self.ship_rule(built=True)
		self.assertEqual((rule.enabled, rule.disabled_reason), (1, None))
		self.assertIn(rule.name, cache.rules().by_name)

	def test_stays_as_an_admin_left_it(self):
		rule = self.ship_rule(built=False)
		rule.disabled_reason = "本校另有安排。"
		rule.save()
		rule = self.ship_rule(built=True)
		self.assertEqual((rule.enabled, rule.disabled_reason), (0, "本校另有安排。"))

	def test_deleted_by_an_admin_stays_deleted(self):
		self.ship_rule(built=False).delete()
		with self.assertRaises(frappe.DoesNotExistError):
			self.ship_rule(built=True)


class TestSeed(SeedTestCase):
	def sync(self, **changes):
		return self.ship(ROW, **changes)

	def sync_newer_version(self):
		"""Migrate to a version in which every shipped row reads otherwise."""
		rows = [{**row, "description": "新版本"} for row in loader.seed_rows()]
		with patch.object(loader, "seed_rows", lambda: iter(rows)):
			loader.sync()

	def status_of(self, doc):
		return frappe.db.get_value(
			"Seed Record", {"ref_doctype": doc.doctype, "ref_name": doc.name}, "status"
		)

	def stored(self, field="subject_zh"):
		return frappe.db.get_value(ROW["doctype"], ROW["name"], field)

	def test_untouched_row_follows_the_app(self):
		self.assertEqual(self.sync()["inserted"], 1)
		self.assertEqual(self.sync()["kept"], 1)
		self.assertEqual(self.sync(subject_zh="{kind} {code}")["updated"], 1)
		self.assertEqual(self.stored(), "{kind} {code}")

	def test_row_changed_by_an_admin_stays(self):
		self.sync()
		template = frappe.get_doc(ROW["doctype"], ROW["name"])
		template.subject_zh = "【一中】{code}"
		template.save()
		self.assertEqual(self.sync(subject_zh="{kind}")["kept"], 1)
		self.assertEqual(self.stored(), "【一中】{code}")

	def test_row_deleted_by_an_admin_stays_deleted(self):
		self.sync()
		frappe.delete_doc(ROW["doctype"], ROW["name"])
		self.sync(subject_zh="{kind}")
		self.assertIsNone(self.stored())

	def test_record_made_by_an_admin_before_is_his(self):
		frappe.get_doc({**ROW, "subject_zh": "{count}"}).insert()
		self.sync()
		self.assertEqual(self.stored(), "{count}")

	def test_shipped_rule_level_template_and_workflow_keep_an_admins_changes(self):
		rule = frappe.get_doc("Duty Rule", "12-ACK-R")
		rule.due_value = 15
		step = {"moment": "After Due", "delay": 7, "delay_unit": "Minutes", "recipient": "Team Leader"}
		rule.append("steps", {**step, "repeat_minutes": 30})
		level = frappe.get_doc("Risk Level", "L3")
		level.required_measures = "本校措施"
		template = frappe.get_doc(
			"Crisis Mail Template", frappe.get_all("Crisis Mail Template", pluck="name")[0]
		)
		template.subject_zh = "【一中】{code}"
		workflow = frappe.get_doc("Workflow", "Warning Report")
		workflow.transitions.pop()
		left = len(workflow.transitions)
		style = frappe.get_doc("Workflow State", workflow.states[0].state)
		style.style = "Inverse"
		changed = (rule, level, template, workflow, style)
		for doc in changed:
			doc.save()
		self.sync_newer_version()
		for doc in changed:
			with self.subTest(doctype=doc.doctype):
				self.assertEqual(self.status_of(doc), loader.CUSTOMISED)
		rule.reload()
		self.assertEqual((rule.due_value, [step.delay for step in rule.steps]), (15, [7]))
		self.assertEqual(frappe.db.get_value("Risk Level", "L3", "required_measures"), "本校措施")
		self.assertEqual(frappe.db.get_value(template.doctype, template.name, "subject_zh"), "【一中】{code}")
		self.assertEqual(len(frappe.get_doc("Workflow", "Warning Report").transitions), left)
		self.assertEqual(frappe.db.get_value("Workflow State", style.name, "style"), "Inverse")

	def test_shipped_rule_level_template_and_workflow_stay_deleted(self):
		gone = [
			("Workflow", "Warning Report"),
			("Duty Rule", "24.3-EXPERT"),
			("Crisis Mail Template", frappe.get_all("Crisis Mail Template", pluck="name")[0]),
			("Workflow Action Master", frappe.get_all("Workflow Action Master", pluck="name")[0]),
		]
		for doctype, name in gone:
			frappe.delete_doc(doctype, name, force=True)
		self.sync_newer_version()
		for doctype, name in gone:
			with self.subTest(doctype=doctype):
				self.assertFalse(frappe.db.exists(doctype, name))

	def test_notes_of_the_engine_are_no_edit(self):
		(row,) = [row for row in seed_rows() if row["doctype"] == "Crisis Settings"]
		noted = {"last_tick": "2026-11-28 22:00:00", "tick_seconds": 60}
		frappe.db.set_single_value("Crisis Settings", noted)
		with patch.object(loader, "seed_rows", lambda: iter([{**row, "link_valid_hours": 12}])):
			self.assertEqual(loader.sync()["updated"], 1)
		self.assertEqual(frappe.get_doc("Crisis Settings").link_valid_hours, 12)

	def test_shipped_seed_is_complete_and_migrates_without_change(self):
		self.assertEqual(loader.sync()["inserted"], 0)

	def test_foreign_names_stop_the_install(self):
		guard.refuse_foreign_names()
		frappe.db.set_value("Module Def", "Governance", "app_name", "other_app")
		with self.assertRaisesRegex(frappe.ValidationError, "other_app"):
			guard.refuse_foreign_names()
