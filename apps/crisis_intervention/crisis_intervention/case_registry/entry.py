"""How a registry entry opens and follows: a submitted assessment is enough, confirmation comes after."""

from typing import Any

import frappe
from frappe.utils import add_days

from crisis_intervention.case_registry import earlies, levels, persons
from crisis_intervention.case_registry.concerns import users_of_concern
from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.duties.ledger import nobody


def open_case_of(student: str) -> str:
	"""Return the code of a student's open case, or an empty text."""
	filters = {"student": student, "workflow_state": ["not in", CLOSED_STATES]}
	return frappe.db.get_value("Student Case", filters, "name", order_by="creation desc") or ""


def last_case_of(student: str) -> str:
	"""Return the code of a student's open case, or of the last one that was left, or an empty text."""
	newest = frappe.db.get_value("Student Case", {"student": student}, "name", order_by="creation desc")
	return open_case_of(student) or newest or ""


def enter(assessment: Any) -> str:
	"""Open the registry entry that a submitted assessment calls for, or bring the open one up to date.

	Safety first (art. 24.1): the entry is there at once; the office's confirmation is a duty that follows.

	:param assessment: submitted Risk Assessment
	:returns: code of the case, or an empty text when the level needs no entry and none is open
	"""
	code = open_case_of(assessment.student)
	if code:
		case = frappe.get_doc("Student Case", code)
	elif frappe.get_cached_value("Risk Level", assessment.level, "requires_registry"):
		case = _new_case(assessment)
	else:
		return ""
	_take_over(case, assessment)
	# Only an assessment opens or moves an entry: no role may create one by hand.
	case.save(ignore_permissions=True)
	if not code:
		earlies.adopt(case)
	return case.name


def name_persons(student: str) -> None:
	"""Name in the open case of a student whom a later warning names.

	The warning shuts him out by itself; the case must not keep him as its owner or deputy. It is written in
	the name of nobody, since the person who named him may be a hidden reporter.

	:param student: code of the Student Profile
	"""
	code = open_case_of(student)
	if not code:
		return
	with nobody():
		case = frappe.get_doc("Student Case", code)
		if persons.take_over(case):
			# Nothing that is amiss in the case may hold up a warning.
			case.flags.ignore_links = case.flags.ignore_mandatory = True
			case.save(ignore_permissions=True)


def move_to_class(student: str, school_class: str | None) -> None:
	"""Let a student's open case follow into another class.

	:param student: code of the Student Profile
	:param school_class: code of the new class
	"""
	code = open_case_of(student)
	if code:
		frappe.db.set_value("Student Case", code, "school_class", school_class)


def person_in_charge(student: str, school_class: str | None, otherwise: str | None) -> str | None:
	"""Return who takes a case: the class's psychology teacher, else the assessor, never one of concern."""
	barred = users_of_concern(student)
	psychologist = (
		frappe.db.get_value("School Class", school_class, "psychology_teacher") if school_class else None
	)
	return next((user for user in (psychologist, otherwise) if user and user not in barred), None)


def _new_case(assessment: Any) -> Any:
	case = frappe.new_doc("Student Case")
	case.student = assessment.student
	case.school_class = frappe.db.get_value("Student Profile", assessment.student, "school_class")
	case.owner_user = person_in_charge(assessment.student, case.school_class, assessment.assessed_by)
	case.warning_report = assessment.warning_report
	_copy_from_report(case, assessment)
	persons.take_over(case)
	_take_over_protection(case)
	return case


def _copy_from_report(case: Any, assessment: Any) -> None:
	"""The first two earlies and the categories come from the report, else from what a screening showed."""
	if not assessment.warning_report:
		seen = earlies.seen_without_report(assessment)
		case.discovered_at = case.reported_at = seen or assessment.assessed_at
		return
	report = frappe.get_doc("Warning Report", assessment.warning_report)
	case.discovered_at, case.reported_at = report.event_time, report.entry_time
	for row in report.categories:
		case.append("categories", {"category": row.category})


def _take_over_protection(case: Any) -> None:
	"""A watch that runs already and measures taken before the entry count for it (art. 10)."""
	from crisis_intervention.intervention.guardians import is_guardian_suspected
	from crisis_intervention.intervention.watches import running_watch_of

	case.special_watch = running_watch_of(case.student) or None
	case.guardian_suspected = int(is_guardian_suspected(case.student))
	case.intervened_at = earlies.first_measure(case.student, case.discovered_at)


def _review_day(assessment: Any) -> Any:
	"""The next review when the assessor names no day: after the days of the level."""
	days = frappe.get_cached_value("Risk Level", assessment.level, "review_days")
	return add_days(assessment.assessed_at, days).date() if days else None


def _take_over(case: Any, assessment: Any) -> None:
	case.risk_assessment = assessment.name
	case.assessed_at = case.assessed_at or assessment.assessed_at
	case.next_review = assessment.next_review or _review_day(assessment) or case.next_review
	levels.record_change(
		case, assessment.level, assessment.level_reasons, assessment.assessed_by, assessment.name
	)
	case.flags.from_assessment = True
