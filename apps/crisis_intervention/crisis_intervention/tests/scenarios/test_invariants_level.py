"""Levels and assessments attacked: a person decides with reasons, a second one lowers (art. 13, 24.1)."""

import json
from typing import Any

import frappe
from frappe.client import bulk_update, insert, set_value
from frappe.client import save as client_save
from frappe.desk.form.save import savedocs
from frappe.model.workflow import apply_workflow, bulk_workflow_approval

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.scenarios.attacks import FLAGS, AssessedAttackTestCase

CASE = "Student Case"


class TestEntryAttacked(AssessedAttackTestCase):
	def history(self, **values: str) -> list[dict[str, Any]]:
		"""The history with a forged line at its end."""
		rows = self.sent(CASE, self.case)["level_history"]
		return [*rows, {"doctype": "Level Change", "to_level": "L4", "state": "In Force", **values}]

	def test_level_follows_no_client(self):
		forged = self.history(
			reason="好转", decided_by=person("psychologist"), second_person=person("leader")
		)
		for values in ({"current_level": "L4", "urgency": "Yellow"}, {"level_history": forged}):
			ways = (
				lambda values=values: savedocs(json.dumps(self.sent(CASE, self.case, **values)), "Save"),
				lambda values=values: savedocs(
					json.dumps(self.sent(CASE, self.case, flags=FLAGS, **values)), "Save"
				),
				lambda values=values: client_save(self.sent(CASE, self.case, flags=FLAGS, **values)),
				lambda values=values: set_value(CASE, self.case, values),
				lambda values=values: bulk_update(
					json.dumps([{"doctype": CASE, "docname": self.case, **values}])
				),
				lambda values=values: frappe.get_doc(CASE, self.case).update(values).save(),
			)
			for key in ("psychologist", "leader"):
				for number, attack in enumerate(ways):
					with self.subTest(key=key, way=number), self.acting(key, "10:00"):
						self.attempt(attack)
						self.assertEqual(self.of_case("current_level", "urgency"), ("L2", "Orange"))
						self.assertEqual(frappe.db.count("Level Change", {"parent": self.case}), 1)
		assert_nothing_leaks(self, names=["好转"])

	def test_lowering_needs_the_second_person_also_through_the_form(self):
		with self.acting("psychologist", "10:00"):
			held = self.sent(CASE, self.case)
			state = self.call_method("change_level", held, level="L4", reason="两周稳定")
			self.assertEqual(state, "Proposed")
			row = frappe.get_doc(CASE, self.case).level_history[-1].name
			seconded = {"row": row, "agrees": 1, "reason": "同意"}
			# The form is sent with another proposer: the server believes what it has stored.
			forged = self.sent(CASE, self.case)
			forged["level_history"][-1]["decided_by"] = person("member")
			self.assert_refused(lambda: self.call_method("second_level_change", forged, **seconded))
		for key in ("class_teacher", "subject_teacher"):
			with self.subTest(key=key), self.acting(key, "10:05"):
				self.assert_refused(
					lambda: self.call_method("second_level_change", self.sent(CASE, self.case), **seconded)
				)
		self.assertEqual(self.of_case("current_level"), "L2")
		assert_nothing_leaks(self, names=["两周稳定"])

	def test_state_moves_by_the_workflow_and_its_person_only(self):
		out = {"workflow_state": "Exited", "exit_reason": "已稳定", "exit_proposed_by": person("member")}
		for key in ("psychologist", "office"):
			ways = (
				lambda: savedocs(json.dumps(self.sent(CASE, self.case, **out)), "Save"),
				lambda: client_save(self.sent(CASE, self.case, flags=FLAGS, **out)),
				lambda: set_value(CASE, self.case, out),
				lambda: apply_workflow(json.dumps(self.sent(CASE, self.case, **out)), "Confirm Exit"),
			)
			for number, attack in enumerate(ways):
				with self.subTest(key=key, way=number), self.acting(key, "10:00"):
					self.assert_refused(attack)
		with self.acting("psychologist", "10:00"):
			self.attempt(lambda: bulk_workflow_approval(json.dumps([self.case]), CASE, "Confirm Entry"))
		self.assertEqual(self.of_case("workflow_state", "entry_confirmed_by"), ("Entry Opened", None))
		assert_nothing_leaks(self, names=["已稳定"])

	def test_form_opens_no_entry_of_its_own(self):
		values = {"doctype": CASE, "student": self.student.name, "current_level": "L1", "flags": FLAGS}
		values = {**values, "__islocal": 1, "name": "new-student-case-1"}
		for key in ("leader", "psychologist", "office"):
			with self.subTest(key=key), self.acting(key, "10:00"):
				self.assert_refused(lambda: savedocs(json.dumps(values), "Save"), frappe.PermissionError)
				self.assert_refused(lambda: insert({**values}), frappe.PermissionError)
		self.assertEqual(frappe.db.count(CASE, {"student": self.student.name}), 1)
		assert_nothing_leaks(self)
