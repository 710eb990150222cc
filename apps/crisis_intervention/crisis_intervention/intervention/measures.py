"""Measures of a plan (art. 15): who does what by when, and what became of it; nothing planned disappears."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.case_registry.concerns import is_of_concern
from crisis_intervention.case_registry.next_steps import required_measures
from crisis_intervention.records.corrections import changed_lines, shown
from crisis_intervention.records.times import TOLERANCE, moment, refuse_future

PLANNED, UNDER_WAY, DONE, NOT_DONE = "Planned", "Under Way", "Done", "Not Done"
CLOSED = (DONE, NOT_DONE)
RECORDED = ("measure_type", "responsible", "due_at", "state", "done_at", "reason", "note")
STAMPS = ("marked_by", "marked_at")


def settle(plan: Any) -> None:
	"""Check the measures of a plan that is about to be saved and fill in what the server knows.

	:param plan: Intervention Plan
	:raises frappe.ValidationError: when a stored row was taken out, or a row does not hold together
	"""
	before = plan.get_doc_before_save()
	stored = {row.name: row for row in before.measures} if before else {}
	if set(stored) - {row.name for row in plan.measures}:
		frappe.throw(_("A measure that was planned stays. Mark it as not done and say why."))
	for row in plan.measures:
		_settle_row(plan, row, stored.get(row.name))


def rewrites(plan: Any) -> bool:
	"""Say whether this save changes what was closed, or makes a stored row into another measure."""
	return any(
		former.state in CLOSED or fieldname == "measure_type"
		for _row, former, fieldname in changed_lines(plan, "measures", RECORDED)
	)


def still_to_plan(plan: Any) -> list[str]:
	"""Return the measures that the level of a plan requires and for which nothing is settled yet.

	:returns: codes of Measure Types
	"""
	settled = {row.measure_type for row in plan.measures if is_planned(row)}
	return [code for code in required_measures(plan.level) if code not in settled]


def is_planned(row: Any) -> bool:
	"""Say whether a measure has a person and a time, or was closed: done, or refused with a reason."""
	return row.state in CLOSED or bool(row.responsible and row.due_at)


def add_required(plan: Any) -> None:
	"""Add the measures that the level requires and that do not stand in the plan yet, still to be planned."""
	_add(plan, required_measures(plan.level))


def add_of_phase(plan: Any) -> None:
	"""Add the measures in use of the plan's phase (art. 6) that do not stand in it yet."""
	filters = {"enabled": 1, "phase": plan.phase or ""}
	_add(plan, frappe.get_all("Measure Type", filters, pluck="name", order_by="name asc"))


def check_person(user: str | None, student: str) -> None:
	"""Check that somebody can answer for a measure or a plan: staff with an account, not of concern.

	:raises frappe.ValidationError: when not
	"""
	if user and not _has_account(user):
		frappe.throw(_("This person has no account in use."))
	if user and not can_take(user, student):
		frappe.throw(_("This person cannot take a measure for the student. Name another member of staff."))


def can_take(user: str | None, student: str) -> bool:
	"""Say whether somebody can answer for a measure or a plan for a student."""
	if not user or not _has_account(user):
		return False
	return bool(roles.roles_of(user) & set(roles.STAFF)) and not is_of_concern(user, student)


def _has_account(user: str) -> bool:
	return bool(cint(frappe.db.get_value("User", user, "enabled")))


def _add(plan: Any, codes: list[str]) -> None:
	known = {row.measure_type for row in plan.measures}
	for code in codes:
		if code not in known:
			plan.append("measures", {"measure_type": code, "state": PLANNED})


def _settle_row(plan: Any, row: Any, former: Any) -> None:
	row.state = row.state or PLANNED
	_check_type(row, former)
	_check_times(row, former)
	_check_reason(row)
	if not former or row.responsible != former.responsible:
		check_person(row.responsible, plan.student)
	_stamp(row, former)


def _check_type(row: Any, former: Any) -> None:
	"""The kind is that of the type when the row was planned; a type out of use is not planned anew."""
	if former and row.measure_type == former.measure_type:
		row.kind = former.kind
		return
	found = frappe.db.get_value("Measure Type", row.measure_type, ["kind", "enabled"], as_dict=True)
	if not found or not found.enabled:
		frappe.throw(_("Row {0}: choose a measure that is in use.").format(row.idx))
	row.kind = found.kind


def _check_times(row: Any, former: Any) -> None:
	row.due_at = moment(row.due_at) if row.due_at else None
	moved = not former or shown(row, "due_at") != shown(former, "due_at")
	if row.due_at and moved and row.state not in CLOSED and row.due_at < now_datetime() - TOLERANCE:
		frappe.throw(_("Row {0}: the time by which it is to be done lies in the past.").format(row.idx))
	if row.state != DONE:
		row.done_at = None
		return
	row.done_at = moment(row.done_at)
	refuse_future(get_datetime(row.done_at), _("Done at"))


def _check_reason(row: Any) -> None:
	row.reason = (row.reason or "").strip() if row.state == NOT_DONE else None
	if row.state == NOT_DONE and not row.reason:
		frappe.throw(_("Row {0}: say why the measure is not done.").format(row.idx))


def _stamp(row: Any, former: Any) -> None:
	"""Who closed a measure, and when, is stamped and not typed."""
	if former and row.state == former.state:
		stamps = (former.marked_by, former.marked_at)
	elif row.state in CLOSED:
		stamps = (frappe.session.user, now_datetime())
	else:
		stamps = (None, None)
	row.marked_by, row.marked_at = stamps
