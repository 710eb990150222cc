"""A Webhook of the host posts fields of a record to an address outside the school."""

from typing import Any

from crisis_intervention.access.closures.subject import may_carry_content, refuse_mail


def refuse_webhook(doc: Any, method: str | None = None) -> None:
	"""Refuse a Webhook that is switched on; Crisis Settings has a channel that carries neutral text.

	:param doc: Webhook document
	:raises frappe.PermissionError: on DocTypes of cases and students
	"""
	if doc.get("enabled") and may_carry_content(doc.get("webhook_doctype")):
		refuse_mail(doc.webhook_doctype)
