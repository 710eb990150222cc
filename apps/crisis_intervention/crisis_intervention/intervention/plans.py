"""Intervention plans (art. 15): one runs for a case, follows its level and owner, and ends with it."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.access.reading import note
from crisis_intervention.case_registry.concerns import is_of_concern, students_of_concern
from crisis_intervention.case_registry.levels import is_lowering, strength_of
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.context import Context
from crisis_intervention.crisis_plan.people.resolver import resolve
from crisis_intervention.intervention import measures

RUNNING, ENDED = "Running", "Ended"


def running_plan_of(student_case: str | None) -> str:
	"""Return the code of the running plan of a case, or an empty text."""
	if not student_case:
		return ""
	filters = {"student_case": student_case, "status": RUNNING}
	return frappe.db.get_value("Intervention Plan", filters, "name") or ""


def keep_up(case: Any) -> None:
	"""Let the running plan of a case follow its level and its owner, and end with it.

	:param case: Student Case that was just saved
	"""
	changed = [name for name in ("current_level", "owner_user", "workflow_state") if _moved(case, name)]
	name = running_plan_of(case.name) if changed else ""
	if not name:
		return
	plan = frappe.get_doc("Intervention Plan", name)
	if not case.is_open():
		plan.stamp_end(_("The student left the registry."))
	else:
		_follow_owner(plan, case)
		plan.pending_level = case.current_level if _is_above(case.current_level, plan.level) else None
	plan.flags.stamped = True
	# Who decides a level or takes a case over need not have the right to write the plan.
	plan.save(ignore_permissions=True)


def relieve(users: Iterable[str], student: str | None = None) -> None:
	"""Take what is still to be done out of the hands of persons who must not or cannot do it any more.

	:param users: persons who became persons of concern, or whose account was closed
	:param student: only in plans for this student, in all running ones when empty
	"""
	gone = set(users)
	for plan in _plans_of(gone, student):
		if plan.responsible in gone or not measures.can_take(plan.responsible, plan.student):
			plan.responsible = _next_person(plan, gone)
		for row in plan.measures:
			if row.state not in measures.CLOSED and row.responsible in gone:
				row.responsible = plan.responsible
		# Who names a person of concern or closes an account need not have the right to write the plan.
		plan.save(ignore_permissions=True)


@frappe.whitelist()
def my_measures(with_closed: int | str = 0) -> list[dict[str, Any]]:
	"""Return the measures of running plans that the user of the session is to do, and no others of a plan.

	:param with_closed: 1 to see those that are done or refused as well
	:returns: rows of `name`, `plan`, `student`, `measure_type`, `label`, `kind`, `due_at`, `state`,
		`done_at`, `reason` and `note`, the next due first
	"""
	rows = frappe.get_all(
		"Intervention Measure",
		filters={"responsible": frappe.session.user, "parenttype": "Intervention Plan"},
		fields=[
			"name",
			"parent as plan",
			"measure_type",
			"kind",
			"due_at",
			"state",
			"done_at",
			"reason",
			"note",
		],
		order_by="due_at asc",
	)
	barred, students = students_of_concern(frappe.session.user), _students_of({row.plan for row in rows})
	found = []
	for row in rows:
		row.student = students.get(row.plan)
		open_only = not int(with_closed or 0)
		if not row.student or row.student in barred or (open_only and row.state in measures.CLOSED):
			continue
		row.label = _label_of(row.measure_type)
		note("Intervention Plan", row.plan)
		found.append(row)
	return found


@frappe.whitelist(methods=["POST"])
def mark_measure(
	row: str, state: str, done_at: str | None = None, reason: str | None = None, remark: str | None = None
) -> str:
	"""Write down what became of a measure of which the user of the session is the responsible person.

	:param row: name of the row of the plan
	:param state: `Under Way`, `Done` or `Not Done`
	:param done_at: when it was done, now when empty
	:param reason: why it is not done
	:param remark: note, unchanged when empty
	:returns: the state afterwards
	:raises frappe.PermissionError: for a measure of somebody else, or a student to whom one is of concern
	:raises frappe.ValidationError: when the plan has ended or the measure was marked already
	"""
	plan, measure = _my_row(row)
	if plan.status != RUNNING:
		frappe.throw(_("This plan has ended. Begin a new one."))
	if measure.state in measures.CLOSED:
		frappe.throw(_("This measure was marked already. Whoever writes the plan corrects it and says why."))
	measure.update({"state": state, "done_at": done_at, "reason": reason})
	measure.note = (remark or "").strip() or measure.note
	# The person was checked; he does this measure and needs no right to write the rest of the plan.
	plan.save(ignore_permissions=True)
	return measure.state


def _my_row(row: str) -> tuple[Any, Any]:
	filters = {"name": str(row), "responsible": frappe.session.user, "parenttype": "Intervention Plan"}
	name = frappe.db.get_value("Intervention Measure", filters, "parent")
	plan = frappe.get_doc("Intervention Plan", name) if name else None
	if not plan or is_of_concern(frappe.session.user, plan.student):
		frappe.throw(_("Another person does this measure."), frappe.PermissionError)
	return plan, next(line for line in plan.measures if line.name == row)


def _students_of(plans: set[str]) -> dict[str, str]:
	filters = {"name": ["in", [*plans, ""]], "status": RUNNING}
	rows = frappe.get_all("Intervention Plan", filters, ["name", "student"])
	return {row.name: row.student for row in rows}


def _label_of(code: str) -> str:
	row = frappe.get_cached_doc("Measure Type", code)
	english = not (frappe.local.lang or "").startswith("zh")
	return (row.label_en if english else "") or row.label


def _moved(case: Any, fieldname: str) -> bool:
	before = case.get_doc_before_save()
	return bool(before) and before.get(fieldname) != case.get(fieldname)


def _is_above(level: str | None, planned: str | None) -> bool:
	"""Say whether a level asks in anything for more than the one for which a plan was made."""
	now, then = strength_of(level), strength_of(planned)
	return bool(now) and (then is None or is_lowering(now, then))


def _follow_owner(plan: Any, case: Any) -> None:
	if _moved(case, "owner_user") and plan.responsible == case.get_doc_before_save().owner_user:
		owner = case.owner_user
		plan.responsible = owner if measures.can_take(owner, plan.student) else None


def _plans_of(users: set[str], student: str | None) -> list[Any]:
	people = ["in", list(users)]
	rows = frappe.get_all(
		"Intervention Measure",
		{"responsible": people, "parenttype": "Intervention Plan", "state": ["not in", measures.CLOSED]},
		pluck="parent",
	)
	filters = {"status": RUNNING, **({"student": student} if student else {})}
	named = frappe.get_all("Intervention Plan", {**filters, "responsible": people}, pluck="name")
	doing = frappe.get_all("Intervention Plan", {**filters, "name": ["in", [*rows, ""]]}, pluck="name")
	return [frappe.get_doc("Intervention Plan", name) for name in sorted({*named, *doing})]


def _next_person(plan: Any, gone: set[str]) -> str | None:
	"""The owner of the case, else the team leader or who stands in; nobody rather than one who is barred."""
	owner = frappe.db.get_value("Student Case", plan.student_case, "owner_user")
	if owner not in gone and measures.can_take(owner, plan.student):
		return owner
	found = resolve(F.TEAM_LEADER, Context(student=plan.student), now_datetime(), gone).user
	return found if measures.can_take(found, plan.student) else None
