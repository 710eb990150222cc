"""Who comes into question for a function, in the order in which people are asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import frappe

from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.context import Context, built

ROSTER, CLASS, CASE, TEAM, UNIT, ROLE = "On-call Roster", "Class", "Case", "Crisis Team", "Unit", "Role"
OBSERVERS = "Warning Report Observer"


@dataclass(frozen=True)
class Candidate:
	"""A person who comes into question, the named deputy, and where both were found."""

	user: str
	deputy: str
	via: str


def candidates(function: str, context: Context, at: datetime) -> Iterator[Candidate]:
	"""Yield candidates: on-call roster, then class or case, then team, units, and holders of the role.

	:param function: function of the plan
	:param at: the moment at which the person must be reachable
	"""
	yield from _on_call(function, at)
	yield from _of_student(function, context)
	yield from _of_team(function, at)
	yield from _of_units(function)
	yield from candidates_of_role(function)


def _on_call(function: str, at: datetime) -> Iterator[Candidate]:
	slots = frappe.get_all(
		"On-call Roster",
		filters={"function": function, "from_time": ["<=", at], "to_time": [">", at]},
		pluck="user",
		order_by="from_time desc, creation desc",
	)
	yield from (Candidate(user, "", ROSTER) for user in slots)


def _of_student(function: str, context: Context) -> Iterator[Candidate]:
	if function == F.CASE_MANAGER:
		yield from _case_manager(context)
	elif function == F.CLASS_MONITOR:
		yield from _class_monitors(context)
	elif function == F.REPORTER:
		yield from _reporter(context)
	elif function == F.NAMED_PERSON:
		yield from _named_person(context)
	if function == F.CLASS_TEACHER:
		yield from _class_person(context, "class_teacher", "deputy_teacher")
	elif function in (F.PSYCHOLOGY_TEACHER, F.CASE_MANAGER):
		yield from _class_person(context, "psychology_teacher")


def _class_person(context: Context, field: str, deputy_field: str = "") -> Iterator[Candidate]:
	if context.school_class and built("School Class"):
		fields = [field, deputy_field or field]
		user, deputy = frappe.db.get_value("School Class", context.school_class, fields) or ("", "")
		yield Candidate(user or "", (deputy or "") if deputy_field else "", CLASS)


def _case_manager(context: Context) -> Iterator[Candidate]:
	if context.student_case and built("Student Case"):
		owner = frappe.db.get_value(
			"Student Case", context.student_case, ["owner_user", "deputy_user"], as_dict=True
		)
		if owner:
			yield Candidate(owner.owner_user or "", owner.deputy_user or "", CASE)


def _class_monitors(context: Context) -> Iterator[Candidate]:
	"""Monitors of the class who hold the office today (art. 9 and 26)."""
	if not context.school_class or not built("School Class"):
		return
	today = frappe.utils.getdate()
	for row in frappe.get_cached_doc("School Class", context.school_class).get("monitors") or []:
		if _in_force(row.get("from_date"), row.get("to_date"), today):
			yield Candidate(row.get("user") or "", "", CLASS)


def _reporter(context: Context) -> Iterator[Candidate]:
	"""Who reported; a DocType of its own keeps it apart from the report (art. 12)."""
	if context.doctype == "Warning Report" and context.name and built(OBSERVERS):
		user = frappe.db.get_value(OBSERVERS, {"warning_report": context.name}, "observer")
		yield Candidate(user or "", "", CLASS)


def _named_person(context: Context) -> Iterator[Candidate]:
	"""Whom the document names by its method `get_named_person`; nobody stands in for him unasked."""
	if context.doctype and context.name and frappe.db.exists(context.doctype, context.name):
		named = getattr(frappe.get_doc(context.doctype, context.name), "get_named_person", None)
		yield Candidate((named() if named else "") or "", "", CASE)


def _of_team(function: str, at: datetime) -> Iterator[Candidate]:
	today = at.date()
	for team in team_names(today):
		for row in frappe.get_cached_doc("Crisis Team", team).members:
			if row.function == function and _in_force(row.from_date, row.to_date, today):
				yield Candidate(row.user, row.deputy or "", TEAM)


def team_names(today) -> list[str]:
	"""List the crisis teams in force on a day, the newest first."""
	teams = frappe.get_all(
		"Crisis Team",
		filters={"enabled": 1, "from_date": ["<=", today]},
		fields=["name", "to_date"],
		order_by="from_date desc",
	)
	return [team.name for team in teams if not team.to_date or team.to_date >= today]


def _of_units(function: str) -> Iterator[Candidate]:
	for row in frappe.get_cached_doc("Crisis Settings").units:
		if row.function == function:
			yield Candidate(row.head or "", row.deputy or "", UNIT)


def candidates_of_role(function: str) -> Iterator[Candidate]:
	"""Yield the last resort: whoever holds the role, in a fixed order.

	:param function: function of the plan
	"""
	role = F.ROLE_OF.get(function)
	if role:
		holders = frappe.get_all(
			"Has Role",
			filters={"role": role, "parenttype": "User"},
			pluck="parent",
			order_by="creation asc, parent asc",
		)
		yield from (Candidate(user, "", ROLE) for user in holders)


def _in_force(first, last, today) -> bool:
	return (not first or first <= today) and (not last or last >= today)
