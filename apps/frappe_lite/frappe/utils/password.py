"""Passwords of users, hashed, and secrets of documents, encrypted; both in `__Auth`."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode
from functools import lru_cache
from typing import Any

import frappe
from frappe.utils.encryption import decrypt as decrypt
from frappe.utils.encryption import encrypt as encrypt
from frappe.utils.encryption import get_encryption_key as get_encryption_key

# Memory in KiB and rounds of argon2id: about 25 ms on one core, small enough for a machine of a school.
MEMORY_COST, TIME_COST, PARALLELISM = 19 * 1024, 2, 1


class PasswordHashing:
	"""Hashing of passwords: argon2id; hashes of older sites (pbkdf2_sha256) still verify."""

	@staticmethod
	@lru_cache(maxsize=1)
	def _hasher() -> Any:
		from argon2 import PasswordHasher

		return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=PARALLELISM)

	def hash(self, password: str) -> str:
		"""Return the hash of a password, with its own salt."""
		return self._hasher().hash(password)

	def verify(self, password: str, hashed: str) -> bool:
		"""Tell whether a password has the hash."""
		if hashed.startswith("$pbkdf2-sha256$"):
			return _verify_pbkdf2(password, hashed)
		from argon2.exceptions import InvalidHashError, VerificationError

		try:
			return self._hasher().verify(hashed, password)
		except (VerificationError, InvalidHashError):
			return False

	def needs_update(self, hashed: str) -> bool:
		"""Tell whether a hash was made in an older way."""
		return hashed.startswith("$pbkdf2") or self._hasher().check_needs_rehash(hashed)


def _verify_pbkdf2(password: str, hashed: str) -> bool:
	_empty, _name, rounds, salt, digest = hashed.split("$")
	own = hashlib.pbkdf2_hmac("sha256", password.encode(), _decode(salt), int(rounds))
	return hmac.compare_digest(own, _decode(digest))


def _decode(text: str) -> bytes:
	text = text.replace(".", "+")
	return b64decode(text + "=" * (-len(text) % 4))


passlibctx = PasswordHashing()


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
	return passlibctx.hash(frappe.generate_hash())


# ------------------------------------------------------------------ passwords
def check_password(
	user: str, pwd: str, doctype: str = "User", fieldname: str = "password", delete_tracker_cache: bool = True
) -> str:
	"""Return the user's name when the password is his.

	The time it takes does not tell whether there is such a user.

	Raises:
		frappe.AuthenticationError: it is not.
	"""
	rows = frappe.db.sql(
		"""select `name`, `password` from `__Auth`
		where `doctype` = %s and `name` = %s and `fieldname` = %s and `encrypted` = 0""",
		(doctype, user, fieldname),
	)
	name, hashed = rows[0] if rows else (None, _hash_of_nobody())
	if not passlibctx.verify(pwd or "", hashed) or name is None:
		raise frappe.AuthenticationError(frappe._("Incorrect User or Password"))
	if delete_tracker_cache:
		delete_login_failed_cache(name)
	return name


def delete_login_failed_cache(user: str) -> None:
	"""Forget failed attempts to log in as a user."""
	for key in ("last_login_tried", "login_failed_count", "locked_account_time"):
		frappe.cache.hdel(key, user)


def update_password(
	user: str,
	pwd: str,
	doctype: str = "User",
	fieldname: str = "password",
	logout_all_sessions: bool = False,
	hashed: str | None = None,
) -> None:
	"""Store the hash of a password.

	Args:
		logout_all_sessions: end the user's sessions.
		hashed: the hash, made before the transaction began so that hashing holds up no other writer.
	"""
	_store(doctype, user, fieldname, hashed or passlibctx.hash(pwd), encrypted=0)
	if logout_all_sessions:
		from frappe.sessions import clear_sessions

		clear_sessions(user=user, keep_current=True, force=True)


# ------------------------------------------------------------------ secrets
def get_decrypted_password(
	doctype: str, name: str, fieldname: str = "password", raise_exception: bool = True
) -> str | None:
	"""Return a document's secret.

	Raises:
		frappe.AuthenticationError: there is none and `raise_exception` is given.
	"""
	rows = frappe.db.sql(
		"""select `password` from `__Auth`
		where `doctype` = %s and `name` = %s and `fieldname` = %s and `encrypted` = 1""",
		(doctype, name, fieldname),
	)
	if rows and rows[0][0]:
		return decrypt(rows[0][0], key=f"{doctype}.{name}.{fieldname}")
	if raise_exception:
		frappe.throw(
			frappe._("Password not found for {0} {1} {2}").format(doctype, name, fieldname),
			frappe.AuthenticationError,
		)
	return None


def set_encrypted_password(doctype: str, name: str, pwd: str, fieldname: str = "password") -> None:
	"""Store a document's secret."""
	_store(doctype, name, fieldname, encrypt(pwd), encrypted=1)


def _store(doctype: str, name: str, fieldname: str, value: str, encrypted: int) -> None:
	key = (doctype, name, fieldname)
	frappe.db.sql("delete from `__Auth` where `doctype` = %s and `name` = %s and `fieldname` = %s", key)
	frappe.db.sql(
		"""insert into `__Auth` (`doctype`, `name`, `fieldname`, `password`, `encrypted`)
		values (%s, %s, %s, %s, %s)""",
		(*key, value, encrypted),
	)


def remove_encrypted_password(doctype: str, name: str, fieldname: str = "password") -> None:
	"""Forget a document's secret."""
	frappe.db.delete("__Auth", {"doctype": doctype, "name": name, "fieldname": fieldname})


def delete_all_passwords_for(doctype: str, name: str) -> None:
	"""Forget all secrets and passwords of a document."""
	frappe.db.delete("__Auth", {"doctype": doctype, "name": name})


def rename_password(doctype: str, old_name: str, new_name: str) -> None:
	"""Keep a renamed document's secrets."""
	frappe.db.sql(
		"update `__Auth` set `name` = %s where `doctype` = %s and `name` = %s", (new_name, doctype, old_name)
	)


def rename_password_field(doctype: str, old_fieldname: str, new_fieldname: str) -> None:
	"""Keep the secrets of a renamed field."""
	frappe.db.sql(
		"update `__Auth` set `fieldname` = %s where `doctype` = %s and `fieldname` = %s",
		(new_fieldname, doctype, old_fieldname),
	)


def create_auth_table() -> None:
	"""Create `__Auth` with the other tables of the framework."""
	frappe.db.create_framework_tables()
