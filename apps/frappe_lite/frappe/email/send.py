"""`frappe.sendmail`: writes a mail into the outbox in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.email import body, message
from frappe.email.addresses import plain, split_addresses

FLUSH = "frappe.email.queue.flush"
_ENQUEUED = "flush_enqueued"


def sendmail(
	recipients: str | Iterable[str] | None = None,
	sender: str = "",
	subject: str = "No Subject",
	message: str = "No Message",
	as_markdown: bool = False,
	delayed: bool = True,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
	unsubscribe_method: str | None = None,
	unsubscribe_params: dict[str, Any] | None = None,
	unsubscribe_message: str | None = None,
	add_unsubscribe_link: int = 1,
	attachments: list[dict[str, Any]] | None = None,
	content: str | None = None,
	doctype: str | None = None,
	name: str | None = None,
	reply_to: str | None = None,
	queue_separately: bool = False,
	cc: str | Iterable[str] | None = None,
	bcc: str | Iterable[str] | None = None,
	message_id: str | None = None,
	in_reply_to: str | None = None,
	send_after: Any = None,
	expose_recipients: str | None = None,
	send_priority: int = 1,
	communication: str | None = None,
	retry: int = 1,
	now: bool | None = None,
	read_receipt: str | None = None,
	is_notification: bool = False,
	inline_images: list | None = None,
	template: str | None = None,
	args: dict[str, Any] | None = None,
	header: Any = None,
	print_letterhead: bool = False,
	with_container: bool = False,
	email_read_tracker_url: str | None = None,
	x_priority: int = 3,
	email_headers: dict[str, str] | None = None,
) -> Any:
	"""Write a mail into the outbox; a job sends it as soon as the caller's transaction is committed.

	It never waits for a mail server and never fails for want of one: without an account the mail stays "Not
	Sent".

	Args:
		recipients, cc, bcc: addresses, a text or a list.
		sender: "Name <address>"; the account's address unless given.
		subject: one line.
		message, content: HTML, or Markdown with `as_markdown`.
		template, args: `templates/emails/<template>.html` of an app and its values, instead of `message`.
		reference_doctype, reference_name, doctype, name: the document the mail is about.
		attachments: {"fname", "fcontent"} or {"fid": name of a File}.
		reply_to, in_reply_to, message_id: headers.
		send_after: not before this time.
		expose_recipients: "header" lets every recipient see the others.
		send_priority: higher ones are sent first.
		add_unsubscribe_link: offer to unsubscribe from mails about the document, when a reference is given.
		unsubscribe_method, unsubscribe_params, unsubscribe_message: where and what the offer says.
		queue_separately: one outbox row for each recipient.
		now, delayed, retry, header, with_container, print_letterhead, inline_images, is_notification,
			email_read_tracker_url: accepted for Frappe's callers; sending always follows the commit.
		read_receipt, x_priority, email_headers: further headers.

	Returns the Email Queue document (the last one with `queue_separately`), None when nobody is left to write
	to.

	Raises:
		frappe.InvalidEmailAddressError: a recipient is no address.
		frappe.ValidationError: a header holds a line break.
	"""
	reference = (reference_doctype or doctype, reference_name or name)
	to, copies, hidden = _without_unsubscribed(
		[split_addresses(recipients), split_addresses(cc), split_addresses(bcc)], reference
	)
	if not (to or copies or hidden):
		return None
	html = body.render(content or message, template, args, as_markdown)
	offer = _unsubscribe_offer(add_unsubscribe_link, reference, unsubscribe_message)
	message_id = message_id.strip(" <>") if message_id else _new_message_id()
	text = _message_text(
		subject,
		html + offer,
		message_id,
		reply_to=reply_to,
		in_reply_to=in_reply_to,
		attachments=[_with_content(attachment) for attachment in attachments or ()],
		headers=email_headers,
		priority=x_priority,
		read_receipt=plain(sender) if read_receipt else None,
	)
	values = {
		"sender": sender or "",
		"message": text,
		"message_id": message_id,
		"reference_doctype": reference[0],
		"reference_name": reference[1],
		"communication": communication,
		"send_after": send_after,
		"priority": send_priority,
		"expose_recipients": expose_recipients,
		"show_as_cc": ", ".join(copies),
		"add_unsubscribe_link": int(bool(offer)),
		"unsubscribe_method": unsubscribe_method,
		"unsubscribe_params": frappe.as_json(unsubscribe_params) if unsubscribe_params else None,
	}
	everybody = list(dict.fromkeys([*to, *copies, *hidden]))
	groups = [[address] for address in everybody] if queue_separately else [everybody]
	doc = None
	for group in groups:
		doc = _write(values, group)
	enqueue_flush()
	return doc


_message_text = message.build


def _write(values: dict[str, Any], recipients: list[str]) -> Any:
	doc = frappe.get_doc(doctype="Email Queue", status="Not Sent", **values)
	for address in recipients:
		doc.append("recipients", {"recipient": address, "status": "Not Sent"})
	# The outbox belongs to the system; who may send what is decided by the caller.
	return doc.insert(ignore_permissions=True)


def enqueue_flush() -> None:
	"""Have the outbox looked through after this transaction, once, however many mails it writes.

	A job of another transaction does not count: it may look before this one is committed.
	"""
	if are_emails_muted() or frappe.flags.jobs_run_at_once or _is_flush_enqueued():
		return
	_forget_flush()
	job = frappe.enqueue(FLUSH, queue="short", enqueue_after_commit=True)
	setattr(frappe.local, _ENQUEUED, getattr(job, "id", None))
	frappe.db.after_commit.add(_forget_flush)
	frappe.db.after_rollback.add(_forget_flush)


def _is_flush_enqueued() -> bool:
	"""Tell whether this transaction has its job; a savepoint that was rolled back took it away again."""
	from frappe.jobs.backends import uses_redis
	from frappe.jobs.backends.table import is_queued

	id = getattr(frappe.local, _ENQUEUED, None)
	return bool(id) and (uses_redis() or is_queued(id))


def _forget_flush() -> None:
	setattr(frappe.local, _ENQUEUED, None)


def are_emails_muted() -> bool:
	"""Tell whether mails stay in the outbox because the site or the caller says so."""
	return bool(frappe.flags.mute_emails or int(frappe.conf.mute_emails or 0))


def _new_message_id() -> str:
	return f"{frappe.generate_hash(length=24)}@{frappe.local.site}"


def _without_unsubscribed(groups: list[list[str]], reference: tuple) -> list[list[str]]:
	everybody = [address for group in groups for address in group]
	if not everybody or not frappe.db.table_exists("Email Unsubscribe"):
		return groups
	rows = frappe.get_all(
		"Email Unsubscribe",
		filters={"email": ("in", everybody)},
		fields=["email", "reference_doctype", "reference_name", "global_unsubscribe"],
	)
	left = {
		row.email
		for row in rows
		if row.global_unsubscribe
		or (reference[1] and (row.reference_doctype, row.reference_name) == reference)
	}
	return [[address for address in group if address not in left] for group in groups]


def _unsubscribe_offer(wanted: int, reference: tuple, words: str | None) -> str:
	# Mails of the system that concern no document offer nothing.
	return message.UNSUBSCRIBE if wanted and all(reference) and words else ""


def _with_content(attachment: dict[str, Any]) -> dict[str, Any]:
	if attachment.get("fcontent") is not None:
		return attachment
	if attachment.get("print_format_attachment"):
		return frappe.attach_print(
			attachment["doctype"], attachment["name"], print_format=attachment.get("print_format")
		)
	filters = (
		{"name": attachment["fid"]} if attachment.get("fid") else {"file_url": attachment.get("file_url")}
	)
	file = frappe.get_doc("File", filters)
	if not file.has_permission("read"):
		frappe.throw(_("You may not attach this file"), frappe.PermissionError)
	return {"fname": file.file_name, "fcontent": file.get_content()}
