"""Builds mails. Sender and recipient are set only when a mail is sent, as one mail goes to each of its
recipients."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Any

import frappe
from frappe import _
from frappe.email.addresses import BREAKS, refuse_breaks
from frappe.email.body import page, to_text

POLICY = SMTP.clone(max_line_length=998, utf8=False)
UNSUBSCRIBE = "<!--unsubscribe-link-->"


def build(
	subject: str,
	html: str,
	message_id: str,
	*,
	reply_to: str | None = None,
	in_reply_to: str | None = None,
	attachments: Iterable[dict[str, Any]] = (),
	headers: dict[str, str] | None = None,
	priority: int = 3,
	read_receipt: str | None = None,
) -> str:
	"""Return a mail as text without From, To and Cc.

	Args:
		subject: any language, one line.
		html: content of the HTML part; the plain part is made from it.
		message_id, in_reply_to: without angle brackets.
		reply_to, read_receipt: addresses.
		attachments: {"fname": name, "fcontent": bytes or text}.
		headers: further headers, one line each.
		priority: X-Priority, 1 high, 3 normal, 5 low.

	Raises:
		frappe.ValidationError: a header holds a line break.
	"""
	mail = EmailMessage(policy=POLICY)
	mail["Subject"] = _one_line(subject)
	mail["Message-ID"] = f"<{message_id}>"
	mail["Date"] = formatdate(localtime=True)
	mail["X-Frappe-Site"] = frappe.local.site
	if priority != 3:
		mail["X-Priority"] = str(priority)
	for name, value in _optional_headers(reply_to, in_reply_to, read_receipt, headers):
		refuse_breaks(f"{name}{value}")
		del mail[name]
		mail[name] = value
	_set_content(mail, html)
	for attachment in attachments:
		_attach(mail, attachment)
	return mail.as_string()


def _optional_headers(
	reply_to: str | None, in_reply_to: str | None, read_receipt: str | None, headers: dict[str, str] | None
) -> list[tuple[str, str]]:
	found = list((headers or {}).items())
	if reply_to:
		found.append(("Reply-To", reply_to))
	if in_reply_to:
		found.append(("In-Reply-To", f"<{in_reply_to.strip(' <>')}>"))
	if read_receipt:
		found.append(("Disposition-Notification-To", read_receipt))
	return found


def _one_line(subject: str) -> str:
	if any(letter in subject for letter in BREAKS):
		frappe.throw(_("A mail's subject must be one line"))
	return subject


def _set_content(mail: EmailMessage, html: str) -> None:
	footer = UNSUBSCRIBE if UNSUBSCRIBE in html else ""
	content = html.replace(UNSUBSCRIBE, "")
	mail.set_content(to_text(content) + footer, cte="quoted-printable")
	mail.add_alternative(page(content, footer), subtype="html", cte="quoted-printable")


def _attach(mail: EmailMessage, attachment: dict[str, Any]) -> None:
	name, content = attachment["fname"], attachment["fcontent"]
	refuse_breaks(name)
	kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
	if isinstance(content, str):
		content = content.encode()
		# Text without its character set would be read as the reader's own.
		parameters = {"charset": "utf-8"} if kind.startswith("text/") else None
	else:
		parameters = None
	main, _slash, sub = kind.partition("/")
	mail.add_attachment(content, maintype=main, subtype=sub, filename=name, params=parameters)


def addressed(stored: str, sender: str, to: str, cc: str = "", link: str = "") -> bytes:
	"""Return a stored mail as it goes to one recipient.

	Args:
		stored: what `build` returned.
		sender, to, cc: header texts.
		link: text that stands where the mail promises a way to unsubscribe.
	"""
	mail = message_from_string(stored, policy=POLICY)
	for name, value in (("From", sender), ("To", to), ("Cc", cc)):
		if value:
			del mail[name]
			mail[name] = value
	_set_link(mail, link)
	return mail.as_bytes()


def _set_link(mail: EmailMessage, link: str) -> None:
	for part in mail.walk():
		if part.get_content_maintype() == "text" and not part.is_attachment():
			text = part.get_content()
			if UNSUBSCRIBE in text:
				subtype = part.get_content_subtype()
				part.set_content(text.replace(UNSUBSCRIBE, link), subtype=subtype, cte="quoted-printable")
