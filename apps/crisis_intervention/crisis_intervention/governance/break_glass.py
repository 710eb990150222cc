"""Emergency access: opened at once by whoever needs it, told to the team leader, reviewed afterwards."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.access import roles
from crisis_intervention.case_registry.entry import last_case_of
from crisis_intervention.governance import grants

SHORTEST_REASON = 5


@frappe.whitelist(methods=["POST"])
def open_case(student: str, reason: str, reason_kind: str = "On Duty in an Emergency") -> str:
	"""Open a student's case to the user of the session for a short time (art. 20, 24.6).

	The duty to review it, urgent, goes to the team leader by the rule 24.6-GLASS.

	:param student: code of the Student Profile
	:param reason: why it cannot wait for an approval
	:param reason_kind: an option of Access Grant
	:returns: code of the Access Grant
	:raises frappe.PermissionError: for students and for whoever works with logs only
	"""
	user = frappe.session.user
	if not frozenset(roles.STAFF) & roles.roles_of(user):
		frappe.throw(_("Emergency access is for staff who work with students."), frappe.PermissionError)
	if len((reason or "").strip()) < SHORTEST_REASON:
		frappe.throw(_("Write why this cannot wait for an approval."))
	grants.check_person(student, user)
	now = now_datetime().replace(microsecond=0)
	grant = frappe.get_doc(
		{
			"doctype": "Access Grant",
			"student": student,
			# What was known before the entry was left is needed when the student is in danger again.
			"student_case": last_case_of(student) or None,
			"user": user,
			"scope": grants.CASE if grants.may_read_cases(user) else grants.CARD,
			"reason_kind": reason_kind,
			"reason": reason.strip(),
			"valid_from": now,
			"valid_until": grants.end_of_emergency(now),
		}
	)
	grant.flags.break_glass = True
	return grant.insert().name
