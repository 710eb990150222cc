"""A connection of one's own beside the transaction of the context."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def own_connection() -> Iterator[None]:
	"""Let `frappe.db` be a second connection within the block; it is committed at the end, rolled back on
	errors.

	On SQLite the transaction of the context must not hold the write lock, or the block waits for it in vain.
	"""
	from frappe.database import get_db

	outer = frappe.local.db
	frappe.local.db = get_db()
	try:
		yield
		frappe.local.db.commit()
	finally:
		frappe.local.db.close()
		frappe.local.db = outer
