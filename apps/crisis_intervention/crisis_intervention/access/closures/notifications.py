"""The host's Notifications would send text of a case to anybody's address, whoever may read the record."""

from typing import Any

from crisis_intervention.access.closures.subject import may_carry_content, refuse_mail

# Stays inside the desk, where `notices` makes it neutral and asks for the reader's rights.
INSIDE = "System Notification"


def refuse_notification(doc: Any, method: str | None = None) -> None:
	"""Refuse a Notification that is switched on and leaves the desk by e-mail, Slack or SMS.

	:param doc: Notification document
	:raises frappe.PermissionError: on DocTypes of cases and students
	"""
	if doc.get("enabled") and doc.get("channel") != INSIDE and may_carry_content(doc.get("document_type")):
		refuse_mail(doc.document_type)
