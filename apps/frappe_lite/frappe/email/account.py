"""Which SMTP server a mail goes through: an Email Account, or the site's configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe.email.addresses import plain, with_name

FIELDS = [
	"name",
	"email_id",
	"email_account_name",
	"smtp_server",
	"smtp_port",
	"use_tls",
	"use_ssl_for_outgoing",
	"login_id_is_different",
	"login_id",
	"no_smtp_authentication",
	"always_use_account_email_id_as_sender",
	"always_use_account_name_as_sender_name",
	"always_bcc",
]


@dataclass(frozen=True)
class OutgoingAccount:
	"""How to reach an SMTP server; `name` is the Email Account, "" for the site's configuration."""

	server: str
	port: int
	email_id: str
	name: str = ""
	sender_name: str = ""
	use_tls: bool = False
	use_ssl: bool = False
	login: str = ""
	password: str = ""
	always_own_address: bool = False
	always_own_name: bool = False
	always_bcc: str = ""

	def sender_header(self, sender: str) -> str:
		"""Return the From header for a mail of `sender`, as far as the account lets him keep his name."""
		from email.utils import parseaddr

		name, address = parseaddr(sender or "")
		if not address or self.always_own_address:
			address = self.email_id
			name = self.sender_name if self.always_own_name or not name else name
		elif self.always_own_name:
			name = self.sender_name
		return with_name(name, address)


def find_outgoing(sender: str | None = None, name: str | None = None) -> OutgoingAccount | None:
	"""Return the account for a mail.

	Order: the Email Account `name`, the one of the sender's address, the default one, the site's
	configuration
	(`mail_server`, `mail_port`, `use_tls`, `use_ssl`, `mail_login`, `mail_password`, `auto_email_id`).

	Returns None when there is none.
	"""
	return _from_records(plain(sender), name) or from_configuration()


def _from_records(sender: str, name: str | None) -> OutgoingAccount | None:
	rows = frappe.get_all(
		"Email Account", filters={"enable_outgoing": 1}, fields=[*FIELDS, "default_outgoing"], limit=100
	)
	ranked = sorted(
		(
			row
			for row in rows
			if row.smtp_server and (row.default_outgoing or sender == row.email_id or row.name == name)
		),
		key=lambda row: (row.name != name, row.email_id != sender, not row.default_outgoing),
	)
	return _from_row(ranked[0]) if ranked else None


def _from_row(row: Any) -> OutgoingAccount:
	login = (
		"" if row.no_smtp_authentication else (row.login_id if row.login_id_is_different else row.email_id)
	)
	return OutgoingAccount(
		name=row.name,
		server=row.smtp_server,
		port=int(row.smtp_port or _default_port(row.use_ssl_for_outgoing, row.use_tls)),
		email_id=row.email_id,
		sender_name=row.email_account_name or row.name,
		use_tls=bool(row.use_tls),
		use_ssl=bool(row.use_ssl_for_outgoing),
		login=login or "",
		password=_password(row.name) if login else "",
		always_own_address=bool(row.always_use_account_email_id_as_sender),
		always_own_name=bool(row.always_use_account_name_as_sender_name),
		always_bcc=row.always_bcc or "",
	)


def _password(name: str) -> str:
	from frappe.utils.password import get_decrypted_password

	return get_decrypted_password("Email Account", name, raise_exception=False) or ""


def _default_port(use_ssl: Any, use_tls: Any) -> int:
	return 465 if use_ssl else 587 if use_tls else 25


def from_configuration() -> OutgoingAccount | None:
	"""Return the account that the site's configuration describes, None without `mail_server`."""
	conf = frappe.conf
	if not conf.mail_server:
		return None
	login = conf.mail_login or ""
	return OutgoingAccount(
		server=conf.mail_server,
		port=int(conf.mail_port or _default_port(conf.use_ssl, conf.use_tls)),
		email_id=conf.auto_email_id or (login if "@" in login else f"notifications@{frappe.local.site}"),
		sender_name=conf.email_sender_name or "",
		use_tls=bool(int(conf.use_tls or 0)),
		use_ssl=bool(int(conf.use_ssl or 0)),
		login=login,
		password=conf.mail_password or "",
		always_own_address=bool(int(conf.always_use_account_email_id_as_sender or 0)),
		always_own_name=bool(int(conf.always_use_account_name_as_sender_name or 0)),
	)
