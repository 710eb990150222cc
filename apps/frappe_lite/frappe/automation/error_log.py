"""Writes the Error Log. Only the traceback's places and the error's words are kept, never values of
variables."""

from __future__ import annotations

import sys
import traceback
from typing import Any

import frappe

TITLE_LENGTH = 140


def write_error_log(
	title: str | None = None,
	message: str | None = None,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
) -> Any:
	"""Write an Error Log in the transaction of the caller.

	Args:
		title: what went wrong; a text of several lines is taken for the message, as in Frappe.
		message: text kept instead of the current traceback.
		reference_doctype, reference_name: the document it happened to.

	Returns the Error Log; None where it cannot be kept (no site, no table, a transaction that only reads).
	"""
	if title and "\n" in title:
		title, message = message, title
	text = message or current_traceback() or title or ""
	frappe.logger().error("%s", title or text.strip().rpartition("\n")[2])
	if not _can_be_kept():
		return None
	values = {"method": str(title or text.strip().rpartition("\n")[2])[:TITLE_LENGTH], "error": text}
	return _insert({**values, "reference_doctype": reference_doctype, "reference_name": reference_name})


def current_traceback() -> str:
	"""Return the traceback of the error being handled, "" without one."""
	return "".join(traceback.format_exception(*sys.exc_info())) if sys.exc_info()[1] else ""


def _can_be_kept() -> bool:
	db = getattr(frappe.local, "db", None)
	return bool(db) and not frappe.flags.read_only and not frappe.flags.in_install_db


def _insert(values: dict[str, Any]) -> Any:
	place = f"error_log_{frappe.generate_hash(length=8)}"
	frappe.db.savepoint(place)
	try:
		doc = frappe.get_doc(doctype="Error Log", **values)
		# An error is logged whoever met it.
		doc.insert(ignore_permissions=True)
	except Exception as error:
		# The log must never hide the error it was asked to keep.
		frappe.db.rollback(save_point=place)
		frappe.logger().error("Error Log could not be written: %s", type(error).__name__)
		return None
	frappe.db.release_savepoint(place)
	return doc
