"""Sends what waits in the outbox.

No transaction is open while a mail server is spoken to. A mail is leased, handed over, and its success is
committed at
once, by itself; a success that is recorded is never repeated. When the process dies between the server's
"250" and that commit, the mail goes out again with the same Message-ID.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe.email.account import OutgoingAccount, find_outgoing
from frappe.email.message import addressed
from frappe.email.send import are_emails_muted, enqueue_flush
from frappe.email.smtp import Postman, describe, is_final
from frappe.jobs.owner import is_dead, new_owner
from frappe.utils import now_datetime

BATCH = 50
LEASE_SECONDS = 300
DEFAULT_RETRY_LIMIT = 3
FIRST_PAUSE_MINUTES = 1


def flush(from_test: bool = False) -> int:
	"""Send the mails that are due, the most urgent first, and return how many were sent completely.

	Args:
		from_test: accepted for Frappe's callers.
	"""
	if are_emails_muted():
		return 0
	_release_dead()
	names = _due_names()
	sent = 0
	postmen: dict[OutgoingAccount, Postman] = {}
	try:
		for name in names:
			sent += send_mail(name, postmen)
	finally:
		for postman in postmen.values():
			postman.close()
	if len(names) == BATCH:
		enqueue_flush()
	return sent


def _due_names() -> list[str]:
	now = now_datetime()
	return frappe.db.sql_list(
		"""select `name` from `tabEmail Queue`
		where (`send_after` is null or `send_after` <= %s)
			and (`status` in ('Not Sent', 'Partially Sent') or (`status` = 'Sending' and `lease_until` < %s))
		order by `priority` desc, `retry` asc, `creation` asc limit %s""",
		(now, now, BATCH),
	)


def _release_dead() -> None:
	rows = frappe.db.sql(
		"select `name`, `lease_owner` from `tabEmail Queue` where `status` = 'Sending'", as_dict=True
	)
	dead = [row for row in rows if is_dead(row.lease_owner)]
	for row in dead:
		frappe.db.sql(
			"""update `tabEmail Queue` set `status` = 'Not Sent', `lease_until` = null, `lease_owner` = null
			where `name` = %s and `status` = 'Sending' and `lease_owner` = %s""",
			(row.name, row.lease_owner),
		)
	if dead:
		frappe.db.commit()


def send_mail(name: str, postmen: dict[OutgoingAccount, Postman] | None = None) -> bool:
	"""Send one mail of the outbox to those who have not got it yet; return whether all have it now.

	Args:
		name: of the Email Queue row.
		postmen: open connections by account, extended by this mail's.
	"""
	head = frappe.db.get_value("Email Queue", name, ["sender", "email_account"], as_dict=True)
	account = find_outgoing(head.sender, head.email_account) if head else None
	if not account:
		return False
	owner = new_owner()
	if not _lease(name, owner):
		return False
	own = postmen is None
	postmen = {} if own else postmen
	postman = postmen.setdefault(account, Postman(account))
	try:
		return _hand_over(name, owner, postman)
	finally:
		if own:
			postman.close()


def _lease(name: str, owner: str) -> bool:
	now = now_datetime()
	seconds = float(frappe.conf.email_lease_seconds or LEASE_SECONDS)
	frappe.db.sql(
		"""update `tabEmail Queue` set `status` = 'Sending', `lease_owner` = %s, `lease_until` = %s
		where `name` = %s
			and (`status` in ('Not Sent', 'Partially Sent') or (`status` = 'Sending' and `lease_until` <
			%s))""",
		(owner, now + timedelta(seconds=seconds), name, now),
	)
	held = _holds(name, owner)
	frappe.db.commit()
	return held


def _holds(name: str, owner: str) -> bool:
	return bool(
		frappe.db.sql(
			"""select 1 from `tabEmail Queue`
			where `name` = %s and `lease_owner` = %s and `status` = 'Sending'""",
			(name, owner),
		)
	)


def _hand_over(name: str, owner: str, postman: Postman) -> bool:
	mail = frappe.get_doc("Email Queue", name)
	sender = postman.account.sender_header(mail.sender)
	waiting = [row for row in mail.recipients if row.status == "Not Sent" and not row.error]
	for row in waiting:
		try:
			postman.send(sender, row.recipient, _mail_for(mail, row.recipient, sender))
		except Exception as error:
			if not is_final(error):
				_record_trouble(mail, owner, describe(error))
				return False
			_record_recipient(row.name, "Not Sent", describe(error))
		else:
			_record_recipient(row.name, "Sent", None)
	return _record_end(mail, owner)


def _mail_for(mail: Any, recipient: str, sender: str) -> bytes:
	from frappe.email.unsubscribe import link_text

	to, cc = recipient, ""
	if mail.expose_recipients == "header":
		copies = mail.show_as_cc or ""
		to = ", ".join(row.recipient for row in mail.recipients if row.recipient not in copies) or recipient
		cc = copies
	link = link_text(mail, recipient) if mail.add_unsubscribe_link else ""
	return addressed(mail.message, sender, to, cc, link)


def _record_recipient(row: str, status: str, error: str | None) -> None:
	frappe.db.sql(
		"update `tabEmail Queue Recipient` set `status` = %s, `error` = %s where `name` = %s",
		(status, error, row),
	)
	frappe.db.commit()


def _record_end(mail: Any, owner: str) -> bool:
	refused = [
		row.error for row in frappe.get_doc("Email Queue", mail.name).recipients if row.status != "Sent"
	]
	status = "Sent" if not refused else "Error"
	_set(mail.name, owner, {"status": status, "error": "\n".join(filter(None, refused)) or None})
	return not refused


def _record_trouble(mail: Any, owner: str, error: str) -> None:
	retry = int(mail.retry or 0) + 1
	values: dict[str, Any] = {"retry": retry, "error": error, "status": "Not Sent"}
	if retry > _retry_limit():
		values["status"] = "Error"
	else:
		values["send_after"] = now_datetime() + timedelta(minutes=FIRST_PAUSE_MINUTES * 4 ** (retry - 1))
	if values["status"] == "Not Sent" and any(
		row.status == "Sent" for row in frappe.get_doc("Email Queue", mail.name).recipients
	):
		values["status"] = "Partially Sent"
	_set(mail.name, owner, values)


def _retry_limit() -> int:
	return int(frappe.db.get_single_value("System Settings", "email_retry_limit") or DEFAULT_RETRY_LIMIT)


def _set(name: str, owner: str, values: dict[str, Any]) -> None:
	if _holds(name, owner):
		frappe.db.set_value("Email Queue", name, {**values, "lease_owner": None, "lease_until": None})
	frappe.db.commit()


def clear_outbox(days: int = 30) -> None:
	"""Delete sent mails older than `days`, in the caller's transaction."""
	limit = now_datetime() - timedelta(days=days)
	names = frappe.get_all("Email Queue", filters={"modified": ("<", limit), "status": "Sent"}, pluck="name")
	if names:
		frappe.db.delete("Email Queue Recipient", {"parent": ("in", names)})
		frappe.db.delete("Email Queue", {"name": ("in", names)})
