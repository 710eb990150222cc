"""A handful of live matters, written by the demo staff through the same doors as in a real school."""

from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date, now_datetime, nowdate

from crisis_intervention.demo.roster import students_of

# class (counted from one), who reports, hours ago, signals, categories, words, further fields
REPORTS: tuple[tuple[int, str, int, tuple[str, ...], tuple[str, ...], str, dict[str, Any]], ...] = (
	(
		1,
		"subject@example.com",
		2,
		("S105", "S303"),
		("C7",),
		"课间说活着没意思，上课一直趴着。",
		{"student_with": "With Class Teacher"},
	),
	(1, "teacher1@example.com", 26, ("S305",), ("C7",), "连续一周睡不好，体重下降。", {}),
	(
		2,
		"subject2@example.com",
		50,
		("S201", "S304"),
		("C2",),
		"把喜欢的书都送给同学，情绪突然平静。",
		{"student_with": "With Psychology Teacher"},
	),
	(
		6,
		"doctor@example.com",
		5,
		("S104",),
		("C4",),
		"手臂有新的划痕，自述是不小心。",
		{"injury": 1, "student_with": "With School Doctor", "hide_observer": 1},
	),
	(11, "teacher11@example.com", 74, ("S302",), ("C6",), "同桌住院后一直害怕。", {}),
	(16, "subject3@example.com", 30, ("S301", "S306"), ("C7",), "与同学冲突后扬言报复。", {}),
	(1, "monitor@example.com", 20, ("S303",), (), "最近不和大家说话了。", {}),
)

# report (counted from zero), assessor, level, reasons, measures
ASSESSMENTS = (
	(
		1,
		"psychologist@example.com",
		"L4",
		"睡眠问题与考试压力有关，无消极念头，支持良好。",
		"班主任关心，约两周后复谈。",
	),
	(
		2,
		"psychologist@example.com",
		"L2",
		"有告别行为且情绪骤然平静，承认有死亡念头，无具体计划。",
		"全程陪伴，已通知监护人，移开危险物品。",
	),
	(4, "psychologist2@example.com", "L0", "对同学病情的正常反应，功能良好。", "说明情况，给予安抚。"),
	(
		5,
		"psychologist2@example.com",
		"L3",
		"冲动控制弱，无持械计划，愿意接受调解。",
		"分开安排座位，班主任陪同谈话。",
	),
)


def make_matters(classes: list[str]) -> None:
	"""File the reports, assess some, feed back and confirm one entry.

	:param classes: codes of the classes in the order of the school
	"""
	reports = [_report(classes, position, row) for position, row in enumerate(REPORTS)]
	_acknowledge(reports[1], "psychologist@example.com")
	assessments = [_assess(reports[number], *rest) for number, *rest in ASSESSMENTS]
	_feed_back(assessments[1])
	_confirm(assessments[1].student_case)
	_write_card(assessments[1])
	_ask_for_access(assessments[3])
	_ask_for_help()
	frappe.set_user("Administrator")


def _report(classes: list[str], position: int, row: tuple) -> Any:
	class_number, reporter, hours, signals, categories, words, further = row
	frappe.set_user("Administrator")
	student = students_of(classes[class_number - 1], len(REPORTS))[position]
	frappe.set_user(reporter)
	return frappe.get_doc(
		{
			"doctype": "Warning Report",
			"student": student,
			"event_time": add_to_date(now_datetime(), hours=-hours),
			"signals": [{"signal": code} for code in signals],
			"categories": [{"category": code} for code in categories],
			"description": words,
			**further,
		}
	).insert()


def _acknowledge(report: Any, user: str) -> None:
	frappe.set_user(user)
	apply_workflow(frappe.get_doc("Warning Report", report.name), "Acknowledge")


def _assess(report: Any, assessor: str, level: str, reasons: str, measures: str) -> Any:
	frappe.set_user(assessor)
	assessment = frappe.get_doc(
		{
			"doctype": "Risk Assessment",
			"student": report.student,
			"warning_report": report.name,
			"level": level,
			"level_reasons": reasons,
			"immediate_measures": measures,
			"confidentiality_told": "Explained and Understood",
		}
	).insert()
	assessment.submit()
	return assessment


def _feed_back(assessment: Any) -> None:
	frappe.set_user(assessment.assessed_by)
	summary = "已进入预警库，请小组与班主任知悉并落实陪伴。"
	frappe.get_doc(
		{"doctype": "Case Feedback", "risk_assessment": assessment.name, "summary": summary}
	).insert()


def _confirm(case: str) -> None:
	frappe.set_user("office@example.com")
	apply_workflow(frappe.get_doc("Student Case", case), "Confirm Entry")


def _write_card(assessment: Any) -> None:
	frappe.set_user(assessment.assessed_by)
	frappe.get_doc(
		{
			"doctype": "Need To Know Card",
			"student_case": assessment.student_case,
			"audience": "Subject Teachers",
			"valid_until": add_to_date(nowdate(), days=30),
			"what_to_do": "课堂上多给肯定，允许随时去心理辅导室。",
			"what_to_avoid": "不要当众批评或追问请假原因。",
			"whom_to_call": "班主任；联系不上时打心理辅导室值班电话。",
			"readers": [{"user": "subject@example.com"}, {"user": "subject2@example.com"}],
		}
	).insert()


def _ask_for_access(assessment: Any) -> None:
	frappe.set_user("doctor@example.com")
	frappe.get_doc(
		{
			"doctype": "Access Grant",
			"student": assessment.student,
			"user": "doctor@example.com",
			"scope": "Case",
			"reason_kind": "Takes Part in Handling",
			"reason": "每天到医务室服药，需要知道注意事项。",
		}
	).insert()


def _ask_for_help() -> None:
	"""A student wrote on the school's page, without an account."""
	frappe.set_user("Guest")
	frappe.get_doc(
		{
			"doctype": "Help Request",
			"how_soon": "This Week",
			"reach_by": "I Come to the Counselling Room",
			"preferred_time": "Noon",
			"about_sleep": 1,
			"about_study": 1,
			"message": "最近总睡不着，想找老师聊聊。",
		}
		# As the web form does: guests may ask for help and read nothing.
	).insert(ignore_permissions=True)
