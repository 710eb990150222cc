"""Attacks through the client that `case_registry/test_attacks.py` does not try (art. 13, 24.1, 24.7)."""

import frappe
from frappe.client import insert, set_value

from crisis_intervention.tests.factories import make_warning_report, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

REFUSED = (frappe.PermissionError, frappe.ValidationError)


class TestInvariants(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.report = make_warning_report(student=self.student.name, signals=("S102",))

	def test_client_opens_no_entry_without_assessment(self):
		for key in ("leader", "psychologist", "office"):
			with self.subTest(key=key), self.as_user(person(key)):
				values = {"doctype": "Student Case", "student": self.student.name}
				self.assert_refused(lambda values=values: insert(values), frappe.PermissionError)
		self.assertFalse(frappe.get_all("Student Case", {"student": self.student.name}))

	def test_nobody_sets_the_state_of_a_duty(self):
		duty = self.duties()["12-ACK-R"].name
		for key in ("psychologist", "leader", "administrator"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(lambda: set_value("Duty", duty, "state", "Done"), *REFUSED)
		self.assertEqual(frappe.db.get_value("Duty", duty, "state"), "Open")

	def test_nobody_edits_the_report_of_somebody_else(self):
		for key in ("monitor", "class_teacher2", "administrator"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(
					lambda: set_value("Warning Report", self.report.name, "description", "没事"),
					frappe.PermissionError,
				)
		self.assertEqual(frappe.db.get_value("Warning Report", self.report.name, "description"), "说不想活了")
