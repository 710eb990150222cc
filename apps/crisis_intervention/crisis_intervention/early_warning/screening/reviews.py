"""What follows from a result: decided by a person, and told to the class teacher without scores (art. 11)."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.records.times import moment, refuse_future

NO_FURTHER_STEP, TOGETHER = "No Further Step", "Follow Up Together"
DECIDED = ("review_outcome", "review_note", "talked_at", "reviewed_by", "reviewed_at")
NOT_A_PERSON = ("Administrator", "Guest")


def follow(result: Any) -> None:
	"""Check a review and stamp who decided it; nobody else and nothing else sets these fields.

	:param result: Screening Result that is being saved
	:raises frappe.ValidationError: for an outcome taken back, or none of the reasons a critical item needs
	:raises frappe.PermissionError: when no person decides
	"""
	before = result.get_doc_before_save()
	result.reviewed_by = before.reviewed_by if before else None
	result.reviewed_at = before.reviewed_at if before else None
	if result.talked_at:
		result.talked_at = moment(result.talked_at)
		refuse_future(result.talked_at, _("Talked with the student at"))
	former = (before.review_outcome or "") if before else ""
	outcome = result.review_outcome or ""
	if outcome == former:
		return
	if not outcome:
		frappe.throw(_("What a person decided is changed, not taken back."))
	if frappe.session.user in NOT_A_PERSON:
		frappe.throw(_("A person decides what follows from a result."), frappe.PermissionError)
	if outcome == NO_FURTHER_STEP and _needs_reason(result) and not (result.review_note or "").strip():
		frappe.throw(_("Say why nothing further follows."))
	result.reviewed_now()


def start_joint_follow_up(result: Any) -> None:
	"""Let the class teacher know that both follow the student up together, once for each result."""
	if result.review_outcome != TOGETHER:
		return
	if frappe.db.exists("Joint Follow Up", {"screening_result": result.name}):
		return
	together = frappe.get_doc(
		{
			"doctype": "Joint Follow Up",
			"student": result.student,
			"psychology_teacher": result.reviewed_by,
			"screening_result": result.name,
		}
	)
	# Nobody writes the link to the result by hand, the reviewer neither.
	together.insert(ignore_permissions=True)


def _needs_reason(result: Any) -> bool:
	return bool(result.critical_item or result.flagged)
