"""Levels of a case: raised at once, lowered only with a second person; the history says who and why."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

PROPOSED, IN_FORCE, REFUSED = "Proposed", "In Force", "Refused"
MAY_SECOND = frozenset(
	(
		"Crisis Team Leader",
		"Crisis Team Member",
		"Psychology Teacher",
		"Moral Education Officer",
		"School Leader",
	)
)


def is_lowering(from_severity: int | None, to_severity: int) -> bool:
	"""Say whether a change goes down; a first level never does."""
	return from_severity is not None and to_severity < from_severity


def severity_of(level: str | None) -> int | None:
	"""Return the severity of a level, None without a level."""
	return frappe.get_cached_value("Risk Level", level, "severity") if level else None


def record_change(
	case: Any, to_level: str, reason: str, decided_by: str, assessment: str | None = None
) -> str:
	"""Append a change of level to a case that is about to be saved.

	:param case: Student Case
	:param to_level: Risk Level decided
	:param reason: written reason
	:param decided_by: the person who decided
	:param assessment: code of the Risk Assessment, when one brought the change
	:returns: `In Force`, `Proposed` for a lowering, or an empty text when the level stays as it is
	:raises frappe.ValidationError: without a reason
	"""
	if not (reason or "").strip():
		frappe.throw(_("A change of level needs a written reason."))
	if to_level == case.current_level:
		return ""
	lowering = is_lowering(severity_of(case.current_level), severity_of(to_level) or 0)
	state = PROPOSED if lowering else IN_FORCE
	row = {
		"from_level": case.current_level,
		"to_level": to_level,
		"state": state,
		"reason": reason,
		"decided_by": decided_by,
		"decided_at": now_datetime(),
		"risk_assessment": assessment,
	}
	_supersede(case)
	case.append("level_history", row)
	case.flags.level_rows_written = True
	return state


def _supersede(case: Any) -> None:
	"""A new decision answers a proposal that still waits."""
	for row in case.level_history:
		if row.state == PROPOSED:
			row.state, row.second_at = REFUSED, now_datetime()
			row.second_reason = _("A later decision took its place.")


def second(case: Any, row_name: str, agrees: bool, reason: str) -> None:
	"""Let a second person confirm or refuse a proposed lowering.

	:param row_name: name of the row in the history
	:param agrees: confirm or refuse
	:param reason: the second person's reason
	:raises frappe.PermissionError: for the person who proposed it, or one without the role
	:raises frappe.ValidationError: without a reason, or when the row does not wait
	"""
	row = next((row for row in case.level_history if row.name == row_name), None)
	if not row or row.state != PROPOSED:
		frappe.throw(_("This change of level does not wait for a second person."))
	check_second_person(row.decided_by)
	if not (reason or "").strip():
		frappe.throw(_("A change of level needs a written reason."))
	row.state = IN_FORCE if agrees else REFUSED
	row.second_person, row.second_at = frappe.session.user, now_datetime()
	row.second_reason = reason
	case.flags.level_rows_written = True


def check_second_person(first: str | None) -> None:
	"""Check that the user of the session may be the second person after the first.

	:raises frappe.PermissionError: when not
	"""
	user = frappe.session.user
	if user == first:
		frappe.throw(_("A second person decides this, not the one who proposed it."), frappe.PermissionError)
	if not MAY_SECOND & set(frappe.get_roles(user)) or user == "Administrator":
		frappe.throw(_("You may not be the second person here."), frappe.PermissionError)


def guard(case: Any) -> None:
	"""Keep the history as stored unless this module wrote it, and derive the level in force from it."""
	if not case.flags.level_rows_written:
		before = case.get_doc_before_save()
		case.set("level_history", before.level_history if before else [])
	in_force = [row.to_level for row in case.level_history if row.state == IN_FORCE]
	case.current_level = in_force[-1] if in_force else None
