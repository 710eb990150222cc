"""What the long way of one student needs: his school, the words written about him, who enters what."""

from datetime import datetime
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow

from crisis_intervention.crisis_plan import api
from crisis_intervention.crisis_plan.duties.recurrence import raise_recurring
from crisis_intervention.tests.factories import person
from crisis_intervention.tests.factories_registry import make_student_with_family, plan_all_measures
from crisis_intervention.tests.scenarios.school import ScenarioTestCase

CASE = "Student Case"
WORDS = {
	"talk": "当面谈过，承认近期有消极念头",
	"report": "普查谈话中说不想活了",
	"reasons": "有消极念头，暂无计划，能求助",
	"measures": "班主任陪伴到放学，当日联系母亲",
	"feedback": "请留意课间去向，每日与班主任通气",
	"told": "说明近况并请到校面谈",
	"plan": "失眠两天就来找心理老师",
	"review": "情绪较上月平稳，作息恢复",
	"week": "上课能跟上，课间主动聊天",
	"worse": "昨晚在宿舍藏了药片",
	"worse_reasons": "已备药，有时间打算，须专人守护",
	"watch": "降级之前由教师轮流陪同",
	"end": "已随母亲就医，医院接手",
	"lower": "四周无危险信号，支持到位",
	"second": "同意下调，按周联系",
	"handover": "本学期另有任务，请接手",
	"exit": "连续三月平稳，学期复核通过",
}


class LongWayTestCase(ScenarioTestCase):
	"""The people of the long way, each entering his own records on his day."""

	day = datetime(2026, 10, 12, microsecond=100000)

	def setUp(self):
		super().setUp()
		frappe.db.set_value("School Class", {"enabled": 1}, "enabled", 0)
		frappe.db.set_value("School Class", self.student.school_class, "enabled", 1)
		with self.freeze_time(self.at("07:30")):
			self.student = make_student_with_family(school_class=self.student.school_class)

	def save(self, key: str, clock: str, days: int, doctype: str, **values: Any) -> Any:
		"""Enter a record as a person; it is submitted when its kind is."""
		with self.acting(key, clock, days):
			doc = frappe.get_doc({"doctype": doctype, **values}).insert()
			return doc.submit() if doc.meta.is_submittable else doc

	def case(self) -> Any:
		return frappe.get_doc(CASE, {"student": self.student.name})

	def move(self, key: str, clock: str, days: int, action: str, **values: str) -> None:
		with self.acting(key, clock, days):
			case = self.case()
			if values:
				case.update(values).save()
			apply_workflow(case, action)

	def acknowledge(self, key: str, clock: str, days: int) -> None:
		"""Acknowledge whatever asks a person for an acknowledgement about the student."""
		filters = {"state": "Open", "responsible": person(key), "kind": ["in", ("Acknowledge", "Respond")]}
		with self.acting(key, clock, days):
			for duty in self.duties(**filters).values():
				api.acknowledge(duty.name)

	def assess(
		self, clock: str, days: int, level: str, why: str, report: Any = None, by: str = "psychologist"
	) -> Any:
		values = {"level": level, "level_reasons": WORDS[why], "immediate_measures": WORDS["measures"]}
		about = {"student": self.student.name, "warning_report": report and report.name}
		return self.save(by, clock, days, "Risk Assessment", **about, **values)

	def feed_back(self, clock: str, days: int, assessment: Any, by: str = "psychologist") -> None:
		values = {"risk_assessment": assessment.name, "summary": WORDS["feedback"]}
		feedback = self.save(by, clock, days, "Case Feedback", **values)
		with self.acting("class_teacher", "16:00", days):
			frappe.get_doc("Case Feedback", feedback.name).confirm_receipt()
		feedback.reload()
		self.assertIn(person("class_teacher"), {row.user for row in feedback.receipts if row.received_at})

	def plan_measures(self, clock: str, days: int) -> None:
		"""Make the plan of measures or fit it to the level, with a person and a time for each."""
		case = self.case()
		with self.acting("psychologist", clock, days):
			plan = frappe.get_doc(
				{"doctype": "Intervention Plan", "name": case.intervention_plan, "student_case": case.name}
			)
			if case.intervention_plan:
				plan.reload().fit_to_level()
			else:
				plan.insert()
		with self.freeze_time(self.at(clock, days)):
			plan_all_measures(plan)

	def call_home(self, clock: str, days: int) -> None:
		attempt = {"attempted_at": self.at(clock, days), "reached": 1}
		contact = {"student": self.student.name, "contact_person": self.student.contact_persons[0].name}
		contact |= {"outcome": "Reached", "told": WORDS["told"], "attempts": [attempt]}
		self.save("class_teacher", clock, days, "Guardian Contact", **contact)

	def follow_up(self, key: str, days: int, next_days: int, level: str, reasons: str) -> None:
		"""What the rules of the period ask: home is called, the case assessed again, fed back, reviewed."""
		with self.freeze_time(self.at("08:00", days)):
			raise_recurring()
		self.call_home("09:30", days)
		self.feed_back("11:00", days, self.assess("10:00", days, level, reasons, by=key), by=key)
		values = {"findings": WORDS["review"], "decision": "Stays as It Is"}
		values["next_review"] = f"{self.at('00:00', next_days):%F}"
		self.save(key, "15:00", days, "Case Review", student_case=self.case().name, **values)

	def report_week(self, week: int) -> None:
		with self.freeze_time(self.at("08:00", 7 * week)):
			raise_recurring()
		entry = {"student": self.student.name, "change": WORDS["week"], "done": WORDS["review"]}
		values = {"school_class": self.student.school_class, "entries": [entry]}
		report = self.save("class_teacher", "15:00", 7 * week + 4, "Class Weekly Report", **values)
		with self.acting("leader", "16:00", 7 * week + 4):
			frappe.get_doc("Class Weekly Report", report.name).mark_read()
