"""Factories of the registry: measures, plans, reviews, hand-overs, watches, guardian contacts."""

from typing import Any

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from crisis_intervention.tests.factories import act_as, make_student_case, make_student_profile, person


def make_measure_type(**fields: Any) -> Any:
	"""Return a measure of support during a crisis."""
	code = "T" + frappe.generate_hash(length=6).upper()
	values = {"code": code, "label": code, "phase": "During Crisis", "kind": "Support"}
	return frappe.get_doc({"doctype": "Measure Type", **values, **fields}).insert(ignore_permissions=True)


def make_safety_plan(case: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return a safety plan, written down by the psychology teacher unless told otherwise."""
	case = case or make_student_case()
	values = {
		"doctype": "Safety Plan",
		"student_case": case.name,
		"warning_signs": "整夜睡不着\n不想和人说话",
		"own_coping": "去操场慢跑",
		"people_to_ask": "班主任 王老师",
		"safer_surroundings": "把药交给奶奶保管",
	}
	return act_as(by or person("psychologist"), lambda: frappe.get_doc({**values, **fields}).insert())


def make_intervention_plan(case: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return a plan with the measures that the level requires, not planned yet; by the psychology teacher."""
	case = case or make_student_case()
	values = {"doctype": "Intervention Plan", "student_case": case.name}
	return act_as(by or person("psychologist"), lambda: frappe.get_doc({**values, **fields}).insert())


def plan_all_measures(plan: Any, by: str | None = None, responsible: str | None = None) -> Any:
	"""Return a plan after every measure got a person and a time.

	:param responsible: who does them, the class teacher by default
	"""

	def action() -> Any:
		doc = frappe.get_doc("Intervention Plan", plan.name)
		for row in doc.measures:
			row.responsible = row.responsible or responsible or person("class_teacher")
			row.due_at = row.due_at or add_to_date(now_datetime(), hours=4)
		return doc.save()

	return act_as(by or person("psychologist"), action)


def make_case_review(case: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return the review of a case, by the psychology teacher unless told otherwise."""
	case = case or make_student_case()
	values = {
		"doctype": "Case Review",
		"student_case": case.name,
		"decision": "Stays as It Is",
		"findings": "情绪平稳，按时上课，家长配合。",
		"next_review": add_days(nowdate(), 30),
	}
	return act_as(by or person("psychologist"), lambda: frappe.get_doc({**values, **fields}).insert())


def make_case_handover(case: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return a hand-over to the second psychology teacher, proposed by the owner unless told otherwise."""
	case = case or make_student_case()
	values = {
		"doctype": "Case Handover",
		"student_case": case.name,
		"part": "Owner",
		"to_user": person("psychologist2"),
		"reason": "产假，请先看最近一次反馈。",
	}
	return act_as(by or person("psychologist"), lambda: frappe.get_doc({**values, **fields}).insert())


def hand_over_case(case: Any, part: str, user: str, by: str | None = None) -> Any:
	"""Return a hand-over that the next person accepted.

	:param part: `Owner` or `Deputy`
	"""
	handover = make_case_handover(case, by=by or person("leader"), part=part, to_user=user)
	act_as(user, lambda: frappe.get_doc("Case Handover", handover.name).accept())
	return frappe.get_doc("Case Handover", handover.name)


def make_special_watch(student: str | None = None, by: str | None = None, **fields: Any) -> Any:
	"""Return a running watch, begun by the class teacher, who is with the student, unless told otherwise."""
	user = by or person("class_teacher")
	values = {
		"doctype": "Special Watch",
		"student": student or make_student_profile().name,
		"observer": user,
		"place": "心理辅导室",
		"reason": "有明确计划，不能独处。",
	}
	return act_as(user, lambda: frappe.get_doc({**values, **fields}).insert())


def end_watch(watch: Any, first: str | None = None, second: str | None = None) -> Any:
	"""Return a watch after both persons ended it: the team leader, and the office, unless told otherwise."""

	def stored() -> Any:
		return frappe.get_doc("Special Watch", watch.name)

	act_as(first or person("leader"), lambda: stored().propose_end("Danger Over", "会商认为危险已解除。"))
	act_as(second or person("office"), lambda: stored().second_end(1, "同意。"))
	return stored()


def make_student_with_family(**fields: Any) -> Any:
	"""Return a student with a mother who comes first and a father who must not be contacted."""
	persons = [
		{
			"person_name": "林母",
			"relation": "Mother",
			"phone": "13800000001",
			"contact_order": 1,
			"custody": 1,
		},
		{
			"person_name": "林父",
			"relation": "Father",
			"contact_order": 2,
			"do_not_contact": 1,
			"do_not_contact_reason": "法院禁止接触",
		},
	]
	return make_student_profile(**{"contact_persons": persons, **fields})


def make_guardian_contact(student: Any = None, by: str | None = None, contact: int = 0, **fields: Any) -> Any:
	"""Return a contact in which the mother was reached, by the class teacher unless told otherwise.

	:param student: Student Profile with contact persons
	:param contact: position of the contact person
	"""
	student = student or make_student_with_family()
	values = {
		"doctype": "Guardian Contact",
		"student": student.name,
		"contact_person": student.contact_persons[contact].name,
		"outcome": "Reached",
		"told": "说明孩子目前情况，请尽快到校。",
		"attempts": [{"attempted_at": add_to_date(now_datetime(), minutes=-5), "reached": 1}],
	}
	return act_as(by or person("class_teacher"), lambda: frappe.get_doc({**values, **fields}).insert())
