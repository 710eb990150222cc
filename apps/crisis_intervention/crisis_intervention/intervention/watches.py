"""Special watches (art. 4 and 18): one at a time, somebody is always there, it does not just stop."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.access import roles
from crisis_intervention.case_registry.levels import check_second_person
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.context import Context
from crisis_intervention.crisis_plan.people.resolver import resolve

RUNNING, ENDED = "Running", "Ended"
GROUNDS = ("Handed to Guardian", "Handed to Hospital", "Handed to Police", "Danger Over")
END_FIELDS = (
	"end_ground",
	"end_reason",
	"end_proposed_by",
	"end_proposed_at",
	"end_second_reason",
	"end_confirmed_by",
	"ended_at",
)


def running_watch_of(student: str | None) -> str:
	"""Return the code of a student's running watch, or an empty text."""
	if not student:
		return ""
	return frappe.db.get_value("Special Watch", {"student": student, "status": RUNNING}, "name") or ""


def refuse_end() -> None:
	"""Say why a watch does not just stop.

	:raises frappe.ValidationError: always
	"""
	frappe.throw(
		_(
			"This watch cannot be ended here: the Safety Handover of responsibility is missing (art. 18)."
			" Until one can be recorded, the team leader proposes the end with a written reason and a second"
			" person confirms it."
		),
		title=_("The watch goes on"),
	)


def propose_end(watch: Any, ground: str, reason: str) -> None:
	"""Write down on a running watch why it shall end.

	:param ground: one of `GROUNDS`
	:raises frappe.PermissionError: for anybody but a team leader
	:raises frappe.ValidationError: without ground or reason, or when the watch does not run
	"""
	_need_running(watch)
	user = frappe.session.user
	if roles.LEADER not in roles.roles_of(user) or user == "Administrator":
		frappe.throw(_("The team leader proposes the end of a watch."), frappe.PermissionError)
	if ground not in GROUNDS:
		frappe.throw(_("Say how the watch ends: to whom the student was handed, or that the danger is over."))
	watch.update(
		{
			"end_ground": ground,
			"end_reason": _needed(reason),
			"end_proposed_by": user,
			"end_proposed_at": now_datetime(),
		}
	)


def second_end(watch: Any, agrees: bool, reason: str) -> None:
	"""Confirm or refuse as a second person that a watch ends; refused, it goes on.

	:raises frappe.PermissionError: for the person who proposed it, or one without the role
	:raises frappe.ValidationError: without a reason, or when nothing was proposed
	"""
	_need_running(watch)
	if not watch.end_proposed_by:
		refuse_end()
	check_second_person(watch.end_proposed_by)
	why = _needed(reason)
	if not agrees:
		watch.update(dict.fromkeys(END_FIELDS))
		return
	watch.update(
		{
			"status": ENDED,
			"end_second_reason": why,
			"end_confirmed_by": frappe.session.user,
			"ended_at": now_datetime(),
		}
	)


def relieve_barred(student: str, barred: Iterable[str]) -> None:
	"""Put the next eligible person in the place of an observer who became a person of concern.

	:param student: code of the Student Profile
	:param barred: users newly named
	"""
	users = set(barred)
	for watch in _watches_of(users, student=student):
		# Who names a person of concern is on the line of command himself.
		_replace_observer(watch, users, frappe.session.user)


def relieve_leaver(user: str) -> None:
	"""Put the next eligible person in the place of an observer whose account was closed.

	:param user: whose account it was
	"""
	for watch in _watches_of({user}):
		_replace_observer(watch, {user})


def _watches_of(observers: set[str], **filters: str) -> list[Any]:
	filters = {"status": RUNNING, "observer": ["in", list(observers)], **filters}
	names = frappe.get_all("Special Watch", filters, pluck="name")
	return [frappe.get_doc("Special Watch", name) for name in names]


def _replace_observer(watch: Any, gone: set[str], otherwise: str = "") -> None:
	"""Put the team leader, or who stands in, with the student, and say that somebody must go there.

	:param gone: users who are not with the student any more
	:param otherwise: user who takes over when nobody is found; without one the watch stays as it was
	"""
	found = resolve(F.TEAM_LEADER, Context(student=watch.student), now_datetime(), gone)
	observer = found.user or otherwise
	text = _(
		"Nobody was found who is with the student from now on. See to it that somebody goes there now: {0}"
	)
	if observer:
		text = _("The person with the student was replaced. See to it that somebody goes there now: {0}")
		watch.observer = observer
		# Who names a person of concern or closes an account need not have the right to change the watch.
		watch.save(ignore_permissions=True)
	frappe.msgprint(text.format(watch.name))


def _need_running(watch: Any) -> None:
	if watch.status != RUNNING:
		frappe.throw(_("This watch has ended."))


def _needed(reason: str) -> str:
	text = (reason or "").strip()
	return text or frappe.throw(_("The end of a watch needs a written reason."))
