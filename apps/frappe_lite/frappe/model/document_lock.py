"""Locks that keep a document from being saved while a job works on it: one file per locked document."""

from __future__ import annotations

import hashlib
import os
import time
from typing import Any

import frappe

POLL_SECONDS = 0.5


class DocumentLock:
	"""What Document offers for locking."""

	def get_signature(self) -> str:
		"""Return the name of the document's lock."""
		return hashlib.sha224(f"{self.doctype}:{self.name}".encode(), usedforsecurity=False).hexdigest()

	@property
	def is_locked(self) -> bool:
		return os.path.exists(_lock_path(self.get_signature()))

	def check_if_locked(self) -> None:
		"""Refuse to go on while the document is locked.

		Raises:
			DocumentLockedError: a job works on it.
		"""
		if self.get("creation") and self.is_locked:
			raise frappe.DocumentLockedError(self.doctype, self.name)

	def lock(self, timeout: float | None = None) -> None:
		"""Lock the document.

		Args:
			timeout: seconds to wait for another lock to go away.

		Raises:
			DocumentLockedError: it is locked already.
		"""
		deadline = time.monotonic() + (timeout or 0)
		while not _create(_lock_path(self.get_signature())):
			if time.monotonic() >= deadline:
				raise frappe.DocumentLockedError(self.doctype, self.name)
			time.sleep(POLL_SECONDS)
		_held().append(self)

	def unlock(self) -> None:
		"""Release the document."""
		path = _lock_path(self.get_signature())
		if os.path.exists(path):
			os.remove(path)
		if self in _held():
			_held().remove(self)


def _held() -> list[Any]:
	held = getattr(frappe.local, "locked_documents", None)
	if held is None:
		held = frappe.local.locked_documents = []
	return held


def _lock_path(signature: str) -> str:
	return frappe.get_site_path("locks", f"{signature}.lock")


def _create(path: str) -> bool:
	os.makedirs(os.path.dirname(path), exist_ok=True)
	try:
		os.close(os.open(path, os.O_CREAT | os.O_EXCL))
	except FileExistsError:
		return False
	return True
