"""Who acts first and writes later is not called for what is done already (art. 4, 12, 13)."""

from typing import Any

import frappe

from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	make_student_case,
	person,
)
from crisis_intervention.tests.factories_registry import (
	make_guardian_contact,
	make_special_watch,
	make_student_with_family,
)
from crisis_intervention.tests.scenarios.school import ScenarioTestCase


class TestActingFirst(ScenarioTestCase):
	def watch(self, clock: str) -> Any:
		with self.freeze_time(self.at(clock)):
			return make_special_watch(
				by=person("class_teacher"), student=self.student.name, observer=person("class_teacher")
			)

	def states(self, *rules: str) -> list[str]:
		found = self.duties()
		return [found[rule].state for rule in rules]

	def assess(self, clock: str, by: str, report: Any, level: str) -> Any:
		with self.freeze_time(self.at(clock)):
			return make_risk_assessment(
				by=person(by), student=self.student.name, warning_report=report.name, level=level
			)

	def test_who_watches_before_he_reports_has_watched(self):
		watch = self.watch("09:00")
		self.report_at("09:10", seen="08:55", immediate_danger=1)
		self.assertEqual(self.states("04-WATCH", "04-WITH"), ["Done", "Done"])
		duty = self.duties()["04-WATCH"]
		self.assertEqual((duty.evidence_doctype, duty.evidence_name), ("Special Watch", watch.name))
		self.let_time_pass("09:15", "10:30", every=15)
		self.assertEqual(self.states("04-WATCH", "04-WITH"), ["Done", "Done"])
		self.assertEqual([step for step in self.told("04-WATCH") if step[0] > "09:10"], [])

	def test_somebody_who_stays_is_with_a_student_who_was_alone(self):
		self.report_at("09:10", seen="08:55", immediate_danger=1, student_with="Alone")
		self.assertEqual(self.states("04-WATCH", "04-ALONE"), ["Open", "Open"])
		self.watch("09:15")
		self.assertEqual(self.states("04-WATCH", "04-ALONE"), ["Done", "Done"])

	def test_a_watch_that_ended_proves_nothing_new(self):
		watch = self.watch("08:00")
		frappe.db.set_value("Special Watch", watch.name, "status", "Ended")
		self.report_at("09:10", seen="08:55", immediate_danger=1)
		self.assertEqual(self.states("04-WATCH", "04-WITH"), ["Open", "Open"])

	def test_nothing_about_another_student_proves_anything(self):
		other = make_student_with_family(school_class=self.student.school_class)
		self.report_at("09:10", seen="08:55", immediate_danger=1)
		with self.freeze_time(self.at("09:15")):
			make_special_watch(
				by=person("class_teacher"), student=other.name, observer=person("class_teacher")
			)
			make_guardian_contact(other)
		self.assertEqual(self.states("04-WATCH", "04-WITH", "04-GUARDIAN"), ["Open"] * 3)

	def test_who_assesses_has_acknowledged(self):
		report = self.report_at("09:10", seen="08:55", signals=("S102",), immediate_danger=1)
		responsible = self.duties()["12-ACK-R"].responsible
		self.assess("09:30", "psychologist2", report, "L2")
		duty = self.duties()["12-ACK-R"]
		self.assertEqual(duty.state, "Done Late" if duty.due_at < self.at("09:30") else "Done")
		self.assertNotEqual(responsible, person("psychologist2"))
		self.assertEqual(duty.evidence_doctype, "Risk Assessment")
		self.let_time_pass("09:35", "11:00", every=20)
		self.assertEqual([step for step in self.told("12-ACK-R") if step[0] > "09:30"], [])

	def test_an_assessment_does_not_see_a_key_target_for_the_leader(self):
		report = self.report_at("09:10", seen="08:55", signals=("S102",), immediate_danger=1)
		self.assertEqual(self.states("03-KEY", "12-ACK-R"), ["Open", "Open"])
		self.assess("09:15", "psychologist2", report, "L1")
		self.assertEqual(self.states("03-KEY", "12-ACK-R"), ["Open", "Done"])
		self.assertEqual(self.duties()["03-KEY"].responsible, person("leader"))

	def test_no_entry_ends_what_was_asked_for_until_somebody_had_looked(self):
		report = self.report_at("09:10", seen="08:55", signals=("S102",), immediate_danger=1)
		self.assertEqual(self.states("04-WATCH", "04-GUARDIAN", "12-TEAM"), ["Open"] * 3)
		assessment = self.assess("09:18", "psychologist", report, "L0")
		self.assertFalse(assessment.student_case)
		self.assertEqual(self.states("04-WATCH", "04-GUARDIAN", "12-TEAM"), ["Waived"] * 3)
		duty = self.duties()["04-WATCH"]
		self.assertEqual((duty.evidence_doctype, duty.evidence_name), ("Risk Assessment", assessment.name))
		self.assertEqual(self.states("12-ACK-R", "13-ASSESS-R"), ["Done", "Done"])
		self.let_time_pass("09:20", "10:30", every=10)
		self.assertEqual(set(self.duties(state=["in", ("Open", "Overdue")])), {"14-FEEDBACK-Y"})
		with self.freeze_time(self.at("11:00")):
			make_case_feedback(assessment, by=person("psychologist"))
		self.assertEqual(self.states("14-FEEDBACK-Y"), ["Done"])


class TestContactThatGoesOn(ScenarioTestCase):
	def attempt(self, clock: str, reached: int) -> dict[str, Any]:
		return {"channel": "Phone", "attempted_at": self.at(clock), "reached": reached}

	def test_a_family_reached_later_in_the_same_record_was_reached(self):
		self.student = make_student_with_family(school_class=self.student.school_class)
		with self.freeze_time(self.at("09:05")):
			contact = make_guardian_contact(
				self.student, outcome="Not Reached", told=None, attempts=[self.attempt("09:00", 0)]
			)
		with self.freeze_time(self.at("09:30")):
			make_student_case(level="L1", student=self.student.name)
		self.assertEqual(self.duties()["18-FAMILY"].state, "Open")
		with self.acting("class_teacher", "09:40"):
			frappe.get_doc("Guardian Contact", contact.name).save()
		self.assertEqual(self.duties()["18-FAMILY"].state, "Open")
		with self.acting("class_teacher", "09:50"):
			doc = frappe.get_doc("Guardian Contact", contact.name)
			doc.append("attempts", self.attempt("09:45", 1))
			doc.update({"outcome": "Reached", "told": "请马上到校"})
			doc.save()
		self.assertTrue(self.duties()["18-FAMILY"].state.startswith("Done"))
