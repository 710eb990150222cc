"""Levels of a case: raised at once, lowered only with a second person; the history says who and why."""

from dataclasses import dataclass
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


# The branches of art. 18, the weaker first.
BRANCHES = ("None", "Monitoring Group", "24-Hour Watch")


@dataclass(frozen=True)
class Strength:
	"""How strongly a level responds; a school may order its levels by severity and still weaken a branch."""

	severity: int
	branch: int
	requires_registry: int


def is_lowering(former: Strength | None, new: Strength) -> bool:
	"""Say whether a change weakens the response in anything; a first level never does."""
	return former is not None and (
		new.severity < former.severity
		or new.branch < former.branch
		or new.requires_registry < former.requires_registry
	)


def strength_of(level: str | None) -> Strength | None:
	"""Return how strongly a level responds, None without a level.

	:raises frappe.ValidationError: for a level that does not exist
	"""
	if not level:
		return None
	row = frappe.db.get_value("Risk Level", level, ["severity", "branch", "requires_registry"], as_dict=True)
	if not row:
		frappe.throw(_("This level is not in use."))
	branch = BRANCHES.index(row.branch) if row.branch in BRANCHES else 0
	return Strength(row.severity or 0, branch, int(row.requires_registry or 0))


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
	if not to_level or not frappe.db.get_value("Risk Level", to_level, "enabled"):
		frappe.throw(_("This level is not in use."))
	lowering = is_lowering(strength_of(case.current_level), strength_of(to_level))
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
