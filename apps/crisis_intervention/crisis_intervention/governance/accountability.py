"""From a breached duty to a proposal: facts of the ledger, never an accusation (art. 5, 24.7).

Nothing here runs by itself: a person of the line of command asks for it, looking at a duty.
"""

from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.case_registry.concerns import users_of_concern
from crisis_intervention.crisis_plan.dispatch.dispatcher import dispatch
from crisis_intervention.crisis_plan.dispatch.message import DESK, Message
from crisis_intervention.crisis_plan.duties.states import DONE_LATE, OVERDUE

PERSON, UNIT = "Person", "Unit"
BREACHED = (OVERDUE, DONE_LATE)
# Two decide together: the school leader, who answers for all, and the team leader or the office (art. 7).
ANSWERS, WITH = frozenset((roles.SCHOOL_LEADER,)), frozenset((roles.LEADER, roles.OFFICE))
DECIDERS = ANSWERS | WITH
DAYS_FOR_STATEMENT = 7


@frappe.whitelist(methods=["POST"])
def propose(duty: str, conduct_group: str, concerns: str = PERSON, unit_head: str | None = None) -> str:
	"""Propose to look at a breached duty, with the facts of its log.

	:param duty: code of a duty that is overdue or was done late
	:param conduct_group: one of the three groups of art. 24(7)
	:param concerns: `Person`, the responsible one, or `Unit`
	:param unit_head: who states for the unit; its head in Crisis Settings when empty
	:returns: code of the Accountability Record
	:raises frappe.PermissionError: for whoever does not decide, or is concerned himself
	"""
	source = frappe.get_doc("Duty", duty)
	source.check_permission("read")
	check_decider()
	if source.state not in BREACHED:
		frappe.throw(_("Only a duty that is overdue or was done late can be looked at."))
	person = source.responsible if concerns == PERSON else unit_head or head_of(source.responsible_function)
	check_concerned(person, source)
	record = frappe.get_doc(
		{
			"doctype": "Accountability Record",
			"conduct_group": conduct_group,
			"concerns": concerns,
			"person": person,
			"unit": source.responsible_function if concerns == UNIT else None,
			"statement_due": add_days(getdate(), DAYS_FOR_STATEMENT),
			**_of_duty(source),
			"facts": facts_of(source, person),
		}
	)
	record.flags.from_ledger = True
	# Records arise from the ledger only: no role has the right to write one by hand.
	record.insert(ignore_permissions=True)
	tell(source, record)
	return record.name


def tell(duty: Any, record: Any) -> None:
	"""Let the person concerned know in the desk, by the code of the duty; its form leads to the record."""
	dispatch(duty, record.person, Message("Reminder", "Due", record.name, DESK))


def record_for(duty: str, user: str) -> str:
	"""Return the record in which a person is to state his view on a duty, or an empty text."""
	filters = {"duty": duty, "person": user, "state": ["!=", "Withdrawn"]}
	return frappe.db.get_value("Accountability Record", filters, "name") or ""


def check_decider() -> None:
	"""Refuse everybody but the school leader, the team leader and the office.

	:raises frappe.PermissionError: for others, Administrator among them
	"""
	if frappe.session.user == "Administrator" or not DECIDERS & roles.roles_of(None):
		frappe.throw(
			_("The school leader, the team leader and the moral education office look at breached duties."),
			frappe.PermissionError,
		)


def check_concerned(person: str | None, duty: Any) -> None:
	"""Somebody must be there who can state his view, and nobody looks at his own duty.

	:param person: who is concerned
	:param duty: the Duty
	"""
	if not person:
		frappe.throw(_("Nobody was responsible for this duty. Name who states for the unit."))
	if person == frappe.session.user:
		frappe.throw(_("Nobody looks at his own duty. Another decider does."), frappe.PermissionError)
	if frappe.db.exists(
		"Accountability Record", {"duty": duty.name, "person": person, "state": ["!=", "Withdrawn"]}
	):
		frappe.throw(_("This duty is looked at already."))


def may_propose(duty: Any, user: str) -> bool:
	"""Say whether a user may propose to look at a duty; the form shows its button by it."""
	decides = user != "Administrator" and bool(DECIDERS & roles.roles_of(user))
	return decides and duty.state in BREACHED and user != duty.responsible


def may_decide(record: Any, user: str) -> bool:
	"""Say whether a user may decide on a record: never the person concerned, nor a person of concern."""
	if user in ("Administrator", record.person) or user in users_of_concern(record.student):
		return False
	return bool(DECIDERS & roles.roles_of(user))


def completes(first: str, second: str) -> bool:
	"""Say whether two users together decide: different persons, the school leader and another decider."""
	one, other = roles.roles_of(first), roles.roles_of(second)
	return first != second and bool((ANSWERS & one and WITH & other) or (WITH & one and ANSWERS & other))


def facts_of(duty: Any, person: str) -> list[dict[str, Any]]:
	"""Return the lines of a duty's log as facts: steps, times, functions; no names, no words.

	:param person: who is concerned; the facts say whether he was reached and what he did
	"""
	lines = frappe.get_all(
		"Duty Log",
		filters={"duty": duty.name},
		fields=["name", "at", "step", "planned_for", "function", "recipient", "by_user"],
		order_by="at asc, creation asc",
	)
	return [
		{
			"at": line.at,
			"step": line.step,
			"planned_for": line.planned_for,
			"function": line.function,
			"to_person": int(line.recipient == person),
			"by_person": int(line.by_user == person),
			"duty_log": line.name,
		}
		for line in lines
	]


def head_of(function: str | None) -> str | None:
	"""Return the head of the unit that fills a function, as Crisis Settings name it."""
	units = frappe.get_cached_doc("Crisis Settings").units
	return next((row.head for row in units if row.function == function and row.head), None)


def minutes_late(due_at: datetime | None, done_at: datetime | None) -> int:
	"""Return by how many minutes a duty was late, until now when it is still open."""
	if not due_at:
		return 0
	return max(0, int(((done_at or now_datetime()) - due_at).total_seconds() // 60))


def _of_duty(duty: Any) -> dict[str, Any]:
	fields = ("article", "paragraph", "raised_at", "due_at", "done_at", "student", "student_case")
	late = minutes_late(duty.due_at, duty.done_at)
	return {"duty": duty.name, "late_minutes": late, **{field: duty.get(field) for field in fields}}
