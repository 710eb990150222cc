"""The mail dialog of a form sends free text and the printed record to any address."""

from typing import Any

from crisis_intervention.access.closures.subject import is_confidential, refuse_mail


def refuse_message(doc: Any, method: str | None = None) -> None:
	"""Refuse a message that would be sent about a record; notes inside the desk are left alone.

	:param doc: Communication document
	:raises frappe.PermissionError: on DocTypes of cases and students
	"""
	leaves = doc.get("sent_or_received") == "Sent" and doc.get("communication_medium") in (
		"Email",
		"SMS",
		"Chat",
	)
	if leaves and is_confidential(doc.get("reference_doctype")):
		refuse_mail(doc.reference_doctype)
