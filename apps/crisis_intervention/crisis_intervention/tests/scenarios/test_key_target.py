"""Several signals make a key target; the authority, not a suspected guardian, is told (art. 3, 4)."""

from typing import Any

import frappe
from frappe.client import set_value

from crisis_intervention.crisis_plan import api
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, person
from crisis_intervention.tests.factories_registry import make_guardian_contact, make_student_with_family
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

WORDS = ["说活着没意思，还送同学礼物", "说在家被打", "更正：学生当面否认", "回执2026-17号"]
CONTACT = ("04-GUARDIAN", "04-GUARDIAN-Y", "18-FAMILY", "18-HOME")


class TestKeyTarget(ScenarioTestCase):
	def test_two_families_of_signals_reach_the_team_and_one_does_not(self):
		for signals, urgency, reason in (
			(("S105",), "Yellow", None),
			(("S201", "S202"), "Yellow", None),
			(("S105", "S201"), "Orange", "Several Families"),
			(("S203",), "Red", "Urgent Signal"),
		):
			with self.subTest(signals=signals):
				frappe.db.savepoint("signals")
				report = self.report_at("09:00", seen="08:45", signals=signals, description=WORDS[0])
				self.assertEqual((report.urgency, report.key_target_reason or None), (urgency, reason))
				self.assertEqual("03-KEY" in self.duties(), bool(reason))
				frappe.db.rollback(save_point="signals")

	def test_leader_is_asked_in_two_hours_told_again_and_his_answer_closes_it(self):
		self.report_at("09:00", signals=("S105", "S201"), description=WORDS[0])
		duty = self.duties()["03-KEY"]
		self.assertEqual(
			(duty.responsible, duty.article, f"{duty.due_at:%H:%M}"), (person("leader"), 3, "11:00")
		)
		self.let_time_pass("09:00", "11:45", every=15)
		self.assertEqual(self.duties()["03-KEY"].state, "Overdue")
		told = self.told("03-KEY")
		self.assertLessEqual({("10:00", person("leader")), ("11:00", person("leader"))}, set(told))
		self.assertIn(person("member"), {user for _clock, user in told})
		with self.acting("class_teacher", "11:50"):
			self.assert_refused(lambda: api.acknowledge(duty.name))
		with self.acting("leader", "11:50"):
			api.acknowledge(duty.name)
		self.assertEqual(self.duties()["03-KEY"].state, "Done Late")
		self.let_time_pass("12:00", "14:00", every=15)
		self.assertEqual(self.told("03-KEY"), told)
		assert_nothing_leaks(self, names=WORDS)

	def test_a_signal_added_later_makes_the_key_target_and_nothing_unmakes_it(self):
		report = self.report_at("09:00", signals=("S105",), description=WORDS[0])
		self.assertNotIn("03-KEY", self.duties())
		with self.acting("psychologist", "09:30"):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.append("signals", {"signal": "S303"})
			self.assert_refused(stored.save)
		self.correct(report, "09:35", add="S303")
		duty = self.duties()["03-KEY"]
		self.assertEqual(f"{duty.due_at:%H:%M}", "11:35")
		self.correct(report, "09:40", add=None)
		report.reload()
		self.assertEqual((report.is_key_target, report.urgency), (1, "Orange"))
		assert_nothing_leaks(self, names=WORDS)

	def correct(self, report: Any, clock: str, add: str | None) -> None:
		with self.acting("psychologist", clock):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.set("signals", [{"signal": code} for code in ("S105", add) if code])
			stored.correction_reason = WORDS[2]
			stored.save()


class TestSuspectedGuardian(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.student = make_student_with_family(school_class=self.student.school_class)

	def suspected(self, clock: str = "10:00") -> Any:
		return self.report_at(
			clock, by="class_teacher", signals=("S102",), guardian_suspected=1, description=WORDS[1]
		)

	def test_authority_is_told_in_two_hours_and_only_its_entry_proves_it(self):
		report = self.suspected()
		self.assertEqual(report.suspected_harm, 1)
		duty = self.duties()["04-AUTHORITY"]
		self.assertEqual(
			(duty.responsible, duty.article, f"{duty.due_at:%H:%M}"), (person("leader"), 4, "12:00")
		)
		with self.acting("leader", "10:30"):
			api.acknowledge(duty.name)
			self.assert_refused(lambda: set_value("Duty", duty.name, "state", "Done"))
		self.assertEqual(self.duties()["04-AUTHORITY"].state, "Open")
		with self.acting("leader", "11:40"):
			stored = frappe.get_doc("Warning Report", report.name)
			values = {"authority_told": "Police", "authority_told_at": self.at("11:20")}
			stored.update({**values, "authority_reference": WORDS[3]}).save()
		duty = self.duties()["04-AUTHORITY"]
		self.assertEqual((duty.state, duty.evidence_name), ("Done", report.name))
		assert_nothing_leaks(self, names=WORDS)

	def test_untold_it_climbs_past_the_due_time(self):
		self.suspected()
		self.let_time_pass("10:00", "12:45", every=15)
		self.assertEqual(self.duties()["04-AUTHORITY"].state, "Overdue")
		reached = {user for clock, user in self.told("04-AUTHORITY") if clock >= "12:00"}
		self.assertEqual(reached, {person("member"), person("leader")})
		assert_nothing_leaks(self, names=WORDS)

	def test_no_duty_and_no_record_tells_the_family(self):
		self.suspected()
		with self.freeze_time(self.at("10:20")):
			case = make_student_case(level="L1", student=self.student.name)
		self.assertFalse({*CONTACT} & {*self.duties()})
		self.assertEqual(case.guardian_suspected, 1)
		for key in ("class_teacher", "leader", "psychologist"):
			with self.subTest(key=key), self.freeze_time(self.at("10:40")):
				self.assert_refused(lambda key=key: make_guardian_contact(self.student, by=person(key)))
		assert_nothing_leaks(self, names=WORDS)

	def test_suspicion_of_a_later_report_lifts_what_asked_for_the_family(self):
		self.report_at("09:00", signals=("S102",), description=WORDS[0])
		self.assertEqual(self.duties()["04-GUARDIAN"].state, "Open")
		with self.acting("administrator", "09:10"):
			self.assert_refused(lambda: make_guardian_contact(self.student, by=person("administrator")))
		self.suspected()
		self.assertEqual(self.duties()["04-GUARDIAN"].state, "Waived")
		# Another observer knows nothing of it and ticks nothing: still nobody calls home.
		self.report_at("13:00", signals=("S104",), description=WORDS[0])
		self.assertFalse(self.duties(rule="04-GUARDIAN", state=["in", ("Open", "Overdue")]))
		assert_nothing_leaks(self, names=WORDS)

	def test_only_who_may_be_contacted_is(self):
		self.report_at("09:00", signals=("S102",), description=WORDS[0])
		with self.freeze_time(self.at("09:20")):
			self.assert_refused(lambda: make_guardian_contact(self.student, contact=1))
			contact = make_guardian_contact(self.student)
		duty = self.duties()["04-GUARDIAN"]
		self.assertEqual((duty.state, duty.evidence_name), ("Done", contact.name))
		assert_nothing_leaks(self, names=[*WORDS, "林母", "林父", contact.told])
