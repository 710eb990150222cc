"""`frappe.core.doctype.communication.email.make`: writes a message about a document, and mails it when told
to."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_formatted_email, list_to_str

MISSING_ACCOUNT = (
	"Unable to send mail because of a missing email account. "
	"Please setup default Email Account from Settings > Email Account"
)


@frappe.whitelist(methods=["POST"])
def make(
	doctype: str | None = None,
	name: str | None = None,
	content: str | None = None,
	subject: str | None = None,
	sent_or_received: str = "Sent",
	sender: str | None = None,
	sender_full_name: str | None = None,
	recipients: Any = None,
	communication_medium: str = "Email",
	send_email: Any = False,
	print_html: str | None = None,
	print_format: str | None = None,
	attachments: Any = None,
	send_me_a_copy: Any = False,
	cc: Any = None,
	bcc: Any = None,
	read_receipt: Any = None,
	print_letterhead: Any = True,
	email_template: str | None = None,
	communication_type: str | None = None,
	send_after: Any = None,
	print_language: str | None = None,
	now: bool = False,
	**kwargs: Any,
) -> dict[str, str]:
	"""Write a Communication about a document, and a mail when `send_email` is set.

	Args:
		doctype, name: the document; the user needs "email" permission on it.
		content, subject, sender, recipients, cc, bcc: of the message.
		attachments: names of Files, or dicts as for `frappe.sendmail`; a list or its JSON.
		print_format: attach the document printed in this format.
		send_after: not before this time.

	Returns {"name": the Communication, "emails_not_sent_to": ""}.

	Raises:
		frappe.PermissionError: the user may not mail about the document.
		frappe.OutgoingEmailError: there is no account to send it by.
	"""
	if doctype and name and not frappe.has_permission(doctype, ptype="email", doc=name):
		raise frappe.PermissionError(f"You are not allowed to send emails related to: {doctype} {name}")
	communication = frappe.get_doc(
		doctype="Communication",
		subject=subject,
		content=content,
		sender=sender or get_formatted_email(frappe.session.user),
		sender_full_name=sender_full_name,
		recipients=_as_text(recipients),
		cc=_as_text(cc),
		bcc=_as_text(bcc),
		communication_medium=communication_medium,
		sent_or_received=sent_or_received,
		reference_doctype=doctype,
		reference_name=name,
		email_template=email_template,
		communication_type=communication_type or "Communication",
		read_receipt=cint(read_receipt),
		has_attachment=int(bool(attachments)),
		send_after=send_after,
	)
	# The right to write about a document is the right to mail about it, checked above.
	communication.insert(ignore_permissions=True)
	if cint(send_email):
		_send(communication, attachments, print_format, cint(send_me_a_copy))
	return {"name": communication.name, "emails_not_sent_to": ""}


def _as_text(addresses: Any) -> str | None:
	return list_to_str(addresses) if isinstance(addresses, list) else addresses


def _send(communication: Any, attachments: Any, print_format: str | None, send_me_a_copy: int) -> None:
	if not communication.get_outgoing_email_account():
		frappe.throw(_(MISSING_ACCOUNT), frappe.OutgoingEmailError)
	files = [
		{"fid": entry} if isinstance(entry, str) else entry
		for entry in frappe.parse_json(attachments or "[]")
	]
	if print_format and communication.reference_name:
		files.append(
			{
				"print_format_attachment": 1,
				"doctype": communication.reference_doctype,
				"name": communication.reference_name,
				"print_format": print_format,
			}
		)
	communication.send_email(attachments=files, send_me_a_copy=bool(send_me_a_copy))
