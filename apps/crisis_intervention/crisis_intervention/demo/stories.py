"""Students whom the school looked after this term, from the report to the registry and for some out of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date, getdate, now_datetime, nowdate

from crisis_intervention.crisis_plan.api import acknowledge
from crisis_intervention.demo.accounts import PSYCHOLOGISTS, class_teacher_email
from crisis_intervention.demo.clock import at
from crisis_intervention.demo.roster import students_of
from crisis_intervention.intervention.plans import mark_measure, my_measures

LEADER, OFFICE = "leader@example.com", "office@example.com"
STUDENT_FROM = 20


@dataclass(frozen=True)
class Story:
	"""One student: class counted from one, weeks ago, what was reported, decided, and how it went on."""

	class_number: int
	weeks_ago: int
	clock: str
	signals: tuple[str, ...]
	words: str
	level: str
	reasons: str
	acknowledged_after: int
	assessed_after: int
	lowered_to: str = ""
	leaves: bool = False
	planned: bool = True


STORIES = (
	Story(
		3,
		10,
		"10:20",
		("S102",),
		"作业本里写有告别的话。",
		"L2",
		"有死亡念头，无具体计划，家长配合。",
		6,
		95,
		lowered_to="L4",
		leaves=True,
	),
	Story(
		5,
		10,
		"14:05",
		("S305", "S302"),
		"整夜失眠，怕见人。",
		"L3",
		"焦虑明显，影响上课，支持尚可。",
		25,
		300,
		lowered_to="L4",
	),
	Story(
		8,
		9,
		"21:40",
		("S101",),
		"宿舍里说过想从楼上跳下去。",
		"L1",
		"有念头和方法，需全程陪伴并就医。",
		4,
		70,
		lowered_to="L3",
	),
	Story(
		12,
		8,
		"09:15",
		("S303",),
		"父母离异后情绪低落。",
		"L4",
		"情绪低落，功能尚好。",
		110,
		1500,
		leaves=True,
	),
	Story(14, 7, "16:30", ("S201", "S304"), "把手表送人，突然平静。", "L2", "有告别行为，愿意求助。", 9, 115),
	Story(
		17,
		6,
		"11:50",
		("S306",),
		"与同学冲突后扬言报复。",
		"L3",
		"冲动，无持械计划。",
		40,
		420,
		lowered_to="L4",
	),
	Story(
		21,
		5,
		"08:35",
		("S104",),
		"手臂有新的划痕。",
		"L2",
		"自伤行为两次，无求死意图。",
		7,
		140,
	),
	Story(
		24, 4, "13:10", ("S302",), "同桌住院后一直害怕。", "L4", "对同学病情的反应。", 90, 900, leaves=True
	),
	Story(27, 3, "17:25", ("S305", "S303"), "考前崩溃大哭。", "L3", "考试压力，睡眠差。", 35, 260),
	Story(
		29,
		2,
		"22:15",
		("S102",),
		"网上写遗书式的话。",
		"L2",
		"一时冲动，已约谈，家长陪护。",
		12,
		100,
		planned=False,
	),
)


def tell(classes: list[str], go_to: Callable[[datetime], None], present: datetime) -> None:
	"""Live the stories, each at its own time and none beyond the present.

	:param classes: codes of the classes in the order of the school
	:param go_to: sets the clock
	:param present: naive time of the site at which history ends
	"""
	for story in STORIES:
		_Telling(story, classes, go_to, present).tell()


class _Telling:
	"""One story being lived: who acts when."""

	def __init__(
		self, story: Story, classes: list[str], go_to: Callable[[datetime], None], present: datetime
	) -> None:
		self.story = story
		self.go_to, self.present = go_to, present
		self.student = students_of(classes[story.class_number - 1], STUDENT_FROM + 1)[STUDENT_FROM]
		self.teacher = class_teacher_email(story.class_number)
		self.psychologist = PSYCHOLOGISTS[(story.class_number - 1) // 10]
		monday = present.date() - timedelta(weeks=story.weeks_ago, days=present.weekday())
		self.start = at(monday + timedelta(days=1), story.clock)

	def tell(self) -> None:
		story = self.story
		report = self.act(0, self.teacher, self.report)
		self.act(story.acknowledged_after, self.psychologist, lambda: self.acknowledge(report))
		self.act(8, LEADER, self.take_note)
		self.act(24, self.teacher, self.call_home)
		if self.watched:
			self.act(9, self.teacher, lambda: self.watch(report))
		assessment = self.act(story.assessed_after, self.psychologist, lambda: self.assess(report))
		self.act(story.assessed_after + 18, self.psychologist, lambda: self.feed_back(assessment))
		case = assessment.student_case
		self.act(days(1), OFFICE, lambda: self.move(case, "Confirm Entry"))
		if story.level in ("L1", "L2"):
			self.act(days(2), self.psychologist, lambda: self.plan_safety(case))
		if story.planned:
			self.act(story.assessed_after + 30, self.psychologist, lambda: self.plan_measures(case))
			self.act(days(2) + 60, self.teacher, self.mark_measures)
		self.go_on(case)

	def go_on(self, case: str) -> None:
		story = self.story
		if self.watched:
			self.act(days(3), LEADER, self.propose_end_of_watch)
			self.act(days(3) + 40, OFFICE, self.confirm_end_of_watch)
		self.act(days(9), self.psychologist, lambda: self.review(case))
		if story.lowered_to:
			self.act(days(12), self.psychologist, lambda: self.lower(case))
			self.act(days(13), LEADER, lambda: self.second(case))
		if story.leaves:
			self.act(
				days(14),
				self.psychologist,
				lambda: self.move(case, "Propose Exit", "连续观察平稳，支持稳定。"),
			)
			self.act(days(14) + 200, OFFICE, lambda: self.move(case, "Confirm Exit"))

	def act(self, minutes: int, user: str, action: Callable[[], Any]) -> Any:
		moment = self.start + timedelta(minutes=minutes)
		if moment > self.present:
			return None
		self.go_to(moment)
		frappe.set_user(user)
		return action()

	@property
	def watched(self) -> bool:
		"""Whoever is in danger is not left alone until somebody else has taken over (art. 4 and 18)."""
		return self.story.level in ("L1", "L2")

	def take_note(self) -> None:
		"""The team leader acknowledges a key target (art. 3)."""
		for duty in frappe.get_all("Duty", {"rule": "03-KEY", "student": self.student, "state": "Open"}):
			acknowledge(duty.name)

	def report(self) -> Any:
		return self.insert(
			"Warning Report",
			student=self.student,
			signals=[{"signal": code} for code in self.story.signals],
			description=self.story.words,
			event_time=self.start - timedelta(minutes=20),
			student_with="With Class Teacher",
		)

	def acknowledge(self, report: Any) -> None:
		apply_workflow(frappe.get_doc("Warning Report", report.name), "Acknowledge")

	def call_home(self) -> None:
		profile = frappe.get_doc("Student Profile", self.student)
		self.insert(
			"Guardian Contact",
			student=self.student,
			contact_person=profile.contact_persons[0].name,
			outcome="Reached",
			attempts=[{"attempted_at": self.start + timedelta(minutes=22), "channel": "Phone", "reached": 1}],
			told="孩子情绪需要关注，请今天到校或来接。",
			guardian_said="马上过来。",
		)

	def watch(self, report: Any) -> None:
		self.insert(
			"Special Watch",
			student=self.student,
			observer=self.teacher,
			place="心理辅导室",
			reason="不能独处，等家长和医院。",
			warning_report=report.name,
		)

	def propose_end_of_watch(self) -> None:
		self.running_watch().propose_end("Handed to Guardian", "家长到校接管并陪同就医，交接签字。")

	def confirm_end_of_watch(self) -> None:
		self.running_watch().second_end(1, "已核对交接记录。")

	def running_watch(self) -> Any:
		return frappe.get_doc("Special Watch", {"student": self.student})

	def assess(self, report: Any) -> Any:
		assessment = self.insert(
			"Risk Assessment",
			student=self.student,
			warning_report=report.name,
			level=self.story.level,
			level_reasons=self.story.reasons,
			immediate_measures="班主任陪伴，告知监护人，移开危险物品。",
			confidentiality_told="Explained and Understood",
		)
		assessment.submit()
		return assessment

	def feed_back(self, assessment: Any) -> None:
		summary = "已评估，请小组和班主任按约定落实关注。"
		self.insert("Case Feedback", risk_assessment=assessment.name, summary=summary)

	def plan_safety(self, case: str) -> None:
		self.insert(
			"Safety Plan",
			student_case=case,
			made_with="With the Student",
			warning_signs="睡不着\n不想说话",
			own_coping="听音乐、跑步",
			people_to_ask="班主任，妈妈",
			safer_surroundings="药品和刀具由家长保管",
		)

	def plan_measures(self, case: str) -> None:
		"""Measures by severity (art. 15): the first is the class teacher's, the others the psychologist's."""
		plan = self.insert("Intervention Plan", student_case=case)
		for row in plan.measures:
			row.responsible = self.teacher if row.idx == 1 else self.psychologist
			row.due_at = add_to_date(now_datetime(), days=3)
		plan.save()

	def mark_measures(self) -> None:
		for row in my_measures():
			if row.student == self.student:
				mark_measure(row.name, "Done", remark="已落实。")

	def review(self, case: str) -> None:
		self.insert(
			"Case Review",
			student_case=case,
			decision="Stays as It Is",
			findings="出勤正常，情绪较前平稳。",
			next_review=getdate(nowdate()) + timedelta(days=30),
		)

	def lower(self, case: str) -> None:
		frappe.get_doc("Student Case", case).change_level(self.story.lowered_to, "两周来平稳，支持稳定。")

	def second(self, case: str) -> None:
		stored = frappe.get_doc("Student Case", case)
		waiting = next(row for row in stored.level_history if row.state == "Proposed")
		stored.second_level_change(waiting.name, 1, "已看记录，同意。")

	def move(self, case: str, action: str, exit_reason: str = "") -> None:
		stored = frappe.get_doc("Student Case", case)
		if exit_reason:
			stored.exit_reason = exit_reason
			stored.save()
		apply_workflow(stored, action)

	@staticmethod
	def insert(doctype: str, **values: Any) -> Any:
		return frappe.get_doc({"doctype": doctype, **values}).insert()


def days(number: int) -> int:
	"""Return days in minutes."""
	return number * 24 * 60
