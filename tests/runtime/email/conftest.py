"""A mail server that keeps what it takes, and a copied site that may commit."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.installer import update_site_config
from frappe.jobs.runner import site_context

from tests.runtime.records import copy_bench


class Mailbox:
	"""What an SMTP server was given.

	`answers` maps an address to what the server says to it as recipient; `mails` are (recipient, message).
	"""

	def __init__(self) -> None:
		self.mails: list[tuple[str, EmailMessage]] = []
		self.answers: dict[str, str] = {}
		self.answer = "250 taken"

	async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
		if address in self.answers:
			return self.answers[address]
		envelope.rcpt_tos.append(address)
		return "250 OK"

	async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
		if self.answer.startswith("250"):
			message = message_from_bytes(envelope.content, policy=default)
			self.mails += [(address, message) for address in envelope.rcpt_tos]
		return self.answer

	def recipients(self) -> list[str]:
		"""Return to whom mails went, in their order."""
		return [recipient for recipient, _mail in self.mails]


def free_port() -> int:
	"""Return a port nobody listens on."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
	from aiosmtpd.controller import Controller

	mailbox = Mailbox()
	controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
	controller.start()
	mailbox.port = controller.port
	yield mailbox
	controller.stop()


@pytest.fixture
def on_site(
	site: str, bench_path: Path, tmp_path: Path
) -> Iterator[Callable[[], contextlib.AbstractContextManager[None]]]:
	"""Open a copy of the site: `with on_site(): …`; what the block commits ends with the test."""
	sites_path = copy_bench(bench_path, tmp_path / "bench", site)
	yield lambda: site_context(site, sites_path)
	frappe.destroy()


@pytest.fixture
def on_mail_site(
	on_site: Callable[[], contextlib.AbstractContextManager[None]], mailbox: Mailbox
) -> Callable[[], contextlib.AbstractContextManager[None]]:
	"""The copied site, with the mail server in its configuration."""
	with on_site():
		update_site_config("mail_server", "127.0.0.1")
		update_site_config("mail_port", mailbox.port)
		update_site_config("auto_email_id", "school@example.com")
	return on_site
