"""Rows of the ledger: the responsible person, whom the ladder reached, the line of command."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.people.concerns import students_of_concern, users_of_concern

# Art. 1 and 7: the office commands, the school leader answers for all, the team decides.
LINE_OF_COMMAND = frozenset(
	("Crisis Team Leader", "Crisis Team Member", "Moral Education Officer", "School Leader")
)
AUDITOR = "Crisis Auditor"
READING = frozenset(("read", "select", "report", "print", "export", "email"))


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, **details: Any) -> bool:
	"""Say whether a user may read a duty; nobody may change one directly.

	:param doc: Duty document
	:param ptype: kind of access, reading when empty
	:param user: the user of the session by default
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if (ptype or "read") not in READING or user in users_of_concern(doc.get("student")):
		return False
	if doc.get("responsible") == user or _commands(user):
		return True
	return _was_reached(doc.get("name"), user)


def query_conditions(user: str | None = None) -> str:
	"""Return the SQL condition for lists of duties.

	:param user: the user of the session by default
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	allowed = "" if _commands(user) else _own_or_reached(user)
	barred = _barred_students(user)
	return " and ".join(part for part in (allowed, barred) if part)


def has_log_permission(doc: Any, ptype: str | None = None, user: str | None = None, **details: Any) -> bool:
	"""Say whether a user may read a line of the log: the auditor all of them, others those of their duties.

	:param doc: Duty Log document
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if (ptype or "read") not in READING:
		return False
	if AUDITOR in frappe.get_roles(user):
		return True
	duty = frappe.db.get_value("Duty", doc.get("duty"), ["name", "student", "responsible"], as_dict=True)
	return bool(duty) and has_permission(duty, "read", user)


def log_query_conditions(user: str | None = None) -> str:
	"""Return the SQL condition for lists of log lines.

	:param user: the user of the session by default
	"""
	user = user or frappe.session.user
	if user == "Administrator" or AUDITOR in frappe.get_roles(user):
		return ""
	conditions = query_conditions(user)
	if not conditions:
		return ""
	return f"`tabDuty Log`.duty in (select `tabDuty`.name from `tabDuty` where {conditions})"


def _commands(user: str) -> bool:
	return bool(LINE_OF_COMMAND & set(frappe.get_roles(user)))


def _was_reached(duty: str, user: str) -> bool:
	"""Whom the ladder told must be able to open what he was told of."""
	return bool(frappe.db.exists("Duty Log", {"duty": duty, "recipient": user, "step": ["in", REACHING]}))


REACHING = ("Reminder", "Escalation")


def _own_or_reached(user: str) -> str:
	me = frappe.db.escape(user)
	steps = ", ".join(map(frappe.db.escape, REACHING))
	reached = f"select duty from `tabDuty Log` where recipient = {me} and step in ({steps})"
	return f"(`tabDuty`.responsible = {me} or `tabDuty`.name in ({reached}))"


def _barred_students(user: str) -> str:
	students = students_of_concern(user)
	if not students:
		return ""
	listed = ", ".join(map(frappe.db.escape, sorted(students)))
	return f"ifnull(`tabDuty`.student, '') not in ({listed})"
