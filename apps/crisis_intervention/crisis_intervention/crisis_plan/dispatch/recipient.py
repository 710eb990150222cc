"""May this person be told at all? The answer is the permission of the ledger, not a list of its own."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.people.concerns import users_of_concern

NO_PERMISSION, DISABLED, CONCERN = "No permission", "User disabled", "Person of concern"


def refusal(duty: Any, recipient: str) -> str:
	"""Return why a person may not be told about a duty, or an empty text.

	:param duty: Duty document
	:param recipient: user
	"""
	if not frappe.db.get_value("User", recipient, "enabled"):
		return DISABLED
	if recipient in users_of_concern(duty.student):
		return CONCERN
	if not frappe.has_permission("Duty", "read", doc=duty, user=recipient):
		return NO_PERMISSION
	return ""
