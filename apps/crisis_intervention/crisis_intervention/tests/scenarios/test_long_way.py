"""The long way of one student, from a critical item of a screening to a closed entry (art. 10 to 24)."""

import frappe
from frappe.model.workflow import apply_workflow

from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.confidentiality import assert_nothing_leaks
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_screening import (
	make_free_instrument,
	make_screening_campaign,
	make_screening_result,
)
from crisis_intervention.tests.scenarios.long_way import CASE, WORDS, LongWayTestCase

EARLIES = ("discovered_at", "reported_at", "assessed_at", "fed_back_at", "intervened_at")


class TestLongWay(LongWayTestCase):
	def test_from_a_critical_item_to_a_closed_entry(self):
		for step in (self.screened, self.entered, self.accompanied, self.worse, self.better, self.left):
			step()
		self.check_ledger()
		assert_nothing_leaks(self, names=[*WORDS.values(), "林母"])

	def screened(self) -> None:
		"""Monday: a critical item calls a person, who talks with the student; the score sets nothing."""
		instrument, school_class = make_free_instrument().name, self.student.school_class
		with self.freeze_time(self.at("08:00")):
			campaign = make_screening_campaign(0, school_class=school_class, instrument=instrument)
			scores = [{"part": "Q9", "value": 2}]
			result = make_screening_result(campaign, student=self.student.name, score=14, scores=scores)
		duty = self.duties()["11-CRITICAL"]
		self.assertEqual((duty.responsible, f"{duty.due_at:%d %H:%M}"), (person("psychologist"), "13 08:00"))
		self.assertFalse(frappe.db.exists(CASE, {"student": self.student.name}))
		with self.acting("psychologist", "09:40"):
			stored = frappe.get_doc("Screening Result", result.name)
			stored.update({"review_outcome": "Assess", "review_note": WORDS["talk"]})
			stored.update({"talked_at": self.at("09:10")}).save()
		self.assertEqual(self.duties()["11-CRITICAL"].state, "Open")

	def entered(self) -> None:
		"""The report of the talk, the assessment, the entry, the office's confirmation."""
		signals, text = ("S105", "S303"), WORDS["report"]
		report = self.report_at("09:45", "psychologist", seen="09:10", signals=signals, description=text)
		self.assertEqual(report.urgency, "Orange")
		self.acknowledge("psychologist", "09:50", 0)
		self.acknowledge("leader", "10:00", 0)
		assessment = self.assess("10:30", 0, "L3", "reasons", report)
		self.assertEqual(self.duties()["11-CRITICAL"].evidence_name, assessment.name)
		self.call_home("11:00", 0)
		self.feed_back("11:30", 0, assessment)
		self.plan_measures("13:00", 0)
		self.move("office", "14:00", 1, "Confirm Entry")
		stamps = [f"{self.case().get(field):%H:%M}" for field in EARLIES]
		self.assertEqual(stamps, ["09:10", "09:45", "10:30", "11:30", "11:00"])

	def accompanied(self) -> None:
		"""Safety plan, review and three weekly reports of the class teacher."""
		plan = {"warning_signs": WORDS["plan"], "own_coping": "去操场慢跑", "people_to_ask": "班主任王老师"}
		plan |= {"student_case": self.case().name, "safer_surroundings": "请奶奶收好药"}
		self.save("psychologist", "10:00", 2, "Safety Plan", **plan)
		with self.acting("psychologist", "10:30", 2):
			file = frappe.get_doc("Psychological File", {"student": self.student.name})
			file.update({"follow_up": WORDS["feedback"], "correction_reason": WORDS["talk"]}).save()
		self.follow_up("psychologist", 11, 25, "L3", "reasons")
		for week in (1, 2, 3):
			self.report_week(week)
		filters = {"rule": "12-CLASSWEEK", "school_class": self.student.school_class, "state": "Done"}
		self.assertEqual(frappe.db.count("Duty", filters), 3)

	def worse(self) -> None:
		"""A pill is found: urgent, assessed, raised at once, watched, the family told."""
		with self.acting("class_teacher", "07:10", 25):
			values = {"student": self.student.name, "signals": [{"signal": "S103"}]}
			values |= {"event_time": self.at("07:00", 25), "student_with": "With Class Teacher"}
			report = frappe.get_doc({"doctype": "Warning Report", "description": WORDS["worse"], **values})
			report.insert()
		watch = {"student": self.student.name, "observer": person("class_teacher"), "place": "心理辅导室"}
		self.watch = self.save("class_teacher", "07:15", 25, "Special Watch", reason=WORDS["watch"], **watch)
		self.call_home("07:20", 25)
		self.acknowledge("psychologist", "07:16", 25)
		self.acknowledge("leader", "07:17", 25)
		assessment = self.assess("08:00", 25, "L1", "worse_reasons", report)
		self.assertEqual((self.case().current_level, self.case().special_watch), ("L1", self.watch.name))
		self.call_home("08:05", 25)
		self.feed_back("08:20", 25, assessment)
		self.assertEqual(self.duties()["15-RAISED"].state, "Open")
		self.plan_measures("08:40", 25)

	def better(self) -> None:
		"""The hospital took over; two persons end the watch, two lower the level, another one leads."""
		with self.acting("leader", "18:00", 25):
			frappe.get_doc("Special Watch", self.watch.name).propose_end("Handed to Hospital", WORDS["end"])
			self.assert_refused(
				lambda: frappe.get_doc("Special Watch", self.watch.name).second_end(1, WORDS["second"])
			)
		with self.acting("office", "18:10", 25):
			frappe.get_doc("Special Watch", self.watch.name).second_end(1, WORDS["second"])
		self.follow_up("psychologist", 28, 42, "L3", "lower")
		row = self.case().level_history[-1]
		self.assertEqual((self.case().current_level, row.to_level, row.state), ("L1", "L3", "Proposed"))
		with self.acting("psychologist", "11:30", 28):
			self.assert_refused(lambda: self.case().second_level_change(row.name, 1, WORDS["second"]))
		with self.acting("leader", "11:40", 28):
			self.assertEqual(self.case().second_level_change(row.name, 1, WORDS["second"]), "L3")
		values = {"student_case": self.case().name, "part": "Owner", "to_user": person("psychologist2")}
		handover = self.save("psychologist", "14:00", 56, "Case Handover", reason=WORDS["handover"], **values)
		with self.acting("psychologist2", "15:00", 56):
			frappe.get_doc("Case Handover", handover.name).accept()
		self.assertEqual(self.case().owner_user, person("psychologist2"))

	def left(self) -> None:
		"""Reviewed in the term, then left by two persons."""
		self.follow_up("psychologist2", 95, 109, "L3", "review")
		self.move("leader", "10:00", 98, "Propose Exit", exit_reason=WORDS["exit"])
		with self.acting("leader", "10:05", 98):
			self.assert_refused(lambda: apply_workflow(self.case(), "Confirm Exit"))
		self.move("office", "15:00", 98, "Confirm Exit")
		self.assertEqual(self.case().workflow_state, "Exited")
		plan = frappe.get_doc("Intervention Plan", {"student": self.student.name})
		self.assertEqual((plan.status, plan.responsible), ("Ended", person("psychologist2")))
		before = frappe.db.count("Duty", {"student": self.student.name})
		with self.freeze_time(self.at("08:00", 99)):
			raise_recurring()
		self.assertEqual(frappe.db.count("Duty", {"student": self.student.name}), before)

	def check_ledger(self) -> None:
		"""Every line cites its article, every duty is done in time, and none is left open."""
		duties = frappe.get_all("Duty", {"student": self.student.name}, ["*"])
		lines = frappe.get_all("Duty Log", {"duty": ["in", [duty.name for duty in duties]]}, ["article"])
		self.assertTrue(all(1 <= row.article <= 27 for row in [*duties, *lines]))
		self.assertEqual([(row.rule, row.state) for row in duties if row.state != "Done"], [])
		self.assertTrue(all(row.evidence_name and row.responsible and row.plan for row in duties))
		asked = {
			"11-CRITICAL",
			"12-ACK-O",
			"12-ACK-R",
			"13-ASSESS-R",
			"14-FEEDBACK-R",
			"04-WATCH",
			"18-FAMILY",
		}
		asked |= {"03-KEY", "07-HANDOVER", "11-FILE", "18-HOME", "23-REVIEW"}
		asked |= {"15-PLAN", "15-RAISED"}
		asked |= {"24.1-CONFIRM", "24.1-TERM", "24.1-EXIT"}
		self.assertLessEqual(asked, {row.rule for row in duties})
