"""A breached duty is looked at: facts, the person's own words, a decision by two (art. 5, 24.7)."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan import api
from crisis_intervention.governance import accountability
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import PEOPLE, make_student_case, name_of_concern, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

KIND, LATE = "Accountability Record", "Ignored, Concealed, Reported Late or Executed Poorly"
STATEMENT, REASON, VETO = "当时在手术室陪同另一学生", "夜间无替补，属安排问题", "还需核对值班表"


class TestAccountability(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.report = self.report_at("20:00", seen="19:40", signals=("S102",))
		self.let_time_pass("20:05", "21:05", every=10)
		with self.acting("psychologist", "21:20"):
			api.acknowledge(self.duties()["12-ACK-R"].name)
		self.duty = self.duties()["12-ACK-R"]

	def propose(self, key: str = "school_leader", duty: str = "", **arguments: str) -> Any:
		values = {"conduct_group": LATE, **arguments}
		with self.acting(key, "09:00", days=1):
			return frappe.get_doc(KIND, accountability.propose(duty or self.duty.name, **values))

	def act(self, record: Any, key: str, method: str, *arguments: Any, days: int = 2) -> Any:
		with self.acting(key, "10:00", days):
			return getattr(frappe.get_doc(KIND, record.name), method)(*arguments)

	def test_ledger_shows_the_breach_and_concludes_nothing(self):
		self.assertEqual((self.duty.state, f"{self.duty.done_at:%H:%M}"), ("Done Late", "21:20"))
		self.assertFalse(frappe.get_all(KIND, {"duty": self.duty.name}))
		assert_nothing_leaks(self)

	def test_proposal_holds_article_and_facts_with_their_times(self):
		record = self.propose()
		self.assertEqual((record.article, record.person), (12, person("psychologist")))
		self.assertEqual(
			(f"{record.raised_at:%H:%M}", f"{record.due_at:%H:%M}", f"{record.done_at:%H:%M}"),
			("20:00", "20:10", "21:20"),
		)
		self.assertEqual(record.late_minutes, 70)
		facts = [(f"{row.at:%H:%M}", row.step, row.by_person) for row in record.facts]
		self.assertEqual(facts[0][:2], ("20:00", "Raised"))
		self.assertIn(("21:20", "Acknowledged", 1), facts)
		self.assertIn("Escalation", {step for _time, step, _by in facts})
		# The person hears of it by the code of the duty alone.
		told = {"duty": self.duty.name, "recipient": record.person, "occasion": "Reminder", "channel": "Desk"}
		self.assertTrue(frappe.db.exists("Dispatch Log", told))
		assert_nothing_leaks(self)

	def test_it_is_more_restricted_than_the_case(self):
		with self.freeze_time(self.at("21:40")):
			case = make_student_case(level="L1", student=self.student.name)
		record = self.propose()
		readers = {"school_leader", "leader", "office", "psychologist"}
		for key in PEOPLE:
			with self.subTest(key=key), self.as_user(person(key)):
				self.assertEqual(bool(frappe.has_permission(KIND, "read", record.name)), key in readers)
				if key not in readers:
					self.assert_refused(lambda: frappe.client.get(KIND, record.name), frappe.PermissionError)
		for key in ("class_teacher", "member"):
			self.assertTrue(frappe.has_permission("Student Case", "read", case.name, user=person(key)))
		assert_nothing_leaks(self)

	def test_person_is_heard_first_and_two_decide(self):
		record = self.propose()
		self.assert_refused(lambda: self.act(record, "leader", "propose_outcome", "No Fault", REASON))
		self.assert_refused(lambda: self.act(record, "office", "give_statement", STATEMENT))
		self.act(record, "psychologist", "give_statement", STATEMENT)
		self.act(record, "leader", "propose_outcome", "Improve the Process", REASON, days=3)
		for key in ("leader", "office", "psychologist"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.act(record, key, "second", 1, days=3))
		self.assert_refused(lambda: self.act(record, "school_leader", "second", 0, "", days=3))
		self.act(record, "school_leader", "second", 0, VETO, days=3)
		self.act(record, "office", "propose_outcome", "Improve the Process", REASON, days=4)
		self.assertEqual(self.act(record, "school_leader", "second", 1, days=5), "Decided")
		stored = frappe.get_doc(KIND, record.name)
		decided = (stored.first_decided_by, stored.second_decided_by, f"{stored.decided_at:%m-%d}")
		self.assertEqual(decided, (person("office"), person("school_leader"), "12-01"))
		self.assertEqual((stored.statement, stored.outcome), (STATEMENT, "Improve the Process"))
		assert_nothing_leaks(self, names=[STATEMENT, REASON, VETO])

	def test_who_says_nothing_is_waited_for(self):
		record = self.propose()
		self.assert_refused(lambda: self.act(record, "leader", "close_statement", days=7))
		self.act(record, "leader", "close_statement", days=9)
		self.act(record, "leader", "propose_outcome", "Training", REASON, days=9)
		self.assertEqual(self.act(record, "school_leader", "second", 1, days=9), "Decided")
		assert_nothing_leaks(self, names=[REASON])

	def test_duty_met_in_time_accuses_nobody(self):
		with self.acting("leader", "21:25"):
			waiting = self.duties()["13-ASSESS-R"]
		self.assertEqual(waiting.state, "Open")
		self.assert_refused(lambda: self.propose(duty=waiting.name), frappe.ValidationError)
		assert_nothing_leaks(self)

	def test_nobody_looks_at_his_own_duty_or_at_one_twice(self):
		own = self.duties()["03-KEY"]
		self.assertEqual((own.responsible, own.state), (person("leader"), "Overdue"))
		self.assert_refused(lambda: self.propose("leader", duty=own.name), frappe.PermissionError)
		record = self.propose("school_leader", duty=own.name)
		self.assert_refused(lambda: self.propose("office", duty=own.name))
		self.act(record, "leader", "give_statement", STATEMENT)
		self.assert_refused(lambda: self.act(record, "leader", "propose_outcome", "No Fault", REASON))
		assert_nothing_leaks(self, names=[STATEMENT])

	def test_others_neither_propose_nor_write_nor_delete(self):
		for key in ("psychologist", "member", "class_teacher", "administrator", "auditor"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.propose(key), frappe.PermissionError)
		record = self.propose()
		for key in ("school_leader", "psychologist", "administrator"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(lambda: frappe.client.set_value(KIND, record.name, "late_minutes", 0))
				self.assert_refused(lambda: frappe.client.delete(KIND, record.name))
		self.assertEqual(frappe.db.get_value(KIND, record.name, "late_minutes"), 70)
		assert_nothing_leaks(self)

	def test_person_of_concern_decides_nothing(self):
		with self.freeze_time(self.at("21:40")):
			case = make_student_case(level="L1", student=self.student.name)
		record = self.propose()
		name_of_concern(case, person("office"))
		self.act(record, "psychologist", "give_statement", STATEMENT)
		self.assert_refused(
			lambda: self.act(record, "office", "propose_outcome", "No Fault", REASON), frappe.PermissionError
		)
		assert_nothing_leaks(self, names=[STATEMENT])
