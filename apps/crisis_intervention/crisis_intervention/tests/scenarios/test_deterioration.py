"""A known student gets worse overnight: urgent report, doctor, assessment, feedback (art. 12, 13, 14)."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan import api
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import make_student_case, name_of_concern, person
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

WORDS = ["昨晚割腕，现在在宿舍", "明显恶化，不能独处", "请勿单独留下", "当面守护"]


class TestDeterioration(ScenarioTestCase):
	def setUp(self):
		super().setUp()
		with self.freeze_time(self.at("09:00", days=-20)):
			self.case = make_student_case(level="L3", student=self.student.name)
		self.report = self.report_at(
			"02:40",
			by="class_teacher",
			seen="02:25",
			injury=1,
			student_with="With Class Teacher",
			description=WORDS[0],
		)

	def about_report(self, **filters: Any) -> dict[str, Any]:
		return self.duties(reference_name=self.report.name, **filters)

	def assess(self, clock: str, submit: bool = True, key: str = "psychologist") -> Any:
		values = {
			"doctype": "Risk Assessment",
			"student": self.student.name,
			"warning_report": self.report.name,
			"level": "L1",
			"level_reasons": WORDS[1],
			"immediate_measures": WORDS[3],
		}
		with self.acting(key, clock):
			assessment = frappe.get_doc(values).insert()
			if submit:
				assessment.submit()
		return assessment

	def feed_back(self, assessment: Any, clock: str) -> Any:
		values = {"doctype": "Case Feedback", "risk_assessment": assessment.name, "summary": WORDS[2]}
		with self.acting("psychologist", clock):
			return frappe.get_doc(values).insert()

	def test_report_at_night_calls_psychologist_doctor_and_team_at_once(self):
		self.assertEqual((self.report.urgency, self.report.key_target_reason), ("Red", "Injury"))
		asked = {
			rule: (duty.responsible, f"{duty.due_at:%H:%M}") for rule, duty in self.about_report().items()
		}
		for rule, key, due in (
			("12-ACK-R", "psychologist", "02:50"),
			("12-DOCTOR", "doctor", "02:50"),
			("12-TEAM", "leader", "03:10"),
			("13-ASSESS-R", "psychologist", "04:40"),
		):
			with self.subTest(rule=rule):
				self.assertEqual(asked[rule], (person(key), due))
		assert_nothing_leaks(self, names=WORDS)

	def test_doctor_is_told_until_he_answers_and_others_do_not_answer_for_him(self):
		self.let_time_pass("02:40", "03:15")
		duty = self.duties()["12-DOCTOR"]
		told = self.told("12-DOCTOR")
		self.assertEqual(told[0], ("02:40", person("doctor")))
		self.assertLessEqual({person("member"), person("leader")}, {user for _clock, user in told})
		for key in ("subject_teacher", "class_teacher2", "monitor", "administrator"):
			with self.subTest(key=key), self.acting(key, "03:16"):
				self.assert_refused(lambda: api.acknowledge(duty.name))
		with self.acting("doctor", "03:17"):
			api.acknowledge(duty.name)
		self.assertEqual(self.duties()["12-DOCTOR"].state, "Done Late")
		self.let_time_pass("03:20", "04:30", every=10)
		self.assertEqual(self.told("12-DOCTOR"), told)
		assert_nothing_leaks(self, names=WORDS)

	def test_doctor_reads_the_report_and_no_assessment(self):
		assessment = self.assess("03:30")
		for doctype, name, may in (
			("Warning Report", self.report.name, True),
			("Risk Assessment", assessment.name, False),
		):
			with self.subTest(doctype=doctype):
				allowed = frappe.has_permission(doctype, "read", name, user=person("doctor"))
				self.assertEqual(bool(allowed), may)
		assert_nothing_leaks(self, names=WORDS)

	def test_only_a_submitted_assessment_of_this_report_is_evidence(self):
		self.assert_refused(lambda: self.assess("03:00", key="class_teacher"), frappe.PermissionError)
		draft = self.assess("03:10", submit=False)
		self.assertEqual(self.about_report()["13-ASSESS-R"].state, "Open")
		with self.acting("psychologist", "03:50"):
			frappe.get_doc("Risk Assessment", draft.name).submit()
		duty = self.about_report()["13-ASSESS-R"]
		self.assertEqual(
			(duty.state, duty.evidence_name, f"{duty.done_at:%H:%M}"), ("Done", draft.name, "03:50")
		)
		# The entry that was there is raised; a second one is not opened.
		self.assertEqual(draft.reload().student_case, self.case.name)
		case = frappe.get_doc("Student Case", self.case.name)
		self.assertEqual((case.current_level, case.urgency), ("L1", "Red"))
		assert_nothing_leaks(self, names=WORDS)

	def test_result_goes_back_with_receipts(self):
		assessment = self.assess("03:50")
		duty = self.duties()["14-FEEDBACK-R"]
		self.assertEqual((duty.responsible, f"{duty.due_at:%H:%M}"), (person("psychologist"), "04:20"))
		feedback = self.feed_back(assessment, "04:05")
		self.assertEqual(self.duties()["14-FEEDBACK-R"].state, "Done")
		receivers = {row.user for row in feedback.receipts}
		self.assertEqual(receivers, {person(key) for key in ("leader", "member", "office", "class_teacher")})
		for key, clock in (("class_teacher", "04:10"), ("office", "08:05")):
			with self.acting(key, clock):
				frappe.get_doc("Case Feedback", feedback.name).confirm_receipt()
		with self.acting("psychologist", "08:10"):
			doc = frappe.get_doc("Case Feedback", feedback.name)
			self.assert_refused(doc.confirm_receipt, frappe.PermissionError)
			received = {row.user: f"{row.received_at:%H:%M}" for row in doc.receipts if row.received_at}
		self.assertEqual(received, {person("class_teacher"): "04:10", person("office"): "08:05"})
		assert_nothing_leaks(self, names=WORDS)

	def test_result_that_is_not_fed_back_climbs(self):
		self.assess("03:50")
		self.let_time_pass("03:50", "04:35")
		self.assertEqual(self.duties()["14-FEEDBACK-R"].state, "Overdue")
		self.assertEqual(
			[line for line in self.told("14-FEEDBACK-R") if line[0] in ("04:20", "04:30")],
			[("04:20", person("member")), ("04:30", person("leader"))],
		)
		assert_nothing_leaks(self, names=WORDS)

	def test_person_of_concern_hears_nothing_of_the_result(self):
		name_of_concern(self.case, person("class_teacher"))
		feedback = self.feed_back(self.assess("03:50"), "04:05")
		self.assertNotIn(person("class_teacher"), {row.user for row in feedback.receipts})
		mine = {duty.responsible for duty in self.duties(state=["in", ("Open", "Overdue")]).values()}
		self.assertNotIn(person("class_teacher"), mine)
		assert_nothing_leaks(self, names=WORDS)
