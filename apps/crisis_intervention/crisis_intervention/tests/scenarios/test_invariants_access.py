"""Access attacked: nobody opens a case to himself, for longer, or without its being seen (art. 24.6)."""

import json
from typing import Any

import frappe
from frappe.client import insert, set_value
from frappe.client import save as client_save
from frappe.desk.form.save import savedocs

from crisis_intervention.crisis_plan import api
from crisis_intervention.governance import accountability, break_glass
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, person
from crisis_intervention.tests.factories_governance import approved, make_access_grant
from crisis_intervention.tests.scenarios.attacks import FLAGS, AttackTestCase

GRANT, CASE, RECORD = "Access Grant", "Student Case", "Accountability Record"
WHY, GLASS = "班主任请假，代管班级", "夜间学生失联，需立即查看"


class TestAccessAttacked(AttackTestCase):
	def setUp(self):
		super().setUp()
		for key in (
			"class_teacher2",
			"leader",
			"school_leader",
			"administrator",
			"auditor",
			"office",
			"monitor",
		):
			person(key)
		with self.freeze_time(self.at("09:00")):
			self.case = make_student_case(level="L2", student=self.student.name)

	def may(self, key: str = "class_teacher2") -> bool:
		return bool(frappe.has_permission(CASE, "read", self.case.name, user=person(key)))

	def granted(self) -> dict[str, Any]:
		"""What an approved grant holds, as a client would forge it."""
		return {
			"state": "Active",
			"student_case": self.case.name,
			"decided_by": person("leader"),
			"valid_from": "2026-11-26 00:00:00",
			"valid_until": "2027-12-31 00:00:00",
			"break_glass": 1,
		}

	def test_request_that_is_sent_as_approved_opens_nothing(self):
		values = {
			"doctype": GRANT,
			"student": self.student.name,
			"scope": "Case",
			"reason_kind": "Stands in for Somebody",
			"reason": WHY,
			"flags": {**FLAGS, "break_glass": True},
			**self.granted(),
		}
		with self.acting("class_teacher2", "10:00"):
			grant = frappe.get_doc(GRANT, insert(values)["name"])
		self.assertEqual((grant.state, grant.decided_by, grant.break_glass), ("Requested", None, 0))
		self.assertFalse(self.may())
		assert_nothing_leaks(self, names=[WHY])

	def test_nobody_approves_or_prolongs_through_the_form(self):
		with self.freeze_time(self.at("10:00")):
			grant = make_access_grant(self.case)
		for key in ("class_teacher2", "leader", "administrator"):
			ways = (
				lambda: savedocs(json.dumps(self.sent(GRANT, grant.name, **self.granted())), "Save"),
				lambda: client_save(self.sent(GRANT, grant.name, flags=FLAGS, **self.granted())),
				lambda: set_value(GRANT, grant.name, self.granted()),
				lambda: self.call_method("move", self.sent(GRANT, grant.name, **self.granted())),
			)
			for number, attack in enumerate(ways):
				with self.subTest(key=key, way=number), self.acting(key, "10:05"):
					self.assert_refused(attack)
		for key in ("class_teacher2", "office", "administrator"):
			with self.subTest(key=key), self.acting(key, "10:10"):
				self.assert_refused(lambda: self.call_method("approve", self.sent(GRANT, grant.name)))
		self.assertFalse(self.may())
		with self.freeze_time(self.at("10:15")):
			end = approved(grant, valid_until="2027-12-31 00:00:00").valid_until
		self.assertTrue(self.may())
		self.assertLessEqual(end, self.at("10:15", 30))
		with self.freeze_time(self.at("10:20", 31)):
			self.assertFalse(self.may())
		assert_nothing_leaks(self, names=[WHY])

	def test_emergency_access_is_seen_by_the_leader_and_ends(self):
		with self.acting("class_teacher2", "23:10"):
			self.assert_refused(lambda: break_glass.open_case(self.student.name, " "))
			grant = break_glass.open_case(self.student.name, GLASS)
			self.assertTrue(frappe.client.get(CASE, self.case.name))
		duty = self.duties(reference_name=grant)["24.6-GLASS"]
		self.assertEqual((duty.responsible, f"{duty.due_at:%m-%d %H:%M}"), (person("leader"), "11-27 23:10"))
		with self.acting("class_teacher2", "23:20"):
			self.assert_refused(lambda: self.call_method("review", self.sent(GRANT, grant), result="Needed"))
			self.assert_refused(lambda: api.acknowledge(duty.name))
		for key in ("monitor", "administrator", "auditor"):
			with self.subTest(key=key), self.acting(key, "23:30"):
				self.assert_refused(lambda: break_glass.open_case(self.student.name, GLASS))
		with self.freeze_time(self.at("23:15", 1)):
			self.assertFalse(self.may())
		with self.acting("leader", "08:00", 1):
			frappe.get_doc(GRANT, grant).review("Not Needed", "已有值班人员")
		self.assertEqual(self.duties(reference_name=grant)["24.6-GLASS"].state, "Done")
		assert_nothing_leaks(self, names=[GLASS, "已有值班人员"])

	def test_facts_statement_and_outcome_of_a_record_follow_no_client(self):
		report = self.report_at("16:00", signals=("S102",))
		self.let_time_pass("16:05", "17:05", every=15)
		late = self.duties(reference_name=report.name)["12-ACK-R"]
		with self.acting("school_leader", "17:10"):
			name = accountability.propose(late.name, "Ignored, Concealed, Reported Late or Executed Poorly")
		forged = {
			"outcome": "No Fault",
			"state": "Decided",
			"statement": "没有责任",
			"late_minutes": 0,
			"facts": [],
		}
		for key in ("psychologist", "school_leader", "leader", "administrator"):
			ways = (
				lambda: savedocs(json.dumps(self.sent(RECORD, name, **forged)), "Save"),
				lambda: client_save(self.sent(RECORD, name, flags=FLAGS, **forged)),
				lambda: set_value(RECORD, name, forged),
				lambda: self.call_method("settle", self.sent(RECORD, name, **forged)),
				lambda: insert(
					{"doctype": RECORD, "duty": late.name, "person": person("leader"), "flags": FLAGS}
				),
			)
			for number, attack in enumerate(ways):
				with self.subTest(key=key, way=number), self.acting(key, "17:20"):
					self.assert_refused(attack)
		with self.acting("psychologist", "17:30"):
			# The form is sent with other facts: the statement is written on what is stored.
			held = self.sent(RECORD, name, **{**forged, "statement": None, "state": "Proposed"})
			self.call_method("give_statement", held, statement="电话没有信号")
		stored = frappe.get_doc(RECORD, name)
		self.assertEqual(
			(stored.state, stored.statement, stored.outcome or None),
			("Statement Given", "电话没有信号", None),
		)
		self.assertTrue(stored.facts and stored.late_minutes)
		assert_nothing_leaks(self, names=["电话没有信号", "没有责任"])
