"""Roles of users. They are read once and kept until any user's access changes."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import ACCESS, bump_site_version, shared

GUEST_ROLE = "Guest"
ALL_USER_ROLE = "All"
SYSTEM_USER_ROLE = "Desk User"
ADMIN_ROLE = "Administrator"
AUTOMATIC_ROLES = (GUEST_ROLE, ALL_USER_ROLE, SYSTEM_USER_ROLE, ADMIN_ROLE)


def get_roles(user: str | None = None, with_standard: bool = True) -> list[str]:
	"""Return the roles of a user, the current one unless named.

	Args:
		with_standard: include the roles everybody has by being who he is (All, Guest, Desk User).
	"""
	user = user or frappe.session.user
	if not user or user == "Guest":
		roles = (GUEST_ROLE,)
	else:
		kept = shared("roles", ACCESS)
		roles = kept.get(user)
		if roles is None:
			roles = kept[user] = _read_roles(user)
	return [role for role in roles if with_standard or role not in AUTOMATIC_ROLES]


def role_key(user: str) -> tuple[str, ...]:
	"""Return the roles of a user as a key of caches, shared by users with the same roles."""
	if not user or user == "Guest":
		return (GUEST_ROLE,)
	kept = shared("roles", ACCESS)
	if user not in kept:
		kept[user] = _read_roles(user)
	return kept[user]


def _read_roles(user: str) -> tuple[str, ...]:
	if user == "Administrator":
		return tuple(sorted(row[0] for row in frappe.db.sql("select `name` from `tabRole`")))
	rows = frappe.db.sql(
		"select distinct `role` from `tabHas Role` where `parenttype` = 'User' and `parent` = %s", user
	)
	roles = [role for (role,) in rows if role and role not in AUTOMATIC_ROLES]
	roles += [ALL_USER_ROLE, GUEST_ROLE]
	if is_system_user(user):
		roles.append(SYSTEM_USER_ROLE)
	return tuple(sorted(roles))


def is_system_user(user: str | None = None) -> bool:
	"""Tell whether a user is enabled and may open the desk."""
	return get_user_facts(user or frappe.session.user).get("user_type") == "System User"


def get_user_facts(user: str) -> dict[str, Any]:
	"""Return what every request needs of a User (enabled, user_type, full_name …), {} without one."""
	kept = shared("users", ACCESS)
	if user not in kept:
		row = frappe.db.sql(
			"select `enabled`, `user_type`, `full_name`, `user_image`, `language`, `time_zone`"
			" from `tabUser` where `name` = %s",
			user,
			as_dict=True,
		)
		kept[user] = dict(row[0]) if row else {}
	return kept[user]


def forget_access() -> None:
	"""Have every process read roles and user permissions anew once this transaction is committed."""
	bump_site_version(ACCESS)
	frappe.local.role_permissions = {}
	frappe.local.user_perms = None
