"""The same rules as a condition of a list: rows a user may see, as one SQL expression."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.permissions import rules
from frappe.permissions.role_permissions import get_role_permissions
from frappe.permissions.user_permissions import get_user_permissions, is_strict, restrictable_links


def build_match_conditions(doctype: str, user: str | None = None, as_condition: bool = True) -> str:
	"""Return the SQL condition that limits a list of `doctype` to what a user may see, "" for no limit.

	Args:
		doctype: the DocType of the list.
		user: the current one unless named.

	Raises:
		PermissionError: he may not list the DocType at all, not even through shares.
	"""
	user = user or frappe.session.user
	meta = frappe.get_meta(doctype)
	by_role = get_role_permissions(meta, user=user)
	shared = [] if user == "Administrator" else _shared_names(doctype, user)
	if not meta.istable and not any(by_role.get(right) for right in rules.LISTING_RIGHTS):
		return _only_shared(doctype, shared)
	conditions = [*_own_conditions(meta, by_role, user), *hook_conditions(doctype, user)]
	if not conditions:
		return ""
	condition = " and ".join(f"({part})" for part in conditions)
	return f"(({condition}) or ({_share_condition(doctype, shared)}))" if shared else f"({condition})"


def shared_condition(doctype: str, user: str) -> str:
	"""Return the SQL condition for the documents shared with a user.

	Raises:
		PermissionError: none is.
	"""
	return _only_shared(doctype, _shared_names(doctype, user))


def _only_shared(doctype: str, shared: list[str]) -> str:
	if not shared:
		frappe.throw(_("No permission to read {0}").format(_(doctype)), frappe.PermissionError)
	return f"({_share_condition(doctype, shared)})"


def _shared_names(doctype: str, user: str) -> list[str]:
	from frappe.share import get_shared

	return get_shared(doctype, user)


def _share_condition(doctype: str, names: list[str]) -> str:
	return f"`tab{doctype}`.`name` in ({_quoted(names)})"


def _quoted(values: list[str]) -> str:
	return ", ".join(frappe.db.escape(str(value), percent=False) for value in values)


def _own_conditions(meta: Any, by_role: dict, user: str) -> list[str]:
	if rules.needs_owner_filter(by_role):
		return [f"`tab{meta.name}`.`owner` = {_quoted([user])}"]
	permissions = get_user_permissions(user)
	if not permissions or meta.name == "User Permission":
		return []
	return _user_permission_conditions(meta, permissions)


def _user_permission_conditions(meta: Any, permissions: dict) -> list[str]:
	strict = is_strict()
	conditions = []
	own = rules.allowed_values(permissions.get(meta.name, ()), meta.name)
	if own:
		conditions.append(f"`tab{meta.name}`.`name` in ({_quoted(own)})")
	for df in restrictable_links(meta):
		allowed = rules.allowed_values(permissions.get(df.options, ()), meta.name)
		if allowed:
			conditions.append(_link_condition(f"`tab{meta.name}`.`{df.fieldname}`", allowed, strict))
	for table in meta.get_table_fields():
		conditions.extend(_row_conditions(meta.name, table, permissions, strict))
	return conditions


def _link_condition(column: str, allowed: list[str], strict: bool) -> str:
	inside = f"{column} in ({_quoted(allowed)})"
	return inside if strict else f"ifnull({column}, '') = '' or {inside}"


def _row_conditions(doctype: str, table: Any, permissions: dict, strict: bool) -> list[str]:
	conditions = []
	for df in restrictable_links(frappe.get_meta(table.options)):
		allowed = rules.allowed_values(permissions.get(df.options, ()), doctype)
		if not allowed:
			continue
		fitting = _link_condition(f"`restricted`.`{df.fieldname}`", allowed, strict)
		conditions.append(
			f"not exists (select 1 from `tab{table.options}` as `restricted`"
			f" where `restricted`.`parent` = `tab{doctype}`.`name`"
			f" and `restricted`.`parenttype` = {_quoted([doctype])}"
			f" and `restricted`.`parentfield` = {_quoted([table.fieldname])} and not ({fitting}))"
		)
	return conditions


def hook_conditions(doctype: str, user: str) -> list[str]:
	"""Return the conditions that `permission_query_conditions` hooks and permission query scripts add."""
	conditions = []
	hooks = frappe.get_hooks("permission_query_conditions", {})
	for method in [*hooks.get(doctype, ()), *hooks.get("*", ())]:
		found = frappe.call(frappe.get_attr(method), user, doctype=doctype)
		if found:
			conditions.append(found)
	conditions.extend(_script_conditions(doctype, user))
	return conditions


def _script_conditions(doctype: str, user: str) -> list[str]:
	from frappe.core.doctype.server_script.server_script_utils import get_server_script_map

	script = get_server_script_map().get("permission_query", {}).get(doctype)
	if not script:
		return []
	found = frappe.get_cached_doc("Server Script", script).get_permission_query_conditions(user)
	return [found] if found else []
