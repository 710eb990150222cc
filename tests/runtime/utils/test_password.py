"""Passwords and secrets."""

from __future__ import annotations

from typing import Any

import frappe
import pytest
from frappe.utils.password import (
	check_password,
	decrypt,
	delete_all_passwords_for,
	encrypt,
	get_decrypted_password,
	passlibctx,
	remove_encrypted_password,
	rename_password,
	set_encrypted_password,
	update_password,
)


def test_a_password_is_checked_by_its_hash(db: Any) -> None:
	update_password("Guest", "Correct horse")
	stored = db.sql("select password, encrypted from `__Auth` where name = 'Guest'")[0]
	assert stored[0].startswith("$argon2id$")
	assert "Correct horse" not in stored[0]
	assert check_password("guest", "Correct horse") == "Guest"
	for wrong in ("correct horse", "", "Correct horse "):
		with pytest.raises(frappe.AuthenticationError):
			check_password("Guest", wrong)
	with pytest.raises(frappe.AuthenticationError):
		check_password("Nobody", "Correct horse")


def test_hashes_of_older_sites_verify() -> None:
	old = "$pbkdf2-sha256$1000$c2FsdHNhbHQ$"
	import base64
	import hashlib

	digest = hashlib.pbkdf2_hmac("sha256", b"secret", b"saltsalt", 1000)
	hashed = old + base64.b64encode(digest).decode().rstrip("=").replace("+", ".")
	assert passlibctx.verify("secret", hashed)
	assert not passlibctx.verify("Secret", hashed)
	assert passlibctx.needs_update(hashed)
	assert not passlibctx.verify("secret", "nonsense")


def test_secrets_are_encrypted(db: Any) -> None:
	set_encrypted_password("Email Account", "A", "s3cret", "password")
	raw = db.sql("select password from `__Auth` where doctype = 'Email Account' and name = 'A'")[0][0]
	assert "s3cret" not in raw
	assert get_decrypted_password("Email Account", "A") == "s3cret"
	rename_password("Email Account", "A", "B")
	assert get_decrypted_password("Email Account", "B") == "s3cret"
	remove_encrypted_password("Email Account", "B")
	assert get_decrypted_password("Email Account", "B", raise_exception=False) is None
	with pytest.raises(frappe.AuthenticationError):
		get_decrypted_password("Email Account", "B")
	set_encrypted_password("Email Account", "B", "x", "other")
	delete_all_passwords_for("Email Account", "B")
	assert get_decrypted_password("Email Account", "B", "other", raise_exception=False) is None


def test_another_key_does_not_decrypt(db: Any) -> None:
	secret = encrypt("s3cret")
	assert decrypt(secret) == "s3cret"
	from cryptography.fernet import Fernet

	with pytest.raises(frappe.ValidationError):
		decrypt(secret, encryption_key=Fernet.generate_key().decode())
	with pytest.raises(frappe.ValidationError):
		decrypt("nonsense")
