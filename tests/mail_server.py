"""A real SMTP server for tests, which keeps what it takes."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LOGIN, PASSWORD = "school@example.com", "Mail-9!kkqP2w"


class Mailbox:
	"""What an SMTP server was given.

	`answers` maps an address to what the server says to it as recipient; `mails` are (recipient, message);
	`logins` are the users who signed in.
	"""

	def __init__(self) -> None:
		self.mails: list[tuple[str, EmailMessage]] = []
		self.answers: dict[str, str] = {}
		self.answer = "250 taken"
		self.logins: list[str] = []
		self.port = 0

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

	def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
		"""Let only the school's account in."""
		from aiosmtpd.smtp import AuthResult

		login, password = data.login.decode(), data.password.decode()
		self.logins.append(login)
		return AuthResult(success=(login, password) == (LOGIN, PASSWORD), handled=False)


def free_port() -> int:
	"""Return a port nobody listens on."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


@pytest.fixture(scope="session")
def start_mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Mailbox]]:
	"""Start mail servers; one `with_login` takes mail of the school's account only, over STARTTLS."""
	from aiosmtpd.controller import Controller

	controllers = []

	def start(with_login: bool = False) -> Mailbox:
		mailbox = Mailbox()
		options: dict[str, Any] = {}
		if with_login:
			options = {
				"authenticator": mailbox.authenticate,
				"auth_required": True,
				"require_starttls": True,
				"tls_context": _tls_context(tmp_path_factory.mktemp("tls")),
			}
		controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
		controller.start()
		controllers.append(controller)
		mailbox.port = controller.port
		return mailbox

	yield start
	for controller in controllers:
		controller.stop()


def _tls_context(folder: Path) -> ssl.SSLContext:
	"""Return a context with a certificate made for this session."""
	key = ec.generate_private_key(ec.SECP256R1())
	name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
	now = datetime.now(timezone.utc)
	builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
	certificate = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, SHA256())
	path = folder / "server.pem"
	secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
	path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
	context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	context.load_cert_chain(path)
	return context


@pytest.fixture
def mailbox(start_mail_server: Callable[..., Mailbox]) -> Mailbox:
	"""A mail server of this test, without sign-in."""
	return start_mail_server()
