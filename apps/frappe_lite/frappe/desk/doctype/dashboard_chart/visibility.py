"""Who sees a chart or a number card: who may read what it counts, and has one of its roles if it names
any.
"""

from __future__ import annotations

from typing import Any

import frappe


def is_visible(doc: Any, user: str | None = None) -> bool:
	"""Tell whether a user may see a Dashboard Chart or a Number Card.

	Args:
		doc: the document.
		user: the session's unless given.
	"""
	user = user or frappe.session.user
	if user == "Administrator" or "System Manager" in frappe.get_roles(user):
		return True
	if not _has_a_role(doc, user):
		return False
	if doc.get("report_name"):
		return _may_read_report(doc.report_name, user)
	return bool(not doc.document_type or frappe.has_permission(doc.document_type, "read", user=user))


def _has_a_role(doc: Any, user: str) -> bool:
	roles = {row.role for row in doc.get("roles") or ()}
	return not roles or bool(roles & set(frappe.get_roles(user)))


def _may_read_report(name: str, user: str) -> bool:
	ref_doctype = frappe.db.get_value("Report", name, "ref_doctype")
	return bool(ref_doctype and frappe.has_permission(ref_doctype, "report", user=user))


def visible_condition(doctype: str, user: str | None = None) -> str | None:
	"""Return the SQL condition for the charts or cards a user may see.

	Args:
		doctype: "Dashboard Chart" or "Number Card".
		user: the session's unless given.
	"""
	user = user or frappe.session.user
	if user == "Administrator" or "System Manager" in frappe.get_roles(user):
		return None
	names = [name for name in _names(doctype) if is_visible(frappe.get_cached_doc(doctype, name), user)]
	if not names:
		return "1 = 0"
	return f"`tab{doctype}`.`name` in ({', '.join(frappe.db.escape(name) for name in names)})"


def _names(doctype: str) -> list[str]:
	return frappe.get_all(doctype, pluck="name", limit_page_length=0)
