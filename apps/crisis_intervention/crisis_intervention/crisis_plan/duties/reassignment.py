"""Giving a duty to another person; links sent to the former one die with it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.dispatch.dispatcher import Message, dispatch
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.fulfilment import close_assignment
from crisis_intervention.crisis_plan.duties.ladder import Timeline, next_step_at
from crisis_intervention.crisis_plan.duties.nobody import raise_unassigned
from crisis_intervention.crisis_plan.duties.states import OVERDUE, UNFULFILLED
from crisis_intervention.crisis_plan.people.concerns import users_of_concern
from crisis_intervention.crisis_plan.people.context import context_of_duty
from crisis_intervention.crisis_plan.people.resolver import Resolution, resolve
from crisis_intervention.crisis_plan.rules.cache import ladder_of
from crisis_intervention.crisis_plan.rules.rule import URGENT

NAMED = "Named"
MAY_REASSIGN = ("Crisis Team Leader", "Moral Education Officer", "School Leader")


def reassign(duty: Any, new_user: str, by_user: str) -> None:
	"""Give an open duty to a named person.

	:param new_user: enabled user who may read duties and is no person of concern
	:param by_user: team leader, moral education officer or school leader
	:raises frappe.PermissionError: when one of them may not
	:raises frappe.ValidationError: for a closed duty
	"""
	if duty.state not in UNFULFILLED:
		frappe.throw(_("This duty is closed."))
	if not may_reassign(by_user):
		frappe.throw(_("You may not give duties to others."), frappe.PermissionError)
	if new_user in users_of_concern(duty.student) or not frappe.db.get_value("User", new_user, "enabled"):
		frappe.throw(_("This person cannot take the duty."), frappe.PermissionError)
	hand_over(duty, Resolution(new_user, duty.responsible_function or "", NAMED), by_user, NAMED)


def may_reassign(user: str) -> bool:
	"""Say whether a user may give duties to others."""
	return bool(set(MAY_REASSIGN) & set(frappe.get_roles(user)))


def reassign_all_of(user: str, reason: str) -> list[str]:
	"""Give all open duties of a person to whoever fills their functions now.

	:param reason: code of the reason, as `Left` or `Concern`
	:returns: codes of the duties
	"""
	return _reassign({"responsible": user}, (user,), reason)


def reassign_by_class(filters: dict[str, Any]) -> list[str]:
	"""Ask again who fills the functions of open duties, and move those that are somebody else's now.

	Whom the team leader named in person keeps the duty.

	:param filters: which duties, as for a list
	:returns: codes of the duties that moved
	"""
	names = frappe.get_all("Duty", filters={**filters, "state": ["in", UNFULFILLED]}, pluck="name")
	return [name for name in names if _ask_again(frappe.get_doc("Duty", name), "Class", nobody_too=True)]


def reassign_of_absent(user: str, until: datetime) -> list[str]:
	"""Give what cannot wait for a person who is away to whoever stands in.

	Urgent duties cannot wait, nor what falls due before the person is back. What a person owes himself, as
	his own weekly report, stays, and so does what nobody else can take unless it is urgent.

	:param until: end of the absence, naive site time
	:returns: codes of the duties that moved
	"""
	rows = frappe.get_all(
		"Duty",
		filters={"responsible": user, "state": ["in", UNFULFILLED], "resolved_via": ["!=", NAMED]},
		fields=["name", "tier", "due_at", "reference_doctype"],
	)
	waits_not = [row for row in rows if row.tier == URGENT or row.due_at < until]
	return [
		row.name
		for row in waits_not
		if row.reference_doctype != "User"
		and _ask_again(frappe.get_doc("Duty", row.name), "Absence", nobody_too=row.tier == URGENT)
	]


def _ask_again(duty: Any, reason: str, nobody_too: bool) -> bool:
	"""Ask who fills the function now and hand the duty over if that is somebody else.

	:param nobody_too: whether a duty is taken from its person even when there is nobody else, so that the
		team leader must name somebody
	"""
	found = resolve(duty.responsible_function, context_of_duty(duty), now_datetime())
	is_same = found.user == (duty.responsible or "")
	if duty.resolved_via == NAMED or is_same or not (found.found or nobody_too):
		return False
	hand_over(duty, found, None, reason)
	return True


def revoke_for(student: str, users: Iterable[str]) -> list[str]:
	"""Take the open duties of a student from persons of concern, in the transaction that names them.

	:param student: code of the Student Profile
	:param users: users newly named
	:returns: codes of the duties
	"""
	barred = tuple(users)
	duties = (
		_reassign({"student": student, "responsible": ["in", barred]}, barred, "Concern") if barred else []
	)
	for name in frappe.get_all(
		"Duty", filters={"student": student, "state": ["in", UNFULFILLED]}, pluck="name"
	):
		# Whoever was reached by the ladder holds a link as well.
		ledger.change(name, link_nonce=new_nonce())
	return duties


def hand_over(duty: Any, to: Resolution, by_user: str | None, reason: str) -> None:
	"""Write the new person, kill the old links, let the ladder go on and tell the new person."""
	now = now_datetime()
	climb = Timeline(duty.raised_at, duty.due_at, now)
	ledger.change(
		duty.name,
		responsible=to.user or None,
		responsible_function=to.function,
		resolved_via=to.via,
		acknowledged_by=None,
		acknowledged_at=None,
		link_nonce=new_nonce(),
		handled_until=now,
		next_step_at=next_step_at(ladder_of(duty), climb, overdue=duty.state == OVERDUE),
	)
	line = ledger.log(
		duty, "Reassigned", recipient=to.user or None, function=to.function, by_user=by_user, detail=reason
	)
	if to.found:
		close_assignment(duty, now, line.name)
		dispatch(frappe.get_doc("Duty", duty.name), to.user, Message("Reassigned", duty.tier, str(now)))
	else:
		raise_unassigned(duty, context_of_duty(duty), now)


def new_nonce() -> str:
	"""Return a fresh value that every link of a duty is bound to."""
	return frappe.generate_hash(length=16)


def _reassign(filters: dict[str, Any], barred: tuple[str, ...], reason: str) -> list[str]:
	names = frappe.get_all("Duty", filters={**filters, "state": ["in", UNFULFILLED]}, pluck="name")
	for name in names:
		duty = frappe.get_doc("Duty", name)
		found = resolve(duty.responsible_function, context_of_duty(duty), now_datetime(), barred)
		hand_over(duty, found, None, reason)
	return names
