"""Replay: a note found at 14:30, only the head of grade told at 16:00, the student still alone at 17:30."""

import frappe

from crisis_intervention.crisis_plan import api
from crisis_intervention.tests.factories import make_risk_assessment, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

ASKED_FOR = {
	# rule: due, who
	"12-ACK-R": ("16:10", "psychologist"),
	"03-KEY": ("16:10", "leader"),
	"04-WATCH": ("16:10", "class_teacher"),
	"04-GUARDIAN": ("16:30", "class_teacher"),
	"13-ASSESS-R": ("18:00", "psychologist"),
}


class TestNoteFound(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		# The head of grade is a member of staff without any further role in the plan.
		self.report = self.report_at("16:00", seen="14:30", signals=("S102",), student_with="Alone")

	def test_system_asks_for_acknowledgement_assessment_watch_and_guardians_with_times(self):
		asked = {
			rule: (duty.due_at.strftime("%H:%M"), duty.responsible)
			for rule, duty in self.duties(state="Open").items()
		}
		for rule, (due, key) in ASKED_FOR.items():
			with self.subTest(rule=rule):
				self.assertEqual(asked[rule], (due, person(key)))

	def test_at_half_past_five_the_ledger_shows_who_was_told_when(self):
		self.let_time_pass("16:00", "17:30")
		overdue = self.duties(state="Overdue")
		self.assertLessEqual({"12-ACK-R", "03-KEY", "04-WATCH", "04-GUARDIAN"}, set(overdue))
		told = self.told("04-WATCH")
		self.assertEqual(told[0], ("16:00", person("class_teacher")))
		self.assertEqual(
			[line for line in told if line[0] in ("16:10", "16:20", "16:30")],
			[
				("16:10", person("class_teacher")),
				("16:20", person("member")),
				("16:30", person("leader")),
			],
		)
		# Urgent duties repeat until somebody acknowledges, and nobody did.
		self.assertEqual([line for line in told if line[0] == "17:30"], [("17:30", person("leader"))])

	def test_discovery_and_report_are_kept_apart(self):
		with self.acting("psychologist", "17:35"):
			api.acknowledge(self.duties()["12-ACK-R"].name)
		with self.freeze_time(self.at("17:50")):
			assessment = make_risk_assessment(
				student=self.student.name, warning_report=self.report.name, level="L1"
			)
		case = frappe.get_doc("Student Case", assessment.student_case)
		earlies = [f"{case.get(field):%H:%M}" for field in ("discovered_at", "reported_at", "assessed_at")]
		self.assertEqual(earlies, ["14:30", "16:00", "17:50"])
		duties = self.duties()
		self.assertEqual((duties["12-ACK-R"].state, duties["13-ASSESS-R"].state), ("Done Late", "Done"))

	def test_staff_who_acted_in_time_are_shown_as_such(self):
		with self.acting("psychologist", "16:05"):
			api.acknowledge(self.duties()["12-ACK-R"].name)
		self.let_time_pass("16:05", "17:30")
		self.assertEqual(self.duties()["12-ACK-R"].state, "Done")
		self.assertEqual(self.duties()["04-WATCH"].state, "Overdue")
