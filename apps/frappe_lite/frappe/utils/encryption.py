"""Encryption of secrets with the key in the site's configuration."""

from __future__ import annotations

from typing import Any

import frappe


def encrypt(txt: str, encryption_key: str | None = None) -> str:
	"""Return a text encrypted.

	Args:
		encryption_key: another key than the site's.
	"""
	return _fernet(encryption_key).encrypt(txt.encode("utf-8")).decode("utf-8")


def decrypt(txt: str, encryption_key: str | None = None, key: str | None = None) -> str:
	"""Return an encrypted text.

	Args:
		encryption_key: another key than the site's.
		key: what the secret belongs to, named in the message.

	Raises:
		frappe.ValidationError: it was encrypted with another key.
	"""
	from cryptography.fernet import InvalidToken

	try:
		return _fernet(encryption_key).decrypt(txt.encode("utf-8")).decode("utf-8")
	except (InvalidToken, ValueError):
		message = (
			frappe._("Failed to decrypt key {0}").format(key)
			if key
			else frappe._("Encryption key is invalid!")
		)
		frappe.throw(
			f"{message} {frappe._('Please check site_config.json')}",
			title=frappe._("Encryption key is invalid"),
		)
		raise


def get_encryption_key() -> str:
	"""Return the site's key; one is made and written to site_config.json when there is none."""
	if not frappe.local.conf.get("encryption_key"):
		from cryptography.fernet import Fernet

		from frappe.installer import update_site_config

		key = Fernet.generate_key().decode()
		update_site_config("encryption_key", key)
		frappe.local.conf.encryption_key = key
	return frappe.local.conf.encryption_key


def _fernet(encryption_key: str | None) -> Any:
	from cryptography.fernet import Fernet

	return Fernet((encryption_key or get_encryption_key()).encode())
