"""Grants of access: who may ask, who decides, how long one lasts, and what ends it (art. 24.6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_to_date, get_datetime, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.access.closures.jobs import fails_in_codes
from crisis_intervention.case_registry.concerns import is_of_concern

REQUESTED, ACTIVE, REFUSED, EXPIRED, REVOKED = "Requested", "Active", "Refused", "Expired", "Revoked"
CARD, CASE = "Card", "Case"
DECIDERS = frozenset((roles.LEADER, roles.SCHOOL_LEADER))
# Whoever carries a case may ask for others; everybody else asks for himself.
ASK_FOR_OTHERS = roles.COMMAND | {roles.PSYCHOLOGIST}
DEFAULT_DAYS, DEFAULT_HOURS = 30, 24


def check_person(student: str, user: str) -> None:
	"""Refuse to open a student's matters to somebody who must not read them.

	The refusal does not say why: that somebody is a person of concern is itself a matter of the case.

	:raises frappe.PermissionError: for a disabled user, Administrator, or a person of concern
	"""
	usable = user not in ("Administrator", "Guest") and frappe.db.get_value("User", user, "enabled")
	if not usable or is_of_concern(user, student):
		frappe.throw(_("This person cannot be given access."), frappe.PermissionError)


def check_scope(scope: str | None, user: str) -> None:
	"""Refuse the scope Case for roles that work with need-to-know cards.

	:raises frappe.ValidationError: when no role of the user reads cases at all
	"""
	if scope == CASE and not may_read_cases(user):
		frappe.throw(_("This person's role works with need-to-know cards. Choose the scope Card."))


def may_read_cases(user: str) -> bool:
	"""Say whether any role of a user reads cases at all; the rows are another question."""
	return bool(frappe.has_permission("Student Case", "read", user=user))


def check_decider(grant: Any) -> None:
	"""Refuse everybody but the team leader and the school leader, and anybody for himself.

	:raises frappe.PermissionError: when the user of the session may not decide on this grant
	"""
	user = frappe.session.user
	if user == "Administrator" or not DECIDERS & roles.roles_of(user) or is_of_concern(user, grant.student):
		frappe.throw(_("The team leader or the school leader decides on access."), frappe.PermissionError)
	if user == grant.user:
		frappe.throw(_("Nobody decides on access for himself."), frappe.PermissionError)


def end_of(wanted: Any, start: datetime) -> datetime:
	"""Return when a grant ends: what was wished for, but no later than the settings allow.

	:param wanted: wished end, empty for the longest
	:raises frappe.ValidationError: when the wished end is over already
	"""
	latest = add_to_date(start, days=_setting("access_grant_days", DEFAULT_DAYS))
	end = min(get_datetime(wanted), latest) if wanted else latest
	if end <= start:
		frappe.throw(_("This access would end before it begins."))
	return end


def end_of_emergency(start: datetime) -> datetime:
	"""Return when an emergency access ends."""
	return add_to_date(start, hours=_setting("break_glass_hours", DEFAULT_HOURS))


def revoke_for(student: str, users: Iterable[str]) -> list[str]:
	"""Take all grants of a student from persons of concern, in the transaction that names them.

	:returns: codes of the grants
	"""
	filters = {"student": student, "user": ["in", list(users)], "state": ["in", (REQUESTED, ACTIVE)]}
	names = frappe.get_all("Access Grant", filters=filters, pluck="name")
	for name in names:
		frappe.db.set_value(
			"Access Grant",
			name,
			{"state": REVOKED, "revoked_by": frappe.session.user, "revoked_at": now_datetime()},
		)
	return names


@fails_in_codes
def mark_expired() -> int:
	"""Write down which grants have ended. Their rows were closed by the date already.

	:returns: how many
	"""
	ended = {"state": ACTIVE, "valid_until": ["<=", now_datetime()]}
	names = frappe.get_all("Access Grant", filters=ended, pluck="name")
	for name in names:
		frappe.db.set_value("Access Grant", name, "state", EXPIRED)
	return len(names)


def _setting(fieldname: str, otherwise: int) -> int:
	return int(frappe.db.get_single_value("Crisis Settings", fieldname) or otherwise)
