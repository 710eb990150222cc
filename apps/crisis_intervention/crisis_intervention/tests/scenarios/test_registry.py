"""The registry is the office's and is alive: entries confirmed, all reviewed each term (art. 24.1)."""

from datetime import datetime
from typing import Any

import frappe
from frappe.desk.query_report import run
from frappe.model.workflow import apply_workflow

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, make_student_profile, person
from crisis_intervention.tests.factories_registry import make_case_review
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

CONFIRM, TERM = "24.1-CONFIRM", "24.1-TERM"
WORDS = ["近一月无波动，按时到校", "与监护人意见不一", "连续三月稳定", "再观察一段时间"]


class RegistryTestCase(ScenarioTestCase):
	# A Thursday of the autumn term, whose last school day is Friday, 22 January.
	day = datetime(2026, 11, 26, microsecond=100000)

	def open_case(self, clock: str = "10:00", level: str = "L3", **fields: Any) -> Any:
		with self.freeze_time(self.at(clock)):
			return make_student_case(level=level, **{"student": self.student.name, **fields})

	def move(self, case: Any, action: str, **values: str) -> None:
		doc = frappe.get_doc("Student Case", case.name)
		if values:
			doc.update(values).save()
		apply_workflow(doc, action)

	def of_case(self, case: Any, field: str) -> Any:
		return frappe.db.get_value("Student Case", case.name, field)


class TestEntry(RegistryTestCase):
	def test_entry_counts_at_once_and_the_office_confirms_it(self):
		case = self.open_case()
		self.assertEqual(case.workflow_state, "Entry Opened")
		duty = self.duties()[CONFIRM]
		self.assertEqual((duty.responsible, f"{duty.due_at:%a %H:%M}"), (person("office"), "Fri 17:00"))
		for key in ("psychologist", "leader", "class_teacher", "administrator"):
			with self.subTest(key=key), self.acting(key, "11:00"):
				self.assert_refused(lambda: self.move(case, "Confirm Entry"))
		with self.acting("office", "09:00", days=1):
			self.move(case, "Confirm Entry")
		duty = self.duties()[CONFIRM]
		self.assertEqual((duty.state, duty.evidence_name), ("Done", case.name))
		self.assertEqual(self.of_case(case, "entry_confirmed_by"), person("office"))
		assert_nothing_leaks(self)

	def test_entry_that_nobody_confirms_stays_open_and_climbs(self):
		case = self.open_case()
		for clock, days in (("17:05", 0), ("17:05", 1), ("17:05", 4)):
			self.tick_and_send(clock, days)
		duty = self.duties()[CONFIRM]
		reached = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual((duty.state, reached), ("Overdue", [person("office"), person("leader")]))
		self.assertEqual(self.of_case(case, "workflow_state"), "Entry Opened")
		assert_nothing_leaks(self)

	def test_level_rises_at_once_by_one_person_with_reasons(self):
		case = self.open_case(level="L4")
		with self.acting("psychologist", "14:00"):
			doc = frappe.get_doc("Student Case", case.name)
			self.assert_refused(lambda: doc.change_level("L1", " "))
			self.assertEqual(
				frappe.get_doc("Student Case", case.name).change_level("L1", WORDS[1]), "In Force"
			)
		self.assertEqual((self.of_case(case, "current_level"), self.of_case(case, "urgency")), ("L1", "Red"))
		self.assertEqual(self.duties()["18-WATCH"].state, "Open")
		assert_nothing_leaks(self, names=WORDS)

	def test_office_refuses_an_exit_and_the_entry_goes_on(self):
		case = self.open_case()
		with self.acting("office", "11:00"):
			self.move(case, "Confirm Entry")
		with self.acting("psychologist", "10:00", days=90):
			self.move(case, "Propose Exit", exit_reason=WORDS[2])
		duty = self.duties()["24.1-EXIT"]
		self.assertEqual((duty.responsible, duty.state), (person("office"), "Open"))
		with self.acting("office", "11:00", days=90):
			self.move(case, "Refuse Exit")
		self.assertEqual(
			(self.of_case(case, "workflow_state"), self.of_case(case, "exit_reason")), ("In Registry", None)
		)
		self.assertEqual(self.duties()["24.1-EXIT"].state, "Done")
		assert_nothing_leaks(self, names=WORDS)


class TestTermReview(RegistryTestCase):
	def setUp(self):
		super().setUp()
		self.case = self.open_case()
		self.second = self.open_case("10:30", student=make_student_profile(student_name="林二二").name)

	def term_duties(self, case: Any) -> list[Any]:
		filters = {"rule": TERM, "student_case": case.name}
		return frappe.get_all("Duty", filters=filters, fields=["*"], order_by="raised_at asc")

	def arise(self, clock: str, days: int) -> None:
		with self.freeze_time(self.at(clock, days)):
			raise_recurring()

	def test_every_open_entry_is_reviewed_each_term_by_its_owner(self):
		self.arise("08:00", 1)
		for case in (self.case, self.second):
			(duty,) = self.term_duties(case)
			self.assertEqual((duty.responsible, duty.article), (case.owner_user, 24))
			self.assertEqual(f"{duty.due_at:%F %H:%M}", "2027-01-22 17:00")
		with self.freeze_time(self.at("10:00", 40)):
			make_case_review(self.case, findings=WORDS[0], next_review="2027-02-26")
		self.assertEqual([duty.state for duty in self.term_duties(self.case)], ["Done"])
		self.assertEqual([duty.state for duty in self.term_duties(self.second)], ["Open"])
		self.assertEqual(self.not_reviewed("11:00", 40), [self.second.name])
		assert_nothing_leaks(self, names=WORDS)

	def not_reviewed(self, clock: str, days: int) -> list[str]:
		"""The entries that the office's report shows as not reviewed this term."""
		with self.acting("office", clock, days):
			rows = run("Cases to Review", filters={})["result"]
		mine = (self.case.name, self.second.name)
		return [row["student_case"] for row in rows if row["student_case"] in mine and not row["this_term"]]

	def test_review_that_is_left_out_climbs_and_the_next_term_asks_again(self):
		self.arise("08:00", 1)
		for clock, days in (("17:05", 56), ("17:05", 57), ("17:05", 58)):
			self.tick_and_send(clock, days)
		(duty,) = self.term_duties(self.second)
		self.assertEqual(duty.state, "Overdue")
		self.assertIn(person("leader"), [row.recipient for row in self.log_of(duty, "Escalation")])
		# The vacation belongs to the term before it; school begins again on 22 February.
		self.arise("08:00", 70)
		self.assertEqual(len(self.term_duties(self.second)), 1)
		self.arise("08:00", 88)
		self.assertEqual([duty.state for duty in self.term_duties(self.second)], ["Overdue", "Open"])
		assert_nothing_leaks(self)

	def test_entry_that_was_left_is_not_reviewed_any_more(self):
		with self.acting("office", "11:00"):
			self.move(self.case, "Confirm Entry")
		with self.acting("psychologist", "12:00", days=30):
			self.move(self.case, "Propose Exit", exit_reason=WORDS[2])
		with self.acting("office", "13:00", days=30):
			self.move(self.case, "Confirm Exit")
		self.arise("08:00", 31)
		self.assertFalse(self.term_duties(self.case))
		self.assertTrue(self.term_duties(self.second))
		with self.acting("psychologist", "09:00", days=31):
			self.assert_refused(lambda: self.move(self.case, "Confirm Entry"))
		assert_nothing_leaks(self, names=WORDS)
