"""Handing a case over: who may take it, and what moves with the answer."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from crisis_intervention.access import roles
from crisis_intervention.case_registry.concerns import is_of_concern
from crisis_intervention.crisis_plan.duties.reassignment import hand_over
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.people.absence import absence_of
from crisis_intervention.crisis_plan.people.resolver import Resolution

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN = "Offered", "Accepted", "Declined", "Withdrawn"
OWNER, DEPUTY = "Owner", "Deputy"
FIELD_OF = {OWNER: "owner_user", DEPUTY: "deputy_user"}

# Who may lead a case; a class teacher may stand in, but the plan gives the case to the team (art. 8 and 13).
MAY_TAKE = {
	OWNER: frozenset((roles.PSYCHOLOGIST, roles.LEADER, roles.MEMBER, roles.OFFICE)),
	DEPUTY: frozenset((roles.PSYCHOLOGIST, roles.LEADER, roles.MEMBER, roles.OFFICE, roles.CLASS_TEACHER)),
}
MAY_PROPOSE = frozenset((roles.LEADER, roles.OFFICE))


def check_proposer(case: Any) -> None:
	"""Check that the user of the session may propose a hand-over: owner, deputy, team leader, office.

	:raises frappe.PermissionError: when not
	"""
	user = frappe.session.user
	if user in (case.owner_user, case.deputy_user) or MAY_PROPOSE & roles.roles_of(user):
		return
	frappe.throw(
		_("The owner, the deputy, the team leader or the office proposes a hand-over."),
		frappe.PermissionError,
	)


def check_recipient(case: Any, part: str, user: str) -> None:
	"""Check that a person can take a part of a case.

	:param part: `Owner` or `Deputy`
	:raises frappe.ValidationError: when not
	"""
	if user in (case.get(FIELD_OF[part]), case.owner_user):
		frappe.throw(_("This person has the case already."))
	fits = MAY_TAKE[part] & roles.roles_of(user) and cint(frappe.db.get_value("User", user, "enabled"))
	if not fits or user == "Administrator" or is_of_concern(user, case.student):
		frappe.throw(_("This person cannot take the case. Choose another one."))
	if absence_of(user, now_datetime())[0]:
		frappe.throw(_("This person is absent now. Choose another one."))


def take_over(case: Any, part: str, user: str) -> int:
	"""Give a part of a case to whoever accepted, and with the case its owner's open duties.

	:param case: Student Case as stored
	:returns: number of duties that moved
	"""
	former = case.get(FIELD_OF[part])
	case.set(FIELD_OF[part], user)
	case.flags.from_handover = True
	# Accepting needs no right to write the case; the hand-over was checked.
	case.save(ignore_permissions=True)
	return _move_duties(case.name, former, user) if part == OWNER and former else 0


def withdraw_of(student: str, users: list[str]) -> None:
	"""Withdraw what was proposed to persons who became persons of concern.

	:param student: code of the Student Profile
	"""
	filters = {"student": student, "state": PROPOSED, "to_user": ["in", users]}
	for name in frappe.get_all("Case Handover", filters=filters, pluck="name"):
		handover = frappe.get_doc("Case Handover", name)
		handover.write_answer(WITHDRAWN, None)


def _move_duties(student_case: str, former: str, user: str) -> int:
	filters = {"student_case": student_case, "responsible": former, "state": ["in", UNFULFILLED]}
	names = frappe.get_all("Duty", filters=filters, pluck="name")
	for name in names:
		duty = frappe.get_doc("Duty", name)
		to = Resolution(user, duty.responsible_function or "", "Named")
		hand_over(duty, to, frappe.session.user, "Handover")
	return len(names)
