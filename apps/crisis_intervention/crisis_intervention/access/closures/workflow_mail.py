"""Mails of a Workflow attach the printed record and reach everybody who has the role."""

from typing import Any

from crisis_intervention.access.closures.subject import is_confidential, refuse_mail


def refuse_workflow_mail(doc: Any, method: str | None = None) -> None:
	"""Refuse a Workflow that mails.

	:param doc: Workflow document
	:raises frappe.PermissionError: on DocTypes of cases and students
	"""
	if doc.get("send_email_alert") and is_confidential(doc.get("document_type")):
		refuse_mail(doc.document_type)
