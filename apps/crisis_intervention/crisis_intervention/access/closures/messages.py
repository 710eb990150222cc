"""The mail dialog of a form sends free text and the printed record to any address."""

from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.communication.email import make as host_make

from crisis_intervention.access.closures.attachments import attaches_record
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


@frappe.whitelist(methods=["POST"])
def make(attachments: Any = None, **values: Any) -> Any:
	"""Send a message of the mail dialog; in place of the host's, which takes any file along.

	:param attachments: as for `frappe.core.doctype.communication.email.make`, and so are the other values
	:raises frappe.PermissionError: when a file or print of a case, student or class is attached
	"""
	if attaches_record(attachments):
		frappe.throw(_("Files of cases and students are never sent by mail."), frappe.PermissionError)
	return host_make(attachments=attachments, **values)
