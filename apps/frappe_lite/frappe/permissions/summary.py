"""Rights of a user on all DocTypes at once, for the desk's menus and buttons."""

from __future__ import annotations

import frappe
from frappe.kernel.cache import shared
from frappe.permissions import rules
from frappe.permissions.roles import role_key

KEYS = {
	"can_select": "select",
	"can_read": "read",
	"can_write": "write",
	"can_create": "create",
	"can_delete": "delete",
	"can_submit": "submit",
	"can_cancel": "cancel",
	"can_print": "print",
	"can_email": "email",
	"can_export": "export",
	"can_import": "import",
	"can_get_report": "report",
}


def rights_by_doctype(user: str) -> dict[str, list[str]]:
	"""Return `{can_read: [DocTypes], can_write: […], …}` by the roles of a user, with DocTypes shared with
	him.

	`can_search` lists what he may read and that is no part of another; `all_read` what he may read anywhere.
	"""
	kept = shared("rights_by_doctype")
	key = (user == "Administrator", role_key(user))
	if key not in kept:
		kept[key] = _gather(user, key[1])
	answer = {name: list(doctypes) for name, doctypes in kept[key].items()}
	if user != "Administrator":
		_add_shared(answer, user)
	return answer


def _gather(user: str, roles: tuple[str, ...]) -> dict[str, list[str]]:
	answer: dict[str, list[str]] = {name: [] for name in (*KEYS, "can_search", "all_read", "in_create")}
	for doctype, facts in _doctypes().items():
		if facts.istable:
			continue
		if user == "Administrator":
			rights: dict = rules.everything()
		else:
			rights = rules.role_permissions(facts.rows, roles, is_owner=True)
			rights.update(rights["if_owner"])
		_sort_in(answer, doctype, rights, facts)
	return answer


def _sort_in(answer: dict[str, list[str]], doctype: str, rights: dict, facts: frappe._dict) -> None:
	for name, right in KEYS.items():
		if not rights.get(right):
			continue
		if (right in ("submit", "cancel") and not facts.is_submittable) or (
			right == "import" and not facts.allow_import
		):
			continue
		answer[name].append(doctype)
	if rights.get("read"):
		answer["all_read"].append(doctype)
		if not facts.issingle:
			answer["can_search"].append(doctype)
	if rights.get("create") and facts.in_create:
		answer["in_create"].append(doctype)


def _doctypes() -> dict[str, frappe._dict]:
	kept = shared("permission_rows")
	if not kept:
		rows = frappe.db.sql(
			"select `name`, `istable`, `issingle`, `is_submittable`, `allow_import`, `in_create`"
			" from `tabDocType`",
			as_dict=True,
		)
		found = {row.name: frappe._dict(row, rows=[]) for row in rows}
		customised = set()
		for table in ("Custom DocPerm", "DocPerm"):
			for row in frappe.db.sql(f"select * from `tab{table}`", as_dict=True):
				if row.parent in found and not (table == "DocPerm" and row.parent in customised):
					found[row.parent].rows.append(row)
			if table == "Custom DocPerm":
				customised = {name for name, facts in found.items() if facts.rows}
		kept.update(found)
	return kept


def _add_shared(answer: dict[str, list[str]], user: str) -> None:
	from frappe.share import get_shared_doctypes

	for doctype in get_shared_doctypes(user):
		for name in ("can_read", "can_search", "all_read"):
			if doctype not in answer[name]:
				answer[name].append(doctype)
