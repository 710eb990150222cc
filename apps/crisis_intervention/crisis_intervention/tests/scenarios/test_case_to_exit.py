"""From a report to a closed entry: assessment, confirmation, lower level, exit (art. 12, 13, 24.1)."""

from typing import Any

import frappe
from frappe.model.workflow import apply_workflow

from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_risk_assessment, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase


class TestCaseToExit(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.report = self.report_at("09:00", seen="08:30", signals=("S102",))
		with self.freeze_time(self.at("10:00")):
			assessment = make_risk_assessment(
				student=self.student.name, warning_report=self.report.name, level="L2"
			)
		self.case_name = assessment.student_case

	def case(self) -> Any:
		return frappe.get_doc("Student Case", self.case_name)

	def move(self, action: str, **values: str) -> None:
		doc = self.case()
		if values:
			doc.update(values).save()
		apply_workflow(doc, action)

	def test_entry_is_confirmed_lowered_and_left_by_two_persons_each(self):
		self.assertEqual(self.duties()["13-ASSESS-R"].state, "Done")
		self.assertEqual(self.duties()["24.1-CONFIRM"].state, "Open")
		with self.acting("office", "11:00"):
			self.move("Confirm Entry")
		self.assertEqual(self.duties()["24.1-CONFIRM"].state, "Done")

		with self.acting("psychologist", "10:00", days=30):
			self.assertEqual(self.case().change_level("L4", "四周稳定"), "Proposed")
			row = self.case().level_history[-1].name
			self.assert_refused(lambda: self.case().second_level_change(row, 1, "同意"))
		self.assertEqual(self.case().current_level, "L2")
		with self.acting("leader", "11:00", days=30):
			self.case().second_level_change(row, 1, "同意调整")
		self.assertEqual(self.case().current_level, "L4")

		with self.acting("leader", "10:00", days=90):
			self.assert_refused(lambda: self.move("Propose Exit"))
			self.move("Propose Exit", exit_reason="评估稳定三月")
			self.assert_refused(lambda: self.move("Confirm Exit"))
		self.assertEqual(self.duties()["24.1-EXIT"].state, "Open")
		with self.acting("office", "15:00", days=90):
			self.move("Confirm Exit")
		self.assertEqual((self.case().workflow_state, self.duties()["24.1-EXIT"].state), ("Exited", "Done"))
		assert_nothing_leaks(self, names=["四周稳定", "同意调整", "评估稳定三月"])

	def test_who_may_read_the_case(self):
		readers = {"psychologist": True, "class_teacher": True, "office": True, "leader": True}
		others = {"class_teacher2": False, "subject_teacher": False, "monitor": False, "administrator": False}
		for key, expected in {**readers, **others}.items():
			with self.subTest(key=key):
				allowed = frappe.has_permission("Student Case", "read", self.case_name, user=person(key))
				self.assertEqual(bool(allowed), expected)
