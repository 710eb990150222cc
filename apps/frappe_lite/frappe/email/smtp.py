"""A connection to an SMTP server that lasts for a batch of mails."""

from __future__ import annotations

import smtplib
from types import TracebackType

import frappe
from frappe.email.account import OutgoingAccount
from frappe.email.addresses import plain

TIMEOUT_SECONDS = 30


class Postman:
	"""Hands mails to the server of one account; connects at the first mail and again after an error."""

	def __init__(self, account: OutgoingAccount) -> None:
		self.account = account
		self._server: smtplib.SMTP | None = None

	def __enter__(self) -> Postman:
		return self

	def __exit__(
		self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
	) -> None:
		self.close()

	def send(self, sender: str, recipient: str, mail: bytes) -> None:
		"""Hand one mail over; returning means that the server took it.

		Args:
			sender: From header; its address is the envelope's sender.
			recipient: plain address.

		Raises:
			smtplib.SMTPException, OSError: the server did not take it.
		"""
		try:
			self._connected().sendmail(plain(sender) or self.account.email_id, [recipient], mail)
		except Exception:
			self.close()
			raise

	def _connected(self) -> smtplib.SMTP:
		if self._server is None:
			account = self.account
			kind = smtplib.SMTP_SSL if account.use_ssl else smtplib.SMTP
			timeout = float(frappe.conf.mail_timeout or TIMEOUT_SECONDS)
			self._server = kind(account.server, account.port, timeout=timeout)
			if account.use_tls and not account.use_ssl:
				self._server.starttls()
			if account.login:
				self._server.login(account.login, account.password)
		return self._server

	def close(self) -> None:
		"""Say goodbye to the server."""
		server, self._server = self._server, None
		if server is not None:
			try:
				server.quit()
			except (smtplib.SMTPException, OSError):
				server.close()


def describe(error: BaseException) -> str:
	"""Return an SMTP error as it may stand on a mail: class, code and the server's words."""
	if isinstance(error, smtplib.SMTPRecipientsRefused):
		code, words = next(iter(error.recipients.values()))
		return f"SMTPRecipientsRefused {code} {_text(words)}"
	if isinstance(error, smtplib.SMTPResponseException):
		return f"{type(error).__name__} {error.smtp_code} {_text(error.smtp_error)}"
	return f"{type(error).__name__}: {error}"


def is_final(error: BaseException) -> bool:
	"""Tell whether the server refused the recipient or the mail for good (5xx)."""
	if isinstance(error, smtplib.SMTPRecipientsRefused):
		return all(code >= 500 for code, _words in error.recipients.values())
	return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _text(words: bytes | str) -> str:
	return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
