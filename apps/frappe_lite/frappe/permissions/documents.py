"""May this user do this on that DocType or document? Every door of the runtime asks here."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.permissions import check_log, rules
from frappe.permissions.role_permissions import get_role_permissions
from frappe.permissions.user_permissions import has_user_permission


@check_log.explained
def has_permission(
	doctype: str,
	ptype: str = "read",
	doc: Any = None,
	user: str | None = None,
	raise_exception: bool = True,
	*,
	parent_doctype: str | None = None,
	debug: bool = False,
	ignore_share_permissions: bool = False,
) -> bool:
	"""Tell whether a user has a right on a DocType or on one document.

	Args:
		doctype: name of the DocType.
		ptype: one of rules.RIGHTS.
		doc: a document or the name of one; None asks about the DocType as a whole.
		user: the current one unless named.
		parent_doctype: for child tables, the DocType whose rights count.
		ignore_share_permissions: leave shares out.

	Reasons for a refusal are shown as a message unless `print_logs=False`.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if ptype == "share" and frappe.get_system_settings("disable_document_sharing"):
		return False
	if doc is None and hasattr(doctype, "doctype"):
		doc, doctype = doctype, doctype.doctype
	if frappe.is_table(doctype):
		return has_child_permission(doctype, ptype, doc, user, parent_doctype=parent_doctype, debug=debug)
	if doc is not None and doc != "":
		allowed = _on_document(doctype, ptype, doc, user)
	else:
		allowed = _on_doctype(doctype, ptype, user)
	if not allowed and not ignore_share_permissions:
		allowed = _is_shared(doctype, ptype, doc, user)
	return bool(allowed)


def _on_document(doctype: str, ptype: str, doc: Any, user: str) -> bool:
	if isinstance(doc, str | int):
		doc = frappe.get_doc(doctype, doc)
	if get_doc_permissions(doc, user=user, ptype=ptype).get(ptype):
		return True
	message = _("User {0} does not have access to this document").format(frappe.bold(user))
	if _on_doctype(doctype, "read", user):
		message += f": {_(doctype)} - {doc.get('name')}"
	check_log.push(message)
	return False


def _on_doctype(doctype: str, ptype: str, user: str) -> bool:
	meta = frappe.get_meta(doctype)
	if ptype == "submit" and not meta.is_submittable:
		check_log.push(_("Document Type is not submittable"))
		return False
	if ptype == "import" and not meta.allow_import:
		check_log.push(_("Document Type is not importable"))
		return False
	if get_role_permissions(meta, user=user).get(ptype):
		return True
	check_log.push(
		_("User {0} does not have doctype access via role permission for document {1}").format(
			frappe.bold(user), frappe.bold(_(doctype))
		)
	)
	return False


def _is_shared(doctype: str, ptype: str, doc: Any, user: str) -> bool:
	if ptype not in rules.SHARED_RIGHTS:
		return False
	from frappe.share import get_shared

	rights = [ptype if ptype not in ("email", "print") else "read"]
	if doc is None or doc == "":
		return bool(get_shared(doctype, user, rights, limit=1))
	name = doc if isinstance(doc, str | int) else doc.get("name")
	if not name:
		return False
	return bool(get_shared(doctype, user, rights, filters=[["share_name", "=", str(name)]], limit=1))


def get_doc_permissions(
	doc: Any, user: str | None = None, ptype: str | None = None, debug: bool = False
) -> dict:
	"""Return the rights of a user on a document, shares left out.

	Args:
		doc: a document.
		ptype: the right in question; a `has_permission` hook that denies it leaves only `{ptype: 0}`.
	"""
	user = user or frappe.session.user
	meta = frappe.get_meta(doc.get("doctype"))
	if has_controller_permissions(doc, ptype, user=user) is False:
		check_log.push(_("Not allowed via controller permission check"))
		return {ptype: 0}
	is_owner = (doc.get("owner") or "").lower() == user.lower()
	by_role = get_role_permissions(meta, user=user, is_owner=is_owner)
	return rules.document_permissions(
		by_role,
		is_owner,
		bool(meta.is_submittable),
		bool(meta.allow_import),
		user == "Administrator" or has_user_permission(doc, user),
	)


def has_controller_permissions(
	doc: Any, ptype: str | None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""Ask the `has_permission` hooks: False as soon as one says False, True if one says True, else None.

	Hooks can deny what roles allow, never the other way round.
	"""
	methods = _permission_hooks(doc.get("doctype"))
	if not methods or user == "Administrator":
		return None
	answers = [
		frappe.call(frappe.get_attr(method), doc=doc, ptype=ptype, user=user, debug=False)
		for method in methods
	]
	if any(answer is not None and not answer for answer in answers):
		return False
	return True if any(answers) else None


def _permission_hooks(doctype: str) -> list[str]:
	hooks = frappe.get_hooks("has_permission", {})
	return [*hooks.get(doctype, ()), *hooks.get("*", ())]


def has_child_permission(
	child_doctype: str,
	ptype: str = "read",
	child_doc: Any = None,
	user: str | None = None,
	raise_exception: bool = True,
	*,
	parent_doctype: str | None = None,
	debug: bool = False,
) -> bool:
	"""Tell whether a user has a right on a child table; the rights on its parent count."""
	parent = parent_doctype
	if isinstance(child_doc, str | int):
		row = frappe.db.get_value(
			child_doctype, child_doc, ("parent", "parenttype", "parentfield"), as_dict=True
		)
		if not row:
			return False
		child_doc = row
	if child_doc is not None and child_doc != "":
		parent = child_doc.get("parenttype") or parent_doctype
	if not parent or not is_parent_valid(child_doctype, parent):
		check_log.push(
			_("Please specify a valid parent DocType for {0}").format(frappe.bold(_(child_doctype)))
		)
		return False
	if not _may_see_table(parent, child_doctype, child_doc, user):
		check_log.push(_("Insufficient Permission Level for {0}").format(frappe.bold(_(parent))))
		return False
	parent_doc = (getattr(child_doc, "parent_doc", None) or child_doc.get("parent")) if child_doc else None
	return has_permission(parent, ptype, doc=parent_doc, user=user)


def _may_see_table(parent: str, child_doctype: str, child_doc: Any, user: str | None) -> bool:
	meta = frappe.get_meta(parent)
	fieldname = child_doc.get("parentfield") if child_doc else None
	fields = [
		df
		for df in meta.get_table_fields()
		if df.options == child_doctype and (not fieldname or df.fieldname == fieldname)
	]
	if not fields:
		return False
	levels = {int(df.permlevel or 0) for df in fields}
	if 0 in levels:
		return True
	from frappe.permissions.roles import get_roles

	return bool(levels & rules.readable_levels(meta.get("permissions") or (), get_roles(user)))


def is_parent_valid(child_doctype: str, parent_doctype: str) -> bool:
	"""Tell whether a DocType has a table field for a child table and is no child table itself."""
	parent_meta = frappe.get_meta(parent_doctype)
	return not parent_meta.istable and any(
		df.options == child_doctype for df in parent_meta.get_table_fields()
	)


def check_doctype_permission(doctype: str, ptype: str = "read") -> None:
	"""Refuse when the current user lacks a right on a DocType; used before "not found" is told.

	Raises:
		PermissionError: he lacks it.
	"""
	if not frappe.has_permission(doctype, ptype):
		frappe.throw(
			_("Insufficient Permission for {0}").format(frappe.bold(_(doctype))), frappe.PermissionError
		)


def can_import(doctype: str, raise_exception: bool = False) -> bool:
	"""Tell whether the current user may import documents of a DocType."""
	return _may(doctype, "import", raise_exception)


def can_export(doctype: str, raise_exception: bool = False) -> bool:
	"""Tell whether the current user may export documents of a DocType, be it only those he owns."""
	if has_permission(doctype, "export", print_logs=False):
		return True
	by_role = get_role_permissions(doctype)
	allowed = "export" in (by_role.get("if_owner") or {})
	if not allowed and raise_exception:
		_refuse(doctype, "export")
	return allowed


def _may(doctype: str, right: str, raise_exception: bool) -> bool:
	allowed = has_permission(doctype, right, print_logs=False)
	if not allowed and raise_exception:
		_refuse(doctype, right)
	return allowed


def _refuse(doctype: str, right: str) -> None:
	frappe.throw(
		_("You are not allowed to {0} {1} doctype").format(_(right), _(doctype)), frappe.PermissionError
	)
