from datetime import datetime, timedelta
from unittest.mock import patch

import frappe

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.dispatch.links import link_for, open_link
from crisis_intervention.crisis_plan.dispatch.sending import send_queued
from crisis_intervention.crisis_plan.duties.nobody import raise_unassigned
from crisis_intervention.crisis_plan.duties.tick import tick
from crisis_intervention.crisis_plan.people.context import context_of_duty
from crisis_intervention.tests.factories import (
	make_case_feedback,
	make_risk_assessment,
	make_school_class,
	make_student_profile,
	make_warning_report,
	name_of_concern,
	person,
)
from crisis_intervention.tests.utils import CrisisTestCase

SATURDAY_NIGHT = datetime(2026, 11, 28, 22, 0, 0, 100000)


class DutyTestCase(CrisisTestCase):
	"""A school with a team, and a commit that a test can undo."""

	def setUp(self):
		super().setUp()
		frappe.db.set_single_value("Crisis Settings", "last_digest", "2027-07-01")
		commit = patch.object(frappe.db, "commit", lambda: None)
		commit.start()
		self.addCleanup(commit.stop)
		self.make_team()
		self.student = make_student_profile(school_class=make_school_class().name)

	def make_team(self):
		frappe.db.set_value("Crisis Team", {"enabled": 1}, "enabled", 0)
		members = (
			("Team Leader", "leader", "member"),
			("Deputy Leader", "member", None),
			("School Doctor", "doctor", None),
			("Moral Education Office", "office", None),
			("School Leader", "school_leader", None),
		)
		self.team = frappe.get_doc(
			{
				"doctype": "Crisis Team",
				"title": frappe.generate_hash(length=8),
				"from_date": "2026-01-01",
				"members": [
					{"function": function, "user": person(key), "deputy": deputy and person(deputy)}
					for function, key, deputy in members
				],
			}
		).insert()

	def red_report(self, at: datetime = SATURDAY_NIGHT, **fields):
		with self.freeze_time(at):
			return make_warning_report(
				student=self.student.name, event_time=at - timedelta(minutes=30), immediate_danger=1, **fields
			)

	def duty(self, rule: str, **filters):
		names = frappe.get_all("Duty", filters={"rule": rule, "student": self.student.name, **filters})
		self.assertEqual(len(names), 1, rule)
		return frappe.get_doc("Duty", names[0].name)

	def log_of(self, duty, step: str) -> list:
		return frappe.get_all(
			"Duty Log",
			filters={"duty": duty.name, "step": step},
			fields=["recipient", "at", "planned_for", "by_user"],
			order_by="planned_for asc, at asc",
		)

	def tick_at(self, moment: datetime):
		with self.freeze_time(moment):
			return tick()


class TestRaisedDuties(DutyTestCase):
	def test_red_report_asks_for_acknowledgement_and_assessment(self):
		self.red_report()
		acknowledge, assess = self.duty("12-ACK-R"), self.duty("13-ASSESS-R")
		start = SATURDAY_NIGHT.replace(microsecond=0)
		self.assertEqual(acknowledge.responsible, person("psychologist"))
		self.assertEqual(acknowledge.due_at, start + timedelta(minutes=10))
		self.assertEqual(assess.due_at, start + timedelta(hours=2))
		self.assertEqual((assess.article, assess.state), (13, "Open"))
		self.assertRegex(assess.name, r"^D-[2-9A-Z]{8}$")
		self.assertTrue(assess.plan)

	def test_injury_calls_the_school_doctor(self):
		self.red_report(injury=1)
		self.assertEqual(self.duty("12-DOCTOR").responsible, person("doctor"))

	def test_yellow_report_runs_on_the_routine_clock(self):
		with self.freeze_time(SATURDAY_NIGHT):
			make_warning_report(student=self.student.name, event_time=SATURDAY_NIGHT - timedelta(hours=1))
		duty = self.duty("13-ASSESS-Y")
		self.assertEqual((duty.clock, duty.tier), ("Routine", "Due"))
		self.assertEqual(duty.due_at, datetime(2026, 12, 2, 17, 0))

	def test_saving_again_raises_nothing_twice(self):
		report = self.red_report()
		before = frappe.db.count("Duty")
		with self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=5)):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.save()
		self.assertEqual(frappe.db.count("Duty"), before)

	def test_nothing_in_the_ledger_names_the_reporter(self):
		reporter = person("subject_teacher")
		self.red_report(by=reporter, hide_observer=1)
		with self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=1)):
			send_queued()
		for doctype in ("Duty", "Duty Log", "Dispatch Log", "Notification Log", "Email Queue"):
			for row in frappe.get_all(doctype, filters={"creation": [">", "2026-11-28"]}, fields=["*"]):
				named = (row.owner, row.modified_by, row.get("from_user"), row.get("by_user"))
				self.assertNotIn(reporter, named)

	def test_import_and_migrate_raise_nothing(self):
		for flag in ("in_import", "in_migrate", "in_patch", "in_install"):
			with self.subTest(flag=flag), patch.dict(frappe.flags, {flag: True}):
				before = frappe.db.count("Duty")
				self.red_report()
				self.assertEqual(frappe.db.count("Duty"), before)


class TestResponsiblePerson(DutyTestCase):
	def test_on_call_roster_is_asked_first(self):
		hour = timedelta(hours=1)
		self.on_call("psychologist2", SATURDAY_NIGHT - hour, SATURDAY_NIGHT + 8 * hour)
		self.red_report()
		duty = self.duty("12-ACK-R")
		self.assertEqual((duty.responsible, duty.resolved_via), (person("psychologist2"), "On-call Roster"))

	def on_call(self, key: str, first: datetime, last: datetime):
		frappe.get_doc(
			{
				"doctype": "On-call Roster",
				"function": "Psychology Teacher",
				"user": person(key),
				"from_time": first,
				"to_time": last,
			}
		).insert()

	def test_substitute_stands_in(self):
		frappe.get_doc(
			{
				"doctype": "Staff Absence",
				"user": person("psychologist"),
				"substitute": person("psychologist2"),
				"from_time": SATURDAY_NIGHT - timedelta(days=1),
				"to_time": SATURDAY_NIGHT + timedelta(days=1),
			}
		).insert()
		self.red_report()
		duty = self.duty("12-ACK-R")
		self.assertEqual((duty.responsible, duty.resolved_via), (person("psychologist2"), "Substitute"))

	def test_nobody_found_is_a_duty_of_the_team_leader(self):
		for row in frappe.get_all("Has Role", filters={"role": "School Doctor", "parenttype": "User"}):
			frappe.db.delete("Has Role", {"name": row.name})
		self.team.members = [row for row in self.team.members if row.function != "School Doctor"]
		self.team.save()
		self.red_report(injury=1)
		doctor = self.duty("12-DOCTOR")
		self.assertFalse(doctor.responsible)
		assign = frappe.get_doc("Duty", {"kind": "Assign", "reference_name": doctor.name})
		self.assertEqual((assign.responsible, assign.tier), (person("leader"), "Urgent"))
		with self.as_user(person("leader")):
			api.reassign(doctor.name, person("security"))
		self.assertEqual(frappe.db.get_value("Duty", assign.name, "state"), "Done")
		self.assertEqual(frappe.db.get_value("Duty", doctor.name, "responsible"), person("security"))

	def test_what_is_met_needs_no_person_any_more(self):
		report = self.red_report()
		duty = self.duty("13-ASSESS-R")
		frappe.db.set_value("Duty", duty.name, "responsible", None)
		duty.reload()
		with self.freeze_time(SATURDAY_NIGHT):
			assign = raise_unassigned(duty, context_of_duty(duty), SATURDAY_NIGHT)
		with self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=5)):
			make_risk_assessment(student=self.student.name, warning_report=report.name)
		self.assertEqual(frappe.db.get_value("Duty", assign.name, "state"), "Done")

	def test_person_of_concern_loses_duties_and_links(self):
		assessment = make_risk_assessment(student=self.student.name)
		self.red_report()
		duty = self.duty("12-ACK-R")
		link = self.link_of(duty)
		case = frappe.get_doc("Student Case", assessment.student_case)
		name_of_concern(case, person("psychologist"))
		duty.reload()
		self.assertNotEqual(duty.responsible, person("psychologist"))
		self.assertIsNone(open_link(*link))
		self.assertFalse(frappe.has_permission("Duty", "read", doc=duty, user=person("psychologist")))
		with self.as_user(person("psychologist")):
			self.assertNotIn(duty.name, frappe.get_list("Duty", pluck="name"))
			self.assert_refused(lambda: api.acknowledge(duty.name))

	def link_of(self, duty):
		mails = {"duty": duty.name, "channel": "E-mail"}
		message = frappe.get_all("Dispatch Log", filters=mails, pluck="name")
		address = link_for(message[0], duty, duty.responsible)
		query = dict(part.split("=") for part in address.split("?")[1].split("&"))
		return query["m"], query["e"], query["s"]

	def test_whoever_leaves_hands_over(self):
		person("psychologist2")
		self.red_report()
		user = frappe.get_doc("User", person("psychologist"))
		user.enabled = 0
		user.save()
		duty = self.duty("12-ACK-R")
		self.assertTrue(duty.responsible)
		self.assertNotEqual(duty.responsible, person("psychologist"))


class TestLadder(DutyTestCase):
	def test_undone_duty_climbs_until_acknowledged(self):
		self.red_report()
		duty = self.duty("12-ACK-R")
		self.tick_at(SATURDAY_NIGHT + timedelta(minutes=31))
		told = [row.recipient for row in self.log_of(duty, "Escalation")]
		self.assertEqual(told, [person("psychologist"), person("member"), person("leader")])
		self.assertEqual(frappe.db.get_value("Duty", duty.name, "state"), "Overdue")
		with self.as_user(person("leader")), self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=32)):
			api.acknowledge(duty.name)
		self.tick_at(SATURDAY_NIGHT + timedelta(hours=5))
		self.assertEqual(len(self.log_of(duty, "Escalation")), 3)
		duty.reload()
		self.assertEqual((duty.state, duty.acknowledged_by), ("Done Late", person("leader")))

	def test_scheduler_that_was_down_tells_once(self):
		self.red_report()
		duty = self.duty("13-ASSESS-R")
		self.tick_at(SATURDAY_NIGHT + timedelta(hours=9))
		counts = self.tick_at(SATURDAY_NIGHT + timedelta(hours=9, minutes=1))
		self.assertEqual(counts["steps"], 0)
		leader = [row for row in self.log_of(duty, "Escalation") if row.recipient == person("leader")]
		self.assertEqual(len(leader), 1)
		mails = {"duty": duty.name, "recipient": person("leader"), "channel": "E-mail"}
		self.assertEqual(frappe.db.count("Dispatch Log", mails), 1)

	def test_a_duty_that_fails_holds_up_no_other(self):
		self.red_report()
		broken = self.duty("12-ACK-R")
		from crisis_intervention.crisis_plan.duties import tick as module

		real = module.climb

		def climb(name, now):
			if name == broken.name:
				raise ValueError("broken")
			return real(name, now)

		with patch.object(module, "climb", climb):
			counts = self.tick_at(SATURDAY_NIGHT + timedelta(minutes=31))
		self.assertEqual(counts["failed"], 1)
		self.assertGreater(counts["steps"], 0)


class TestEvidence(DutyTestCase):
	def test_assessment_and_feedback_close_their_duties(self):
		report = self.red_report()
		with self.freeze_time(SATURDAY_NIGHT + timedelta(hours=1)):
			assessment = make_risk_assessment(
				student=self.student.name, warning_report=report.name, level="L1"
			)
		assess = self.duty("13-ASSESS-R")
		self.assertEqual((assess.state, assess.evidence_name), ("Done", assessment.name))
		feedback = self.duty("14-FEEDBACK-R")
		self.assertEqual(feedback.student_case, assessment.student_case)
		with self.freeze_time(SATURDAY_NIGHT + timedelta(hours=2)):
			make_case_feedback(assessment)
		feedback.reload()
		self.assertEqual(feedback.state, "Done Late")

	def test_draft_is_no_evidence(self):
		report = self.red_report()
		with self.freeze_time(SATURDAY_NIGHT + timedelta(hours=1)):
			make_risk_assessment(student=self.student.name, warning_report=report.name, submit=False)
		self.assertEqual(self.duty("13-ASSESS-R").state, "Open")

	def test_office_confirms_the_entry(self):
		with self.freeze_time(SATURDAY_NIGHT):
			assessment = make_risk_assessment(student=self.student.name, level="L1")
		duty = self.duty("24.1-CONFIRM")
		self.assertEqual(duty.responsible, person("office"))
		with self.as_user(person("office")), self.freeze_time(SATURDAY_NIGHT + timedelta(days=1)):
			case = frappe.get_doc("Student Case", assessment.student_case)
			case.workflow_state = "In Registry"
			case.save()
		duty.reload()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", assessment.student_case))

	def test_report_follows_its_duty_and_the_duty_its_report(self):
		report = self.red_report()
		with self.as_user(person("psychologist")), self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=3)):
			api.acknowledge(self.duty("12-ACK-R").name)
		status = frappe.db.get_value("Warning Report", report.name, ["status", "acknowledged_by"])
		self.assertEqual(tuple(status), ("Acknowledged", person("psychologist")))


class TestLedgerIsProtected(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.red_report()
		self.acknowledge = self.duty("12-ACK-R")

	def test_nobody_edits_deletes_or_invents_duties(self):
		for key in ("leader", "psychologist", "administrator", "school_leader"):
			with self.subTest(key=key), self.as_user(person(key)):
				self.assert_refused(lambda: frappe.delete_doc("Duty", self.acknowledge.name))
				self.assert_refused(self.edit)
				self.assert_refused(lambda: frappe.get_doc({"doctype": "Duty", "kind": "Assess"}).insert())
		self.assert_refused(lambda: frappe.delete_doc("Duty", self.acknowledge.name, force=True))
		self.assert_refused(self.edit)

	def edit(self):
		duty = frappe.get_doc("Duty", self.acknowledge.name)
		duty.state = "Done"
		duty.save()

	def test_rows_of_the_roles(self):
		readers = {"psychologist", "leader", "member", "office", "school_leader"}
		others = {"class_teacher", "subject_teacher", "doctor", "academic", "monitor"}
		others |= {"administrator", "auditor"}
		for key in readers | others:
			user = person(key)
			with self.subTest(key=key), self.as_user(user):
				may = key in readers
				self.assertEqual(frappe.has_permission("Duty", "read", doc=self.acknowledge, user=user), may)
				try:
					listed = frappe.get_list("Duty", pluck="name", limit_page_length=0)
				except frappe.PermissionError:
					listed = []
				self.assertEqual(self.acknowledge.name in listed, may)

	def test_whoever_the_ladder_reached_may_read(self):
		self.assertFalse(
			frappe.has_permission("Duty", "read", doc=self.acknowledge, user=person("psychologist2"))
		)
		from crisis_intervention.crisis_plan.duties import ledger

		ledger.log(self.acknowledge, "Escalation", recipient=person("psychologist2"))
		self.assertTrue(
			frappe.has_permission("Duty", "read", doc=self.acknowledge, user=person("psychologist2"))
		)

	def test_no_share_or_assignment_opens_a_duty(self):
		stranger = person("subject_teacher")
		share = {
			"doctype": "DocShare",
			"share_doctype": "Duty",
			"share_name": self.acknowledge.name,
			"user": stranger,
			"read": 1,
		}
		todo = {
			"doctype": "ToDo",
			"reference_type": "Duty",
			"reference_name": self.acknowledge.name,
			"allocated_to": stranger,
			"description": "x",
		}
		for values in (share, todo):
			with self.subTest(doctype=values["doctype"]):
				self.assert_refused(
					lambda values=values: frappe.get_doc(values).insert(ignore_permissions=True)
				)

	def test_waiver_needs_a_second_person(self):
		duty = self.duty("13-ASSESS-R")
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: api.request_waiver(duty.name, ""))
			api.request_waiver(duty.name, "学生已转学，由新学校接手。")
			self.assert_refused(lambda: api.approve_waiver(duty.name))
		with self.as_user(person("member")):
			self.assert_refused(lambda: api.approve_waiver(duty.name))
		with self.as_user(person("leader")):
			api.approve_waiver(duty.name)
		duty.reload()
		self.assertEqual((duty.state, duty.waived_by), ("Waived", person("leader")))

	def test_reassigning_is_for_the_line_of_command(self):
		with self.as_user(person("psychologist")):
			self.assert_refused(lambda: api.reassign(self.acknowledge.name, person("psychologist2")))
		with self.as_user(person("leader")):
			api.reassign(self.acknowledge.name, person("psychologist2"))
		self.acknowledge.reload()
		self.assertEqual(self.acknowledge.responsible, person("psychologist2"))


class TestLink(DutyTestCase):
	def setUp(self):
		super().setUp()
		self.red_report()
		self.acknowledge = self.duty("12-ACK-R")
		message = {"duty": self.acknowledge.name, "channel": "E-mail", "recipient": person("psychologist")}
		self.message = frappe.get_all("Dispatch Log", filters=message, pluck="name")[0]

	def parts(self, minutes: int = 1):
		with self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=minutes)):
			address = link_for(self.message, self.acknowledge, person("psychologist"))
		self.assertNotIn("@", address)
		self.assertNotIn(self.student.name, address)
		query = dict(part.split("=") for part in address.split("?")[1].split("&"))
		return query["m"], query["e"], query["s"]

	def tap(self, parts, minutes: int = 5):
		with self.as_user("Guest"), self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=minutes)):
			api.acknowledge_by_link(*parts)
		self.acknowledge.reload()

	def test_one_tap_acknowledges_once(self):
		parts = self.parts()
		self.tap(parts)
		self.assertEqual(
			(self.acknowledge.state, self.acknowledge.acknowledged_by), ("Done", person("psychologist"))
		)
		self.tap(parts, 6)
		self.assertEqual(len(self.log_of(self.acknowledge, "Acknowledged")), 1)

	def test_looking_writes_nothing(self):
		parts = self.parts()
		with self.freeze_time(SATURDAY_NIGHT + timedelta(minutes=5)):
			self.assertEqual(open_link(*parts).user, person("psychologist"))
		self.acknowledge.reload()
		self.assertFalse(self.acknowledge.acknowledged_at)

	def test_forged_expired_and_reassigned_links_are_dead(self):
		message, expires, seal = self.parts()
		for parts in (
			(message, str(int(expires) + 1), seal),
			(message, expires, "0" * len(seal)),
			("M-00000000", expires, seal),
			(message, "soon", seal),
			(None, None, None),
		):
			with self.subTest(parts=parts):
				self.tap(parts)
				self.assertEqual(self.acknowledge.state, "Open")
		self.tap((message, expires, seal), minutes=25 * 60)
		self.assertFalse(self.acknowledge.acknowledged_at)
		with self.as_user(person("leader")):
			api.reassign(self.acknowledge.name, person("psychologist2"))
		self.tap((message, expires, seal))
		self.assertFalse(self.acknowledge.acknowledged_at)
