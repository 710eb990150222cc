from datetime import timedelta

import frappe

from crisis_intervention.crisis_plan.doctype.duty.test_duty import SATURDAY_NIGHT, DutyTestCase
from crisis_intervention.governance import accountability
from crisis_intervention.tests.factories import PEOPLE, make_student_case, name_of_concern, person
from crisis_intervention.tests.factories_governance import make_accountability_record

SOON = SATURDAY_NIGHT + timedelta(hours=3)


class TestAccountabilityRecord(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.red_report()
		self.tick_at(SOON)
		self.late = self.duty("12-ACK-R")

	def propose(self, **arguments):
		with self.freeze_time(SOON):
			return make_accountability_record(self.late.name, **arguments)

	def act(self, record, key, method, *arguments):
		with self.as_user(person(key)):
			return getattr(frappe.get_doc("Accountability Record", record.name), method)(*arguments)

	def stated(self):
		record = self.propose()
		self.act(record, "psychologist", "give_statement", "当晚在送另一名学生就医，电话无信号。")
		return record

	def state(self, record):
		return frappe.db.get_value("Accountability Record", record.name, "state")

	def test_proposal_copies_facts_with_times_and_nothing_else(self):
		record = self.propose()
		self.assertEqual(
			(record.state, record.concerns, record.person), ("Proposed", "Person", person("psychologist"))
		)
		self.assertEqual((record.article, record.due_at), (12, self.late.due_at))
		self.assertEqual(record.late_minutes, 170)
		steps = [row.step for row in record.facts]
		self.assertEqual(steps[0], "Raised")
		self.assertLessEqual({"Overdue", "Escalation"}, set(steps))
		self.assertEqual(record.facts[0].to_person, 1)
		self.assertFalse(record.statement or record.outcome)
		self.assertNotIn("@", str([row.as_dict().get("function") for row in record.facts]))

	def test_nothing_arises_by_itself(self):
		self.tick_at(SOON + timedelta(days=9))
		self.assertEqual(frappe.get_all("Accountability Record"), [])

	def test_duty_in_time_and_invented_records_are_refused(self):
		frappe.db.set_value("Duty", self.late.name, "state", "Done")
		self.assert_refused(self.propose)
		for user in (person("school_leader"), "Administrator"):
			with self.as_user(user):
				doc = frappe.get_doc({"doctype": "Accountability Record", "person": person("doctor")})
				self.assert_refused(doc.insert)

	def test_who_proposes(self):
		for key in ("psychologist", "class_teacher", "member", "administrator", "auditor"):
			with self.subTest(key=key):
				self.assert_refused(lambda key=key: self.propose(by=person(key)), frappe.PermissionError)
		self.assert_refused(lambda: self.propose(by="Administrator"), frappe.PermissionError)
		self.assertTrue(self.propose(by=person("office")).name)
		self.assert_refused(self.propose)

	def test_nobody_looks_at_his_own_duty(self):
		frappe.db.set_value("Duty", self.late.name, "responsible", person("school_leader"))
		self.assert_refused(self.propose, frappe.PermissionError)
		record = self.propose(by=person("leader"))
		self.act(record, "school_leader", "give_statement", "当时在外开会。")
		self.assert_refused(
			lambda: self.act(record, "school_leader", "propose_outcome", "No Fault", "已说明情况")
		)

	def test_unit_states_through_its_head(self):
		self.assert_refused(lambda: self.propose(concerns="Unit"))
		record = self.propose(concerns="Unit", unit_head=person("member"))
		self.assertEqual((record.unit, record.person), (self.late.responsible_function, person("member")))

	def test_person_is_told_in_the_desk_by_code_and_finds_the_record(self):
		record = self.propose()
		told = frappe.get_all(
			"Dispatch Log",
			{"duty": self.late.name, "recipient": record.person, "channel": "Desk"},
			pluck="occasion",
		)
		self.assertIn("Reminder", told)
		self.assertEqual(accountability.record_for(self.late.name, record.person), record.name)

	def test_only_deciders_and_the_person_read_it(self):
		record = self.propose()
		readers = {"school_leader", "leader", "office", "psychologist"}
		for key in PEOPLE:
			with self.subTest(key=key), self.as_user(person(key)):
				may = frappe.has_permission("Accountability Record", "read", record.name)
				self.assertEqual(bool(may), key in readers)
				self.assertFalse(frappe.has_permission("Accountability Record", "write", record.name))

	def test_person_reads_facts_and_not_what_others_consider(self):
		record = self.stated()
		self.act(record, "leader", "propose_outcome", "Improve the Process", "应配备替补人员")
		with self.as_user(person("psychologist")):
			doc = frappe.get_doc("Accountability Record", record.name)
			doc.apply_fieldlevel_read_permissions()
			self.assertTrue(doc.facts and doc.statement)
			self.assertFalse(doc.steps or doc.get("student") or doc.get("first_decided_by"))

	def test_only_the_person_writes_the_statement(self):
		record = self.propose()
		for key in ("school_leader", "leader", "office"):
			self.assert_refused(
				lambda key=key: self.act(record, key, "give_statement", "他没有到场"), frappe.PermissionError
			)
		self.assert_refused(lambda: self.act(record, "psychologist", "give_statement", " "))
		self.act(record, "psychologist", "give_statement", "第一稿")
		self.act(record, "psychologist", "give_statement", "第二稿")
		stored = frappe.get_doc("Accountability Record", record.name)
		self.assertEqual(stored.statement, "第二稿")
		self.assertIn("第一稿", [row.note for row in stored.steps])

	def test_decision_waits_for_the_statement_or_its_date(self):
		record = self.propose()
		self.assert_refused(lambda: self.act(record, "leader", "propose_outcome", "No Fault", "已经了解清楚"))
		with self.freeze_time(SOON):
			self.assert_refused(lambda: self.act(record, "leader", "close_statement"))
		with self.freeze_time(SOON + timedelta(days=8)):
			self.act(record, "leader", "close_statement")
		self.assertEqual(self.state(record), "Statement Not Given")

	def test_two_decide_and_one_of_them_is_the_school_leader(self):
		record = self.stated()
		self.assert_refused(lambda: self.act(record, "leader", "propose_outcome", "Guilty", "写明理由"))
		self.assert_refused(lambda: self.act(record, "leader", "propose_outcome", "No Fault", " "))
		self.act(record, "leader", "propose_outcome", "Improve the Process", "应配备替补人员")
		for key in ("leader", "office", "psychologist", "member"):
			with self.subTest(key=key):
				self.assert_refused(
					lambda key=key: self.act(record, key, "second", 1), frappe.PermissionError
				)
		self.assertEqual(self.act(record, "school_leader", "second", 1), "Decided")
		stored = frappe.get_doc("Accountability Record", record.name)
		self.assertEqual((stored.outcome, stored.outcome_reason), ("Improve the Process", "应配备替补人员"))
		self.assertEqual(
			(stored.first_decided_by, stored.second_decided_by), (person("leader"), person("school_leader"))
		)
		self.assert_refused(lambda: self.act(record, "psychologist", "give_statement", "再补充"))

	def test_without_agreement_there_is_no_outcome(self):
		record = self.stated()
		self.act(record, "school_leader", "propose_outcome", "Training", "应急流程不熟")
		self.assert_refused(lambda: self.act(record, "office", "second", 0, ""))
		self.assertEqual(self.act(record, "office", "second", 0, "情况属不可抗力"), "Statement Given")
		stored = frappe.get_doc("Accountability Record", record.name)
		self.assertFalse(stored.outcome or stored.first_decided_by)
		self.assertEqual([row.step for row in stored.steps][-2:], ["Outcome Proposed", "Not Agreed"])

	def test_person_of_concern_of_the_student_is_shut_out(self):
		record = self.propose()
		name_of_concern(make_student_case(student=self.student.name), person("office"))
		self.assert_refused(
			lambda: self.act(record, "office", "withdraw", "不再需要"), frappe.PermissionError
		)

	def test_is_not_edited_and_not_deleted(self):
		record = self.propose()
		for user in (person("school_leader"), person("psychologist"), "Administrator"):
			with self.as_user(user):
				doc = frappe.get_doc("Accountability Record", record.name)
				doc.outcome = "No Fault"
				self.assert_refused(doc.save)
		self.assert_refused(lambda: frappe.delete_doc("Accountability Record", record.name, force=True))
		self.act(record, "leader", "withdraw", "提出有误，已撤回")
		self.assertEqual(self.state(record), "Withdrawn")

	def test_history_of_the_host_holds_nothing(self):
		self.stated()
		self.assertFalse(frappe.get_all("Version", {"ref_doctype": "Accountability Record"}))
