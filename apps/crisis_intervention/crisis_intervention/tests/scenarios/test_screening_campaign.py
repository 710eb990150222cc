"""New students are screened with consent; a critical item calls a person, no score decides (art. 11)."""

from datetime import datetime
from typing import Any

import frappe
from frappe.client import set_value

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.early_warning.psychological_files import open_files_of
from crisis_intervention.early_warning.screening.importing import take_over
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import (
	make_risk_assessment,
	make_student_case,
	make_student_profile,
	person,
)
from crisis_intervention.tests.factories_screening import (
	agree,
	consent_of,
	make_free_instrument,
	make_screening_campaign,
	make_screening_import,
	make_screening_result,
	number_of,
	review,
	sheet_of,
)
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

CRITICAL, SCREEN, RESULT, FILE = "11-CRITICAL", "11-SCREEN", "Screening Result", "Psychological File"
WORDS = ["已当面谈过，情绪尚稳", "十二月补测，班主任联系家长", "与班主任每周碰头", "课间多留意，适时鼓励"]


class ScreeningTestCase(ScenarioTestCase):
	# A Thursday, three weeks into the school year.
	day = datetime(2026, 9, 17, microsecond=100000)

	def setUp(self):
		super().setUp()
		frappe.db.delete("Duty", {"rule": SCREEN})
		with self.freeze_time(self.at("07:30")):
			self.others = [
				make_student_profile(school_class=self.student.school_class).name for _number in range(2)
			]
			self.campaign = make_screening_campaign(
				0,
				consented=False,
				school_class=self.student.school_class,
				instrument=make_free_instrument().name,
			)

	def agreed(self, clock: str = "08:00") -> None:
		with self.acting("psychologist", clock):
			agree(self.campaign)

	def result(self, clock: str, student: str | None = None, critical: int = 0, **fields: Any) -> Any:
		values = {"score": 6, "scores": [{"part": "Q9", "value": critical}], **fields}
		with self.freeze_time(self.at(clock)):
			return make_screening_result(self.campaign, student=student or self.student.name, **values)

	def stored(self, result: Any) -> Any:
		return frappe.get_doc(RESULT, result.name)


class TestConsent(ScreeningTestCase):
	def test_nobody_is_screened_without_both_consents(self):
		self.assert_refused(lambda: self.result("08:10"))
		self.agreed("08:20")
		with self.acting("psychologist", "08:30"):
			consent = consent_of(self.campaign, self.others[0])
			consent.update({"withdrawn_by": "Guardian"}).save()
		self.assert_refused(lambda: self.result("08:40", student=self.others[0]))
		self.assertTrue(self.result("08:50").name)
		assert_nothing_leaks(self)

	def test_a_sheet_takes_over_only_who_agreed_and_calls_a_person_at_once(self):
		self.agreed()
		with self.acting("psychologist", "08:30"):
			consent_of(self.campaign, self.others[1]).update({"withdrawn_by": "Student"}).save()
		students = [self.student.name, *self.others]
		rows = [[number_of(student), 8, value] for student, value in zip(students, (2, 0, 3), strict=True)]
		sheet = sheet_of(rows, header=("学号", "总分", "第9题"))
		with self.freeze_time(self.at("09:00")):
			doc = make_screening_import(self.campaign, sheet)
		with self.acting("psychologist", "09:05"):
			doc.check_sheet()
			counts = take_over(doc.name)
		self.assertEqual(counts["added"], 2)
		self.assertFalse(frappe.db.exists(RESULT, {"student": self.others[1]}))
		self.assertEqual(f"{self.duties()[CRITICAL].due_at:%d %H:%M}", "18 09:05")
		for student in self.others:
			self.assertFalse(frappe.db.exists("Duty", {"student": student, "rule": CRITICAL}))
		assert_nothing_leaks(self)


class TestCriticalItem(ScreeningTestCase):
	def setUp(self):
		super().setUp()
		self.agreed()
		self.critical = self.result("10:00", critical=2)

	def test_a_person_is_called_within_a_day_and_only_an_assessment_proves_it(self):
		duty = self.duties()[CRITICAL]
		self.assertEqual(
			(duty.responsible, duty.clock, f"{duty.due_at:%d %H:%M}"),
			(person("psychologist"), "Safety", "18 10:00"),
		)
		with self.freeze_time(self.at("11:00")):
			self.assert_refused(lambda: review(self.critical, "No Further Step"))
			review(self.critical, "Assess", talked_at=self.at("10:50"), review_note=WORDS[0])
		with self.acting("psychologist", "11:05"):
			api.acknowledge(duty.name)
			self.assert_refused(lambda: set_value("Duty", duty.name, "state", "Done"))
		self.assertEqual(self.duties()[CRITICAL].state, "Open")
		with self.freeze_time(self.at("14:00")):
			assessment = make_risk_assessment(student=self.student.name, level="L0")
		duty = self.duties()[CRITICAL]
		self.assertEqual((duty.state, duty.evidence_name), ("Done", assessment.name))
		assert_nothing_leaks(self, names=WORDS)

	def test_delay_between_the_result_and_the_assessment_stays_readable(self):
		with self.freeze_time(self.at("18:00")):
			case = make_student_case(student=self.student.name, level="L3")
		times = [f"{case.get(field):%H:%M}" for field in ("discovered_at", "reported_at", "assessed_at")]
		self.assertEqual(times, ["10:00", "10:00", "18:00"])
		with self.freeze_time(self.at("18:00")):
			other = make_student_case(student=self.others[0], level="L3")
		self.assertEqual(other.discovered_at, other.assessed_at)

	def test_nobody_looks_and_it_climbs_to_the_team_leader(self):
		for clock in ("09:05", "10:01", "10:21", "10:41"):
			self.tick_and_send(clock, days=1)
		self.assertEqual(self.duties()[CRITICAL].state, "Overdue")
		reached = {row.recipient for row in self.log_of(self.duties()[CRITICAL], "Escalation")}
		self.assertEqual(reached, {person("psychologist"), person("member"), person("leader")})
		assert_nothing_leaks(self)

	def test_a_score_sets_no_level_and_opens_no_case(self):
		self.result("10:05", student=self.others[0], score=27)
		for doctype in ("Student Case", "Risk Assessment", "Warning Report"):
			filters = {"student": ["in", [self.student.name, self.others[0]]]}
			self.assertFalse(frappe.get_all(doctype, filters), doctype)
		self.assertFalse(frappe.get_meta(RESULT).has_field("level"))
		with self.as_user("Administrator"):
			looked = self.stored(self.critical).update({"review_outcome": "Assess"})
			self.assert_refused(looked.save)

	def test_who_may_see_a_result(self):
		for key in ("class_teacher", "monitor", "office", "administrator", "auditor", "subject_teacher"):
			with self.subTest(key=key):
				self.assertFalse(frappe.has_permission(RESULT, "read", self.critical.name, user=person(key)))


class TestClosing(ScreeningTestCase):
	def close(self, clock: str, plan: str | None = None) -> None:
		with self.acting("psychologist", clock):
			frappe.get_doc("Screening Campaign", self.campaign.name).close_campaign(plan)

	def test_yearly_duty_ends_with_a_closed_campaign_and_every_flag_is_looked_at(self):
		with self.freeze_time(self.at("08:00")):
			raise_recurring()
		duty = frappe.get_doc("Duty", {"rule": SCREEN})
		self.assertEqual((duty.responsible, duty.article), (person("psychologist"), 11))
		self.agreed()
		flagged = self.result("09:00", score=24)
		self.assert_refused(lambda: self.close("10:00"))
		self.close("10:10", WORDS[1])
		duty.reload()
		self.assertEqual((duty.state, duty.evidence_name), ("Done", self.campaign.name))
		looked = {"rule": "11-REVIEW", "reference_name": self.campaign.name}
		self.assertEqual(frappe.db.get_value("Duty", looked, "state"), "Open")
		with self.freeze_time(self.at("11:00")):
			review(flagged, "Follow Up Together", review_note=WORDS[0])
		self.assertEqual(frappe.db.get_value("Duty", looked, "state"), "Done")
		self.followed_together()
		assert_nothing_leaks(self, names=WORDS)

	def followed_together(self) -> None:
		"""The class teacher talks with the student, the psychology teacher keeps the file."""
		duty = self.duties()["11-FOLLOW"]
		self.assertEqual(duty.responsible, person("class_teacher"))
		with self.acting("class_teacher", "15:00"):
			together = frappe.get_doc("Joint Follow Up", duty.reference_name)
			together.update({"talked_at": self.at("14:40"), "note": WORDS[3]}).save()
		self.assertEqual(self.duties()["11-FOLLOW"].state, "Done")
		with self.acting("psychologist", "16:00"):
			open_files_of(self.campaign.name)
			file = frappe.get_doc(FILE, {"student": self.student.name})
			self.assertEqual((file.opened_from, file.on_follow_up_list), ("Screening", 1))
			file.update({"follow_up": WORDS[2], "correction_reason": WORDS[0]}).save()
		self.assertEqual(self.duties()["11-FILE"].state, "Done")
