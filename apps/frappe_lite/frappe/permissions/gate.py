"""The permission names of the façade: `frappe.has_permission`, `frappe.only_for` and their kin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _


def has_permission(
	doctype: str | None = None,
	ptype: str = "read",
	doc: Any = None,
	user: str | None = None,
	throw: bool = False,
	*,
	parent_doctype: str | None = None,
	debug: bool = False,
	ignore_share_permissions: bool = False,
	verbose: bool | None = None,
) -> bool:
	"""Tell whether a user has a right; with `throw` a refusal is an error.

	Raises:
		PermissionError: he lacks it and `throw` is set.
	"""
	from frappe import permissions

	if not doctype and doc is not None:
		doctype = doc.doctype
	allowed = permissions.has_permission(
		doctype,
		ptype,
		doc=doc,
		user=user,
		print_logs=throw,
		parent_doctype=parent_doctype,
		ignore_share_permissions=ignore_share_permissions,
	)
	if throw and not allowed:
		label = (
			f"{_(doctype)} {doc if isinstance(doc, str | int) else doc.get('name')}" if doc else _(doctype)
		)
		frappe.flags.error_message = _("No permission for {0}").format(label)
		raise frappe.PermissionError
	return allowed


def has_website_permission(
	doc: Any = None,
	ptype: str = "read",
	user: str | None = None,
	verbose: bool = False,
	doctype: str | None = None,
) -> bool:
	"""Tell whether a visitor may see a document on a web page: by `has_website_permission` hooks or role."""
	user = user or frappe.session.user
	if isinstance(doc, str):
		doc = frappe.get_doc(doctype, doc)
	doctype = doctype or doc.doctype
	if doc and hasattr(doc, "has_website_permission"):
		return bool(doc.has_website_permission(ptype, user, verbose=verbose))
	hooks = frappe.get_hooks("has_website_permission", {}).get(doctype, [])
	if not hooks:
		return has_permission(doctype, ptype, doc=doc, user=user)
	return all(
		frappe.call(frappe.get_attr(hook), doc=doc, ptype=ptype, user=user, verbose=verbose) for hook in hooks
	)


def only_for(roles: str | Iterable[str], message: bool | str = False) -> None:
	"""Refuse everybody without one of `roles`; Administrator and tests pass.

	Raises:
		PermissionError: the current user has none of them.
	"""
	if frappe.session.user == "Administrator":
		return
	wanted = {roles} if isinstance(roles, str) else set(roles)
	if wanted.intersection(frappe.get_roles()):
		return
	if not message:
		raise frappe.PermissionError
	names = ", ".join(frappe.bold(_(role)) for role in sorted(wanted))
	frappe.throw(
		_("This action is only allowed for {}").format(names),
		frappe.PermissionError,
		_("Insufficient Permissions"),
	)


def only_has_select_perm(doctype: str, user: str | None = None, ignore_permissions: bool = False) -> bool:
	"""Tell whether a user may pick documents of a DocType in links but not read them."""
	if ignore_permissions:
		return False
	from frappe.permissions import get_role_permissions

	rights = get_role_permissions(frappe.get_meta(doctype), user=user)
	return bool(rights.get("select")) and not rights.get("read")
