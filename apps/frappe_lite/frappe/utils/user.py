"""Users, their roles, and what the desk needs to know of the current user's rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.types import _dict

RIGHTS = ("select", "read", "write", "create", "delete", "submit", "cancel", "amend", "print", "email")
RIGHTS += ("report", "import", "export", "set_user_permissions", "share")
DETAILS = ("name", "email", "full_name", "first_name", "last_name", "user_image", "language", "time_zone")
DETAILS += ("creation", "user_type", "desk_theme", "document_follow_notify", "mute_sounds", "send_me_a_copy")


class UserPermissions:
	"""What a user may do with each DocType, as lists of DocTypes: `can_read`, `can_write` …"""

	def __init__(self, name: str = "") -> None:
		self.name = name or frappe.session.user
		self.roles: list[str] = []
		self.perm_map: dict[str, dict[str, int]] = {}
		self.doctype_map: dict[str, _dict] = {}
		self.lists: dict[str, list[str]] = {}

	def get_roles(self) -> list[str]:
		"""Return the user's roles."""
		if not self.roles:
			self.roles = frappe.get_roles(self.name)
		return self.roles

	def build_doctype_map(self) -> None:
		"""Read what of each DocType the lists depend on."""
		fields = ("name", "in_create", "issingle", "istable", "read_only", "module")
		self.doctype_map = {row.name: row for row in frappe.get_all("DocType", fields=list(fields))}

	def build_perm_map(self) -> None:
		"""Join the permission rows of the user's roles: DocType → rights at level 0."""
		from frappe.permissions.role_permissions import get_valid_perms

		for row in get_valid_perms(user=self.name):
			rights = self.perm_map.setdefault(row.parent, {})
			if not row.get("permlevel"):
				rights.update({right: 1 for right in RIGHTS if row.get(right)})

	def build_permissions(self) -> None:
		"""Make the lists."""
		self.build_doctype_map()
		self.build_perm_map()
		names = (
			"can_select",
			"can_create",
			"can_write",
			"can_read",
			"can_delete",
			"can_cancel",
			"can_get_report",
		)
		names += (
			"can_submit",
			"can_amend",
			"can_print",
			"can_email",
			"can_export",
			"can_import",
			"can_search",
		)
		self.lists = {
			name: [] for name in (*names, "can_share", "can_set_user_permissions", "all_read", "in_create")
		}
		self.lists["all_reports"] = []
		for doctype, row in self.doctype_map.items():
			if not row.istable:
				self._add(row, self._rights(doctype))

	def _rights(self, doctype: str) -> dict[str, int]:
		return dict.fromkeys(RIGHTS, 1) if self.name == "Administrator" else self.perm_map.get(doctype, {})

	def _add(self, row: _dict, rights: dict[str, int]) -> None:
		lists, doctype = self.lists, row.name
		for right in ("select", "read", "submit", "cancel", "amend", "print", "email", "delete", "share"):
			if rights.get(right):
				lists[f"can_{right}"].append(doctype)
		if rights.get("create") and not row.issingle:
			lists["in_create" if row.in_create else "can_create"].append(doctype)
		elif rights.get("write"):
			lists["can_write"].append(doctype)
		if rights.get("create") and rights.get("write") and doctype not in lists["can_write"]:
			lists["can_write"].append(doctype)
		self._add_reading(row, rights)

	def _add_reading(self, row: _dict, rights: dict[str, int]) -> None:
		lists, doctype = self.lists, row.name
		if rights.get("read"):
			lists["all_read"].append(doctype)
			if not row.read_only and not row.issingle:
				lists["can_search"].append(doctype)
		if rights.get("report"):
			lists["can_get_report"].append(doctype)
		for right in ("export", "import", "set_user_permissions"):
			if rights.get(right):
				lists[f"can_{right}"].append(doctype)

	def get_defaults(self) -> _dict:
		"""Return the user's defaults."""
		import frappe.defaults

		return frappe.defaults.get_defaults(self.name)

	def get_can_read(self) -> list[str]:
		"""Return the DocTypes the user may read."""
		if not self.lists:
			self.build_permissions()
		return self.lists["can_read"]

	@property
	def can_read(self) -> list[str]:
		"""DocTypes the user may read."""
		return self.get_can_read()

	def __getattr__(self, name: str) -> Any:
		if name.startswith("can_") or name in ("all_read", "in_create", "all_reports"):
			if not self.lists:
				self.build_permissions()
			if name in self.lists:
				return self.lists[name]
		raise AttributeError(name)

	def load_user(self) -> _dict:
		"""Return the user with his roles, defaults and lists, as the desk's boot has it."""
		if not self.lists:
			self.build_permissions()
		meta = frappe.get_meta("User")
		fields = [field for field in DETAILS if field in ("name", "creation") or meta.has_field(field)]
		user = frappe.db.get_value("User", self.name, fields, as_dict=True) or _dict(name=self.name)
		user.update(self.lists)
		user.roles = self.get_roles()
		user.defaults = self.get_defaults()
		return user


# ------------------------------------------------------------------ roles
def add_role(user: str, role: str) -> None:
	"""Give a user a role."""
	frappe.get_doc("User", user).add_roles(role)


def add_roles(user: str, *roles: str) -> None:
	"""Give a user roles."""
	frappe.get_doc("User", user).add_roles(*roles)


def get_users_with_role(role: str) -> list[str]:
	"""Return the enabled users who have a role."""
	return frappe.db.sql(
		"""select distinct r.`parent` from `tabHas Role` r join `tabUser` u on u.`name` = r.`parent`
		where r.`parenttype` = 'User' and r.`role` = %s and u.`enabled` = 1
		and u.`name` != 'Administrator'""",
		(role,),
		pluck=True,
	)


def get_system_managers(only_name: bool = False) -> list[str]:
	"""Return the enabled System Managers, as names or as `Name <address>`."""
	names = get_users_with_role("System Manager")
	return names if only_name else [frappe.utils.get_formatted_email(name) for name in names]


def get_enabled_system_users() -> list[_dict]:
	"""Return the enabled users of the desk with address, language and settings."""
	return frappe.get_all(
		"User",
		fields=["email", "language", "name"],
		filters={"user_type": "System User", "enabled": 1, "name": ("not in", ("Administrator", "Guest"))},
	)


def get_users() -> list[_dict]:
	"""Return the enabled users with their roles."""
	names = [row.name for row in get_enabled_system_users()]
	return [
		_dict(full_name=get_user_fullname(name), email=name, roles=frappe.get_roles(name)) for name in names
	]


def add_system_manager(
	email: str,
	first_name: str | None = None,
	last_name: str | None = None,
	send_welcome_email: bool = False,
	password: str | None = None,
) -> None:
	"""Create a user with the role System Manager and all others that are no automatic ones."""
	user = frappe.new_doc("User")
	user.update(
		{
			"name": email,
			"email": email,
			"enabled": 1,
			"first_name": first_name or email,
			"last_name": last_name,
			"user_type": "System User",
			"send_welcome_email": 1 if send_welcome_email else 0,
			"new_password": password,
		}
	)
	user.insert()
	user.add_roles("System Manager")


# ------------------------------------------------------------------ names and kinds
def get_user_fullname(user: str) -> str:
	"""Return a user's full name."""
	return frappe.utils.get_fullname(user)


def get_fullname_and_avatar(user: str) -> _dict:
	"""Return a user's full name, picture and name."""
	row = frappe.db.get_value("User", user, ["first_name", "last_name", "user_image", "name"], as_dict=True)
	full_name = " ".join(filter(None, [row.first_name, row.last_name]))
	return _dict(fullname=full_name, avatar=row.user_image, name=row.name)


def is_website_user(username: str | None = None) -> bool:
	"""Tell whether a user has no access to the desk."""
	return frappe.db.get_value("User", username or frappe.session.user, "user_type") == "Website User"


def is_system_user(username: str | None = None) -> str | None:
	"""Return a user's name when he has access to the desk."""
	filters = {"name": username or frappe.session.user, "enabled": 1, "user_type": "System User"}
	return frappe.db.get_value("User", filters)


def disable_users(limits: dict | None = None) -> None:
	"""Disable users beyond a number of users of the desk, those who were active last stay.

	Args:
		limits: {"users": number}.
	"""
	allowed = (limits or {}).get("users")
	if not allowed:
		return
	names = frappe.get_all(
		"User",
		filters={"user_type": "System User", "enabled": 1, "name": ("not in", ("Administrator", "Guest"))},
		order_by="last_active desc",
		pluck="name",
	)
	_disable(names[allowed:])


def _disable(names: Iterable[str]) -> None:
	for name in names:
		frappe.db.set_value("User", name, "enabled", 0)


def reset_simultaneous_sessions(user_limit: int) -> None:
	"""Share a number of simultaneous sessions evenly among users."""
	for user in frappe.get_all("User", filters={"enabled": 1}, fields=["name"], limit=user_limit):
		frappe.db.set_value("User", user.name, "simultaneous_sessions", 1)


def get_link_to_reset_password(user: str) -> str:
	"""Return a new link by which a user sets his password."""
	return frappe.get_doc("User", user).reset_password()
