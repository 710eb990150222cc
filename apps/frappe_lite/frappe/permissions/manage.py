"""Change permissions: Custom DocPerm rows of roles, User Permission documents of users."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.permissions import rules
from frappe.permissions.roles import forget_access


def add_permission(doctype: str, role: str, permlevel: int = 0, ptype: str | None = None) -> str | None:
	"""Give a role a permission row on a DocType, with read or `ptype`.

	Returns the name of the new Custom DocPerm, None when the role has a row on that level.
	"""
	setup_custom_perms(doctype)
	wanted = {"parent": doctype, "role": role, "permlevel": permlevel, "if_owner": 0}
	if frappe.db.get_value("Custom DocPerm", wanted):
		return None
	rights = dict.fromkeys(rules.RIGHTS, 0)
	rights[ptype or "read"] = 1
	row = frappe.get_doc(
		{
			"doctype": "Custom DocPerm",
			"parent": doctype,
			"parenttype": "DocType",
			"parentfield": "permissions",
			"role": role,
			"permlevel": permlevel,
			**rights,
		}
	)
	row.flags.ignore_permissions = True
	row.insert()
	validate_permissions_for_doctype(doctype)
	return row.name


def update_permission_property(
	doctype: str,
	role: str,
	permlevel: int,
	ptype: str,
	value: Any = None,
	validate: bool = True,
	if_owner: int = 0,
) -> None:
	"""Set one property of a role's permission row: a right, or `if_owner`."""
	setup_custom_perms(doctype)
	filters = {"parent": doctype, "role": role, "permlevel": permlevel, "if_owner": if_owner}
	name = frappe.db.get_value("Custom DocPerm", filters)
	if not name:
		frappe.throw(
			_("{0} has no permission row for role {1}").format(_(doctype), _(role)), frappe.DoesNotExistError
		)
	frappe.db.set_value("Custom DocPerm", name, ptype, value)
	if validate:
		validate_permissions_for_doctype(doctype)
	frappe.clear_cache(doctype=doctype)


def remove_permission(doctype: str, role: str, permlevel: int = 0, if_owner: int = 0) -> None:
	"""Take a role's permission row on a level away.

	Raises:
		ValidationError: it is the last row of the DocType.
	"""
	setup_custom_perms(doctype)
	filters = {"parent": doctype, "role": role, "permlevel": permlevel, "if_owner": if_owner}
	frappe.db.delete("Custom DocPerm", filters)
	if not frappe.db.exists("Custom DocPerm", {"parent": doctype}):
		frappe.throw(_("There must be atleast one permission rule."), title=_("Cannot Remove"))
	validate_permissions_for_doctype(doctype, for_remove=True)


def setup_custom_perms(parent: str) -> bool:
	"""Copy the standard permission rows of a DocType to Custom DocPerm, unless it has such rows already."""
	if frappe.db.exists("Custom DocPerm", {"parent": parent}):
		return False
	copy_perms(parent)
	return True


def copy_perms(parent: str) -> None:
	"""Copy the standard permission rows of a DocType to Custom DocPerm."""
	standard = ("name", "doctype", "creation", "modified", "owner", "modified_by", "docstatus", "idx")
	for row in frappe.get_all("DocPerm", fields=["*"], filters={"parent": parent}, order_by="idx"):
		values = {key: value for key, value in row.items() if key not in standard}
		copied = frappe.get_doc({"doctype": "Custom DocPerm", **values})
		copied.flags.ignore_permissions = True
		copied.insert()
	frappe.clear_cache(doctype=parent)


def reset_perms(doctype: str) -> None:
	"""Return to the standard permissions of a DocType."""
	frappe.db.delete("Custom DocPerm", {"parent": doctype})
	frappe.clear_cache(doctype=doctype)


def validate_permissions_for_doctype(doctype: str, for_remove: bool = False) -> None:
	"""Check the permission rows of a DocType as a whole and have them take effect."""
	from frappe.core.doctype.doctype.doctype import validate_permissions_for_doctype as validate

	validate(doctype, for_remove)
	frappe.clear_cache(doctype=doctype)


def get_linked_doctypes(dt: str) -> list[str]:
	"""Return a DocType and those it links to, without links that ignore user permissions."""
	meta = frappe.get_meta(dt)
	linked = [
		df.options
		for df in meta.get_link_fields()
		if df.ignore_user_permissions != 1 and df.options != "[Select]"
	]
	return list({dt, *linked})


# ------------------------------------------------------------------ users
def add_user_permission(
	doctype: str,
	name: str,
	user: str,
	ignore_permissions: bool = False,
	applicable_for: str | None = None,
	is_default: int = 0,
	hide_descendants: int = 0,
) -> None:
	"""Limit a user to a document of a DocType; nothing happens when he is limited to it already.

	Args:
		doctype, name: the document.
		applicable_for: only where documents of this DocType are judged; all unless given.
		is_default: new documents get it.
		hide_descendants: children of a tree node are not included.
	"""
	existing = {
		"user": user,
		"allow": doctype,
		"for_value": name,
		"applicable_for": applicable_for or ("is", "not set"),
	}
	if frappe.db.exists("User Permission", existing):
		return
	row = frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": user,
			"allow": doctype,
			"for_value": name,
			"is_default": is_default,
			"applicable_for": applicable_for,
			"apply_to_all_doctypes": 0 if applicable_for else 1,
			"hide_descendants": hide_descendants,
		}
	)
	row.insert(ignore_permissions=ignore_permissions)


def remove_user_permission(doctype: str, name: str, user: str) -> None:
	"""Take the limits of a user to a document away."""
	for row in frappe.get_all(
		"User Permission", filters={"user": user, "allow": doctype, "for_value": name}, pluck="name"
	):
		frappe.delete_doc("User Permission", row)


def clear_user_permissions_for_doctype(doctype: str, user: str | None = None) -> None:
	"""Take all limits to documents of a DocType away, of one user or of all."""
	filters = {"allow": doctype, **({"user": user} if user else {})}
	frappe.db.delete("User Permission", filters)
	forget_access()


def set_user_permission_if_allowed(doctype: str, name: str, user: str, with_message: bool = False) -> None:
	"""Limit a user to a document if the current user may create user permissions."""
	if frappe.has_permission("User Permission", "create"):
		add_user_permission(doctype, name, user)
