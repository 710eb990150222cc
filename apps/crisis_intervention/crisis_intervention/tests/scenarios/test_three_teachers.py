"""Replay: three teachers report one event within ten minutes; there is one watch and one assessment."""

import frappe
from frappe.model.workflow import apply_workflow

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.duties.reconciliation import reconcile
from crisis_intervention.early_warning import events
from crisis_intervention.tests.factories import make_risk_assessment, make_warning_report, person
from crisis_intervention.tests.factories_registry import end_watch, make_special_watch
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

RED = {"signals": ("S102",)}
URGENT = ("03-KEY", "04-GUARDIAN", "04-WATCH", "04-WITH", "12-ACK-R", "12-TEAM", "13-ASSESS-R")


class TestThreeTeachers(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.first = self.report_at("16:00", by="subject_teacher", **RED)

	def others(self, **fields):
		return (
			self.report_at("16:04", by="class_teacher", **{**RED, **fields}),
			self.report_at("16:09", by="doctor", **{**RED, **fields}),
		)

	def raised(self, rule: str) -> list:
		filters = {"student": self.student.name, "rule": rule}
		return frappe.get_all("Duty", filters=filters, fields=["*"], order_by="raised_at asc")

	def stored(self, report, field: str):
		return frappe.db.get_value("Warning Report", report.name, field)

	def choose(self, by: str, report, event: str | None, reason: str = "两件事", clock: str = "16:20"):
		with self.acting(by, clock):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.same_event_as, stored.same_event_reason = event, reason
			stored.save()
		return stored

	def assess(self, report, clock: str = "16:40", **fields):
		with self.freeze_time(self.at(clock)):
			return make_risk_assessment(
				student=self.student.name, warning_report=report.name, level="L3", **fields
			)

	def test_each_duty_arises_once_and_each_report_names_the_first(self):
		reports = self.others()
		for report in reports:
			self.assertEqual(self.stored(report, "same_event_as"), self.first.name)
		for rule in URGENT:
			with self.subTest(rule=rule):
				(duty,) = self.raised(rule)
				self.assertEqual(duty.reference_name, self.first.name)
				joined = frappe.get_all(
					"Duty Log", {"duty": duty.name, "step": "Joined"}, pluck="detail", order_by="at asc"
				)
				self.assertEqual(joined, [report.name for report in reports])

	def test_who_acknowledges_is_told_of_each_report(self):
		self.others()
		(duty,) = self.raised("12-ACK-R")
		told = {"duty": duty.name, "occasion": "Joined", "recipient": person("psychologist")}
		self.assertEqual(frappe.db.count("Dispatch Log", {**told, "channel": "Desk"}), 2)
		self.assertEqual(frappe.db.count("Dispatch Log", {**told, "status": "Refused"}), 0)

	def test_acknowledging_the_first_acknowledges_all(self):
		reports = self.others()
		with self.acting("psychologist", "16:10"):
			api.acknowledge(self.raised("12-ACK-R")[0].name)
		for report in (self.first, *reports):
			self.assertEqual(self.stored(report, "status"), "Acknowledged")
		notices = {"document_name": ["in", [report.name for report in reports]]}
		heard = frappe.get_all("Notification Log", notices, pluck="for_user")
		self.assertLessEqual({person("class_teacher"), person("doctor")}, set(heard))

	def test_acknowledging_a_later_report_in_its_form_acknowledges_the_duty_it_joined(self):
		reports = self.others()
		with self.acting("psychologist", "16:09"):
			apply_workflow(frappe.get_doc("Warning Report", reports[1].name), "Acknowledge")
		self.assertEqual(self.raised("12-ACK-R")[0].state, "Done")
		self.assertEqual(self.stored(self.first, "status"), "Acknowledged")

	def test_one_assessment_answers_all_and_all_can_be_closed(self):
		reports = self.others()
		# The psychologist opens the last one of them and assesses from there.
		assessment = self.assess(reports[1])
		(duty,) = self.raised("13-ASSESS-R")
		self.assertEqual((duty.state, duty.evidence_name), ("Done", assessment.name))
		for report in (self.first, *reports):
			with self.subTest(report=report.name):
				self.assertEqual(self.stored(report, "status"), "Assessed")
				self.assertEqual(self.stored(report, "risk_assessment"), assessment.name)
				with self.acting("psychologist", "17:00"):
					stored = frappe.get_doc("Warning Report", report.name)
					stored.closing_note = "已评估，列入观察"
					stored.save()
					apply_workflow(stored, "Close Report")
				self.assertEqual(self.stored(report, "status"), "Closed")

	def test_report_without_assessment_cannot_be_closed_through_its_event(self):
		report = self.others()[0]
		with self.acting("psychologist", "17:00"):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.update({"closing_note": "无", "status": "Closed", "risk_assessment": "RA-2026-AAAAAA"})
			self.assert_refused(stored.save)

	def test_with_whom_the_student_is_counts_from_any_report(self):
		reports = self.others()
		with self.acting("class_teacher", "16:09"):
			frappe.get_doc("Warning Report", reports[1].name).say_with_whom("With Class Teacher")
		self.assertEqual(self.raised("04-WITH")[0].state, "Done")

	def test_report_of_an_ended_watch_calls_a_watch_again(self):
		with self.freeze_time(self.at("16:05")):
			watch = make_special_watch(self.student.name)
		self.assertEqual(self.raised("04-WATCH")[0].state, "Done")
		self.report_at("16:08", by="doctor", **RED)
		self.assertEqual(len(self.raised("04-WATCH")), 1)
		with self.freeze_time(self.at("16:20")):
			end_watch(watch)
		self.report_at("16:30", by="class_teacher", **RED)
		self.assertEqual([duty.state for duty in self.raised("04-WATCH")], ["Done", "Open"])

	def test_new_report_after_the_assessment_is_an_event_of_its_own(self):
		self.assess(self.first)
		report = self.report_at("16:50", by="doctor", **RED)
		self.assertFalse(self.stored(report, "same_event_as"))
		self.assertEqual(len(self.raised("13-ASSESS-R")), 2)

	def test_assessment_from_before_an_event_does_not_answer_it(self):
		report = self.report_at("16:30", by="doctor", **RED)
		self.assess(self.first, assessed_at=self.at("16:20"))
		self.assertEqual(self.stored(report, "status"), "New")
		self.assertFalse(self.stored(report, "same_event_as"))
		self.assertEqual([duty.state for duty in self.raised("13-ASSESS-R")], ["Done", "Open"])
		self.assertEqual(self.raised("12-ACK-R")[1].reference_name, report.name)

	def test_another_day_another_student_or_no_hours_is_another_event(self):
		with self.freeze_time(self.at("16:01", days=1)):
			later = make_warning_report(student=self.student.name, event_time=self.at("16:01", days=1), **RED)
		self.assertFalse(later.same_event_as)
		self.assertFalse(make_warning_report(**RED).same_event_as)
		frappe.db.set_single_value("Crisis Settings", "same_event_hours", 0)
		self.assertFalse(self.stored(self.report_at("16:05", **RED), "same_event_as"))

	def test_reconciliation_adds_nothing(self):
		self.others()
		with self.freeze_time(self.at("23:00")):
			reconcile()
		self.assertEqual({rule: len(self.raised(rule)) for rule in URGENT}, dict.fromkeys(URGENT, 1))

	def test_reader_sees_the_other_reports_that_he_may_read(self):
		others = {report.name for report in self.others()}
		for key, seen in (("psychologist", others), ("class_teacher", others), ("subject_teacher", set())):
			with self.subTest(key), self.as_user(person(key)):
				found = events.others_of(frappe.get_doc("Warning Report", self.first.name))
				self.assertEqual({row.name for row in found}, seen)

	def test_reporter_does_not_learn_that_somebody_else_reported(self):
		mine = self.others(same_event_by=person("leader"), same_event_reason="x")[1]
		self.assertFalse(self.stored(mine, "same_event_by") or self.stored(mine, "same_event_reason"))
		self.assertIsNone(mine.same_event_as)
		with self.as_user(person("doctor")):
			rows = frappe.get_list("Warning Report", {"name": mine.name}, ["name", "same_event_as"])
			self.assertFalse(rows and rows[0].get("same_event_as"))

	def test_psychologist_parts_a_report_with_a_reason_and_its_duties_arise(self):
		report = self.others()[0]
		self.assert_refused(lambda: self.choose("psychologist", report, None, reason=""))
		parted = self.choose("psychologist", report, None)
		self.assertEqual(parted.same_event_by, person("psychologist"))
		for rule in URGENT:
			with self.subTest(rule=rule):
				self.assertEqual(
					[duty.reference_name for duty in self.raised(rule)], [self.first.name, report.name]
				)

	def test_report_joined_by_hand_gives_its_duties_over(self):
		report = self.others()[0]
		self.choose("leader", report, None)
		last = self.report_at("16:25", by="doctor", **RED)
		self.choose("member", report, last.name, clock="16:30")
		# No chains: the chosen one is about the same event as the first, and so is this one.
		self.assertEqual(self.stored(report, "same_event_as"), self.first.name)
		states = {duty.reference_name: duty.state for duty in self.raised("13-ASSESS-R")}
		self.assertEqual(states, {self.first.name: "Open", report.name: "Taken Over"})
		assessment = self.assess(last)
		self.assertEqual(self.stored(report, "risk_assessment"), assessment.name)

	def test_wrong_choices_are_refused(self):
		report = self.others()[0]
		stranger = make_warning_report(**RED)
		for target in (stranger, report):
			self.assert_refused(lambda target=target: self.choose("leader", report, target.name))
		self.assess(self.first)
		self.assert_refused(lambda: self.choose("leader", report, None))
		late = self.report_at("17:00", **RED)
		self.assert_refused(lambda: self.choose("leader", late, self.first.name, clock="17:01"))

	def test_class_teacher_cannot_part_reports(self):
		report = self.others()[0]
		self.choose("class_teacher", report, None)
		self.assertEqual(self.stored(report, "same_event_as"), self.first.name)

	def test_report_that_is_about_another_student_after_all_leaves_with_its_duties(self):
		report = self.others()[0]
		other = make_warning_report().student
		with self.acting("psychologist", "16:20"):
			stored = frappe.get_doc("Warning Report", report.name)
			stored.student, stored.correction_reason = other, "认错了人"
			stored.save()
		self.assertFalse(self.stored(report, "same_event_as"))
		self.assertTrue(frappe.db.exists("Duty", {"reference_name": report.name, "rule": "13-ASSESS-R"}))


class TestGraverSecondReport(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		self.first = self.report_at("09:00", by="class_teacher", student_with="With Class Teacher")
		self.second = self.report_at("09:30", **RED)

	def states(self, *rules: str) -> list[str]:
		return [self.duties()[rule].state for rule in rules]

	def test_stricter_duties_arise_with_their_own_clock_and_take_the_laxer_over(self):
		duties = self.duties()
		for rule, due in (("12-ACK-R", "09:40"), ("13-ASSESS-R", "11:30"), ("04-GUARDIAN", "10:00")):
			self.assertEqual((duties[rule].state, f"{duties[rule].due_at:%H:%M}"), ("Open", due))
		self.assertEqual(self.states("12-ACK-Y", "13-ASSESS-Y", "04-GUARDIAN-Y"), ["Taken Over"] * 3)
		self.assertEqual(duties["13-ASSESS-Y"].evidence_name, duties["13-ASSESS-R"].name)

	def test_laxer_second_report_of_a_red_event_asks_for_nothing_more(self):
		before = set(self.duties())
		self.report_at("09:35", by="doctor", student_with="With School Doctor")
		self.assertEqual(set(self.duties()), before)

	def test_acknowledging_the_graver_acknowledges_both(self):
		with self.acting("psychologist", "09:33"):
			api.acknowledge(self.duties()["12-ACK-R"].name)
		statuses = frappe.get_all("Warning Report", {"student": self.student.name}, pluck="status")
		self.assertEqual(statuses, ["Acknowledged", "Acknowledged"])

	def test_waiving_the_graver_reopens_the_laxer(self):
		duty = self.duties()["13-ASSESS-R"]
		with self.acting("psychologist", "09:35"):
			api.request_waiver(duty.name, "看错了人，不是本校学生")
		with self.acting("school_leader", "09:40"):
			api.approve_waiver(duty.name)
		self.assertEqual(self.states("13-ASSESS-R", "13-ASSESS-Y"), ["Waived", "Open"])

	def test_parting_them_reopens_the_laxer(self):
		with self.acting("member", "09:40"):
			stored = frappe.get_doc("Warning Report", self.second.name)
			stored.same_event_as, stored.same_event_reason = None, "两件事"
			stored.save()
		self.assertEqual(self.states("12-ACK-Y", "13-ASSESS-Y", "12-ACK-R"), ["Open"] * 3)
