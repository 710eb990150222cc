"""The signed link of a mail: bound to one message, one person and one duty; it expires and works once.

The address holds the code of the Dispatch Log and a seal, never a user or a student. The seal covers a
nonce of the duty that changes when the duty is given to somebody else, so that old links die at once.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils import get_url, now_datetime

PAGE = "crisis_acknowledge"
PURPOSE = b"crisis_intervention acknowledge link"
SEAL_LENGTH = 43


def link_for(message: str, duty: Any, recipient: str) -> str:
	"""Return the acknowledge link of a message.

	:param message: name of the Dispatch Log record
	:param duty: Duty document or row with name and link_nonce
	"""
	hours = int(frappe.db.get_single_value("Crisis Settings", "link_valid_hours") or 24)
	expires = int((now_datetime() + timedelta(hours=hours)).timestamp())
	seal = seal_of(_secret(), message, duty.name, recipient, duty.link_nonce or "", expires)
	return get_url(f"/{PAGE}?m={message}&e={expires}&s={seal}")


def open_link(message: str, expires: str, seal: str) -> frappe._dict | None:
	"""Return duty and user of a valid link, or None for any other.

	:param message: name of the Dispatch Log record
	:param expires: seconds since the epoch, as text
	:param seal: seal of the link
	:returns: `duty` (document), `user`, `message`, `used`
	"""
	if not (message and seal and str(expires).isdigit()):
		return None
	row = frappe.db.get_value(
		"Dispatch Log", str(message), ["name", "duty", "recipient", "link_used_at"], as_dict=True
	)
	if not row or not row.duty:
		return None
	duty = frappe.get_doc("Duty", row.duty)
	expected = seal_of(_secret(), row.name, duty.name, row.recipient, duty.link_nonce or "", int(expires))
	if not hmac.compare_digest(expected, str(seal)) or has_expired(int(expires), now_datetime()):
		return None
	return frappe._dict(duty=duty, user=row.recipient, message=row.name, used=bool(row.link_used_at))


def seal_of(secret: bytes, message: str, duty: str, user: str, nonce: str, expires: int) -> str:
	"""Return the seal over everything a link is bound to, as URL-safe text."""
	text = "\n".join((message, duty, user, nonce, str(expires)))
	return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:SEAL_LENGTH]


def has_expired(expires: int, now: datetime) -> bool:
	"""Say whether a link is out of date; the moment of expiry is still valid."""
	return now.timestamp() > expires


def _secret() -> bytes:
	"""A key of its own, derived from the site's encryption key."""
	from frappe.utils.password import get_encryption_key

	return hmac.new(get_encryption_key().encode(), PURPOSE, hashlib.sha256).digest()
