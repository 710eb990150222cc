"""Factories of the governance room."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from crisis_intervention.governance import accountability, break_glass
from crisis_intervention.tests.factories import act_as, make_student_case, person


def make_access_grant(case: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return a request for access to a case, by the second class teacher unless told otherwise."""
	case = case or make_student_case()
	values = {
		"doctype": "Access Grant",
		"student": case.student,
		"scope": "Case",
		"reason_kind": "Stands in for Somebody",
		"reason": "班主任请假，代管班级",
	}
	return act_as(by or person("class_teacher2"), lambda: frappe.get_doc({**values, **fields}).insert())


def approved(grant: Any, by: str | None = None, **arguments: Any) -> Any:
	"""Return a grant after its approval, by the team leader unless told otherwise."""

	def act() -> None:
		frappe.get_doc("Access Grant", grant.name).approve(**arguments)

	act_as(by or person("leader"), act)
	return frappe.get_doc("Access Grant", grant.name)


def make_emergency_access(case: Any = None, by: str | None = None) -> Any:
	"""Return the grant of an emergency access, by the second class teacher unless told otherwise."""
	case = case or make_student_case()
	name = act_as(
		by or person("class_teacher2"),
		lambda: break_glass.open_case(case.student, "夜间学生失联，需立即查看"),
	)
	return frappe.get_doc("Access Grant", name)


def make_need_to_know_card(
	case: Any = None, by: str | None = None, readers: tuple = (), **fields: Any
) -> Any:
	"""Return a card for subject teachers, by the psychology teacher unless told otherwise.

	:param readers: users who may read it
	"""
	case = case or make_student_case()
	values = {
		"doctype": "Need To Know Card",
		"student_case": case.name,
		"audience": "Subject Teachers",
		"what_to_do": "课堂上多鼓励，离开教室时请同学陪同。",
		"what_to_avoid": "不要当众批评。",
		"whom_to_call": "心理老师",
		"valid_until": add_days(nowdate(), 30),
		"readers": [{"user": user} for user in readers],
	}
	return act_as(by or person("psychologist"), lambda: frappe.get_doc({**values, **fields}).insert())


def make_accountability_record(duty: str, by: str | None = None, **arguments: Any) -> Any:
	"""Return the record that the school leader proposed for a breached duty."""
	values = {"conduct_group": "Ignored, Concealed, Reported Late or Executed Poorly", **arguments}
	name = act_as(by or person("school_leader"), lambda: accountability.propose(duty, **values))
	return frappe.get_doc("Accountability Record", name)
