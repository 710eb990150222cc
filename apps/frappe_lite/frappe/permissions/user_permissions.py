"""User Permission: documents a user is limited to, read once and kept until any user's access changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.kernel.cache import ACCESS, shared
from frappe.permissions import check_log, rules


def get_user_permissions(user: str | None = None) -> dict[str, list]:
	"""Return `{DocType: [{doc, applicable_for, is_default, hide_descendants}]}` of a user.

	A value of a tree DocType stands for its descendants too, unless they are hidden.
	"""
	user = user or frappe.session.user
	if user in ("Administrator", "Guest", None):
		return {}
	kept = shared("user_permissions", ACCESS)
	if user not in kept:
		kept[user] = _read(user)
	return kept[user]


def _read(user: str) -> dict[str, list]:
	if frappe.flags.in_install_db:
		return {}
	rows = frappe.db.sql(
		"""select `allow`, `for_value`, `applicable_for`, `is_default`, `hide_descendants`
		from `tabUser Permission` where `user` = %s order by `creation`, `name`""",
		user,
		as_dict=True,
	)
	found: dict[str, list] = {}
	for row in rows:
		entries = found.setdefault(row.allow, [])
		entries.append(_entry(row.for_value, row))
		entries.extend(_entry(name, row, is_default=0) for name in _descendants(row))
	return found


def _entry(doc: str, row: Any, is_default: int | None = None) -> Any:
	return frappe._dict(
		doc=doc,
		applicable_for=row.applicable_for,
		is_default=row.is_default if is_default is None else is_default,
		hide_descendants=row.hide_descendants,
	)


def _descendants(row: Any) -> list[str]:
	if row.hide_descendants or not frappe.get_meta(row.allow).is_nested_set():
		return []
	from frappe.utils.nestedset import get_descendants_of

	return get_descendants_of(row.allow, row.for_value, ignore_permissions=True)


def has_user_permission(doc: Any, user: str | None = None, debug: bool = False) -> bool:
	"""Tell whether the user permissions of a user let him see a document; reasons go to the check log."""
	permissions = get_user_permissions(user)
	if not permissions or doc.get("doctype") == "User Permission":
		return True
	refusal = rules.refused_by_user_permissions(
		permissions, doc.get("doctype"), saved_name(doc), links_of(doc), is_strict()
	)
	if refusal is None:
		return True
	check_log.push(_reason(doc, refusal))
	return False


def is_strict() -> bool:
	"""Tell whether empty links are refused as well (System Settings: Apply Strict User Permissions)."""
	return bool(frappe.get_system_settings("apply_strict_user_permissions"))


def saved_name(doc: Any) -> str | None:
	"""Return the name of a stored document, None for one that is being created."""
	is_new = doc.get("__islocal") or doc.get("__unsaved_new")
	return None if is_new or doc.get("name") is None else str(doc.get("name"))


def links_of(doc: Any) -> Iterator[rules.LinkValue]:
	"""Yield the links of a document and of its rows that user permissions may restrict."""
	meta = frappe.get_meta(doc.get("doctype"))
	yield from _links(meta, doc, None)
	for table in meta.get_table_fields():
		row_meta = frappe.get_meta(table.options)
		if not restrictable_links(row_meta):
			continue
		for row in doc.get(table.fieldname) or []:
			yield from _links(row_meta, row, row.get("idx"))


def _links(meta: Any, doc: Any, idx: int | None) -> Iterator[rules.LinkValue]:
	for df in restrictable_links(meta):
		yield rules.LinkValue(df.options, doc.get(df.fieldname), df.label or df.fieldname, idx)


def restrictable_links(meta: Any) -> list:
	"""Return the Link fields of a DocType that do not ignore user permissions."""
	return [df for df in meta.get_link_fields() if not df.ignore_user_permissions]


def _reason(doc: Any, refusal: rules.Refusal) -> str:
	doctype = doc.get("doctype")
	if refusal.link is None:
		return _("Not allowed for {0}: {1}").format(_(doctype), doc.get("name"))
	target, value, label, row = refusal.link
	if not value:
		return _("You are not allowed to access this {0} record because {1} is empty").format(
			_(doctype), _(label)
		)
	if row:
		return _(
			"You are not allowed to access this {0} record"
			" because it is linked to {1} '{2}' in row {3}, field {4}"
		).format(_(doctype), _(target), value, row, _(label))
	return _(
		"You are not allowed to access this {0} record because it is linked to {1} '{2}' in field {3}"
	).format(_(doctype), _(target), value, _(label))


def get_allowed_docs_for_doctype(user_permissions: list, doctype: str) -> list[str]:
	"""Return the values of `user_permissions` that count for documents of `doctype`."""
	return rules.allowed_values(user_permissions, doctype)


def filter_allowed_docs_for_doctype(
	user_permissions: list, doctype: str, with_default_doc: bool = True
) -> Any:
	"""Return the allowed values for `doctype`, with the default one as a second item unless not wanted."""
	allowed = rules.allowed_values(user_permissions, doctype)
	if not with_default_doc:
		return allowed
	return allowed, rules.default_value(user_permissions, doctype)
