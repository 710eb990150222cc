"""What roles allow: DocPerm rows of a DocType, replaced by its Custom DocPerm rows when there are any."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared
from frappe.permissions import rules
from frappe.permissions.roles import get_roles, role_key


def get_role_permissions(
	doctype_meta: Any, user: str | None = None, is_owner: bool | None = None, debug: bool = False
) -> Any:
	"""Return the rights of a user on a DocType by his roles.

	Args:
		doctype_meta: Meta or name of the DocType.
		user: the current one unless named.
		is_owner: whether he owns the document in question.

	Returns `{right: 0 | 1, if_owner: {right: 0 | 1}, has_if_owner_enabled: bool}`, for Administrator only
	the rights.
	"""
	user = user or frappe.session.user
	meta = frappe.get_meta(doctype_meta) if isinstance(doctype_meta, str) else doctype_meta
	if user == "Administrator":
		return frappe._dict(rules.everything())
	kept = shared("role_permissions")
	key = (meta.name, role_key(user), bool(is_owner))
	answer = kept.get(key)
	if answer is None:
		answer = kept[key] = rules.role_permissions(meta.get("permissions") or (), key[1], bool(is_owner))
	answer = frappe._dict(answer)
	answer["if_owner"] = dict(answer["if_owner"])
	return answer


def get_valid_perms(doctype: str | None = None, user: str | None = None) -> list:
	"""Return the DocPerm and Custom DocPerm rows that count for a user, of one DocType or of all."""
	roles = get_roles(user)
	customised = set(get_doctypes_with_custom_docperms())
	rows = _rows_for(roles, "Custom DocPerm", doctype)
	rows += [row for row in _rows_for(roles, "DocPerm", doctype) if row.parent not in customised]
	return rows


def _rows_for(roles: list[str], perm_doctype: str, doctype: str | None) -> list:
	filters: dict[str, Any] = {"role": ("in", roles), "docstatus": 0}
	if doctype:
		filters["parent"] = doctype
	return list(frappe.get_all(perm_doctype, fields=["*"], filters=filters, limit_page_length=0))


def get_all_perms(role: str) -> list:
	"""Return the permission rows that count for a role, of all DocTypes."""
	customised = set(get_doctypes_with_custom_docperms())
	rows = list(frappe.get_all("Custom DocPerm", fields=["*"], filters={"role": role}, limit_page_length=0))
	standard = frappe.get_all("DocPerm", fields=["*"], filters={"role": role}, limit_page_length=0)
	return rows + [row for row in standard if row.parent not in customised]


def get_doctypes_with_custom_docperms() -> list[str]:
	"""Return the DocTypes whose standard permissions are replaced on this site."""
	return [row[0] for row in frappe.db.sql("select distinct `parent` from `tabCustom DocPerm`")]


def get_doctypes_with_read(user: str | None = None) -> list[str]:
	"""Return the DocTypes on which a user has the right to read at level 0."""
	return sorted({row.parent for row in get_valid_perms(user=user) if row.read and not row.permlevel})
