"""A report attacked: nothing lowers it, closes it, backdates it or names who hid himself (art. 5, 12)."""

import json
from typing import Any
from unittest.mock import patch

import frappe
from frappe.client import bulk_update, get_value, set_value
from frappe.client import save as client_save
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.form.save import savedocs
from frappe.model.workflow import apply_workflow, bulk_workflow_approval

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import PEOPLE, person
from crisis_intervention.tests.scenarios.attacks import FLAGS, AttackTestCase

KIND, OBSERVER = "Warning Report", "Warning Report Observer"
WORDS = "在天台说不想活了"


class TestReportAttacked(AttackTestCase):
	def setUp(self):
		super().setUp()
		for key in PEOPLE:
			person(key)
		self.report = self.report_at(
			"16:00", seen="14:30", signals=("S102",), description=WORDS, hide_observer=1, student_with="Alone"
		)
		self.name = self.report.name

	def stored(self, *fields: str) -> Any:
		return frappe.db.get_value(KIND, self.name, fields)

	def ways(self, **values: Any) -> list[Any]:
		"""Every way by which a client writes values."""
		return [
			lambda: savedocs(json.dumps(self.sent(KIND, self.name, **values)), "Save"),
			lambda: savedocs(json.dumps(self.sent(KIND, self.name, flags=FLAGS, **values)), "Save"),
			lambda: client_save(self.sent(KIND, self.name, flags=FLAGS, **values)),
			lambda: set_value(KIND, self.name, values),
			lambda: bulk_update(json.dumps([{"doctype": KIND, "docname": self.name, **values}])),
			lambda: frappe.get_doc(KIND, self.name).update(values).save(),
		]

	def test_nothing_lowers_the_urgency_or_the_key_target(self):
		before = self.stored("urgency", "is_key_target", "key_target_reason")
		self.assertEqual(before[0], "Red")
		lower = {"urgency": "Yellow", "is_key_target": 0, "key_target_reason": ""}
		for values in (lower, {**lower, "signals": [], "correction_reason": "误报"}):
			for key in ("subject_teacher", "psychologist", "leader"):
				for number, attack in enumerate(self.ways(**values)):
					with self.subTest(key=key, way=number), self.acting(key, "16:05"):
						self.attempt(attack)
						self.assertEqual(self.stored("urgency", "is_key_target", "key_target_reason"), before)
		duties = self.duties(reference_name=self.name)
		self.assertEqual({duties[rule].state for rule in ("12-ACK-R", "13-ASSESS-R")}, {"Open"})
		assert_nothing_leaks(self, names=[WORDS, "误报"])

	def test_nothing_closes_it_before_somebody_assessed(self):
		closed = {"status": "Closed", "risk_assessment": None, "closing_note": "没事"}
		for key in ("subject_teacher", "psychologist", "leader", "office"):
			for number, attack in enumerate(self.ways(**closed)):
				with self.subTest(key=key, way=number), self.acting(key, "16:05"):
					self.attempt(attack)
					self.assertEqual(self.stored("status"), "New")
			with self.acting(key, "16:05"):
				self.attempt(lambda: apply_workflow(frappe.get_doc(KIND, self.name), "Close Report"))
				self.attempt(lambda: bulk_workflow_approval(json.dumps([self.name]), KIND, "Close Report"))
		self.assertEqual(self.stored("status"), "New")
		assert_nothing_leaks(self, names=[WORDS, "没事"])

	def test_times_and_persons_come_from_the_server(self):
		before = self.stored("entry_time", "acknowledged_by", "acknowledged_at", "owner")
		forged = {
			"entry_time": "2026-11-26 14:31:00",
			"acknowledged_by": person("psychologist"),
			"acknowledged_at": "2026-11-26 14:40:00",
			"owner": person("doctor"),
		}
		for key in ("subject_teacher", "psychologist"):
			for attack in self.ways(**forged):
				with self.acting(key, "16:05"):
					self.attempt(attack)
		self.assertEqual(self.stored("entry_time", "acknowledged_by", "acknowledged_at", "owner"), before)
		assert_nothing_leaks(self, names=[WORDS])

	def test_import_begins_like_a_report_of_today(self):
		row = {
			"doctype": KIND,
			"student": self.student.name,
			"description": WORDS,
			"immediate_danger": 1,
			"urgency": "Yellow",
			"status": "Closed",
			"event_time": self.at("08:00"),
			"entry_time": "2026-11-20 08:00:00",
			"acknowledged_by": person("leader"),
		}
		with patch.dict(frappe.flags, {"in_import": True}), self.acting("subject_teacher", "16:10"):
			imported = frappe.get_doc(row).insert()
		self.assertEqual((imported.urgency, imported.status, imported.acknowledged_by), ("Red", "New", None))
		self.assertEqual(f"{imported.entry_time:%H:%M}", "16:10")
		assert_nothing_leaks(self, names=[WORDS])

	def test_what_was_written_changes_with_a_reason_and_leaves_its_trace(self):
		for field in ("description", "correction_reason", "event_time"):
			make_property_setter(KIND, field, "reqd", 0, "Check")
		self.addCleanup(frappe.clear_cache, doctype=KIND)
		for values in ({"description": "玩笑话"}, {"event_time": "2026-11-26 15:59:00"}, {"injury": 1}):
			for number, attack in enumerate(self.ways(**values)):
				if number != 4:
					with self.subTest(way=number, **values), self.acting("subject_teacher", "16:05"):
						self.assert_refused(attack, frappe.ValidationError)
		with self.acting("subject_teacher", "16:10"):
			set_value(KIND, self.name, {"description": "在天台哭", "correction_reason": "当时没听清"})
			client_save(self.sent(KIND, self.name, corrections=[]))
		(row,) = frappe.get_doc(KIND, self.name).corrections
		self.assertEqual((row.old_value, row.new_value, row.corrected_by), (WORDS, "在天台哭", None))
		assert_nothing_leaks(self, names=[WORDS, "在天台哭", "当时没听清"])

	def test_who_hid_himself_is_known_to_the_team_leader_only(self):
		reporter = person("subject_teacher")
		observer = frappe.db.get_value(OBSERVER, {"warning_report": self.name})
		for key in set(PEOPLE) - {"subject_teacher", "leader"}:
			with self.subTest(key=key), self.acting(key, "16:05"):
				self.attempt(lambda: self.assertNotIn(reporter, str(frappe.client.get(KIND, self.name))))
				self.attempt(lambda: self.assertNotIn(reporter, str(frappe.client.get(OBSERVER, observer))))
				found = {"owner": reporter, "name": self.name}
				self.attempt(lambda f=found: self.assertFalse(get_value(KIND, "name", json.dumps(f))))
				self.attempt(lambda: self.assertFalse(frappe.get_list(OBSERVER, {"observer": reporter})))
		for doctype in ("Version", "Comment", "ToDo", "Duty", "Duty Log", "Dispatch Log", "Notification Log"):
			rows = frappe.get_all(doctype, {"creation": [">=", self.at("15:59")]}, ["*"])
			for row in rows:
				if self.name in str(row):
					self.assertNotIn(reporter, (row.owner, row.modified_by, row.get("from_user")), doctype)
		assert_nothing_leaks(self, names=[WORDS])
