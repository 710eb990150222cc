"""Who may see a file: everybody a public one, readers of its document a private one, its owner one without
document."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.permissions.query import build_match_conditions, shared_condition


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
	"""Tell whether a user may read or change a file (hook `has_permission`)."""
	user = user or frappe.session.user
	if user == "Administrator" or doc.get("is_folder"):
		return True
	if ptype == "create" and not (doc.get("attached_to_doctype") and doc.get("attached_to_name")):
		return user != "Guest" or bool(frappe.get_system_settings("allow_guests_to_upload_files"))
	if not doc.get("is_private") and ptype in ("read", "select", "print", "email"):
		return True
	attached = _attached_document(doc)
	if attached is None:
		return user != "Guest" and doc.get("owner") == user
	right = "read" if ptype in ("read", "select", "print", "email", "export", "report", None) else "write"
	return bool(attached.has_permission(right, user=user, print_logs=False))


def _attached_document(doc: Any) -> Any:
	doctype, name = doc.get("attached_to_doctype"), doc.get("attached_to_name")
	if not doctype or not name:
		return None
	try:
		return frappe.get_doc(doctype, name)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return None


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Return the same rule as a condition of lists (hook `permission_query_conditions`)."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	me = frappe.db.escape(user, percent=False)
	parts = [
		"ifnull(`tabFile`.`is_private`, 0) = 0",
		"`tabFile`.`is_folder` = 1",
	]
	if user != "Guest":
		parts.append(f"(ifnull(`tabFile`.`attached_to_name`, '') = '' and `tabFile`.`owner` = {me})")
	for name in _attached_doctypes():
		parts.extend(_by_document(name, user, me))
	return f"({' or '.join(parts)})"


def _attached_doctypes() -> list[str]:
	rows = frappe.db.sql(
		"select distinct `attached_to_doctype` from `tabFile`"
		" where `is_private` = 1 and `attached_to_name` is not null"
	)
	return [name for (name,) in rows if name and frappe.db.exists("DocType", name)]


def _by_document(doctype: str, user: str, me: str) -> list[str]:
	attached = f"`tabFile`.`attached_to_doctype` = {frappe.db.escape(doctype, percent=False)}"
	meta = frappe.get_meta(doctype)
	if meta.issingle:
		return (
			[attached]
			if frappe.permissions.has_permission(doctype, "read", user=user, print_logs=False)
			else []
		)
	if meta.istable or meta.is_virtual:
		return []
	lost = f"`tabFile`.`attached_to_name` not in (select `name` from `tab{doctype}`)"
	orphans = f"({attached} and `tabFile`.`owner` = {me} and {lost})"
	readable = _readable(doctype, user)
	if readable is None:
		return [orphans]
	return [orphans, f"({attached} and `tabFile`.`attached_to_name` in ({readable}))"]


def _readable(doctype: str, user: str) -> str | None:
	if not frappe.permissions.has_permission(doctype, "read", user=user, print_logs=False):
		return None
	if frappe.permissions.get_role_permissions(doctype, user=user).get("read"):
		condition = build_match_conditions(doctype, user)
	else:
		# Who may only pick documents in links lists all of them; reading is left to those shared with him.
		condition = shared_condition(doctype, user)
	return f"select `name` from `tab{doctype}`" + (f" where {condition}" if condition else "")
