"""Role: what people of one kind may do."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES
from frappe.permissions.roles import forget_access

DESK_PROPERTIES = (
	"search_bar",
	"notifications",
	"list_sidebar",
	"bulk_actions",
	"view_switcher",
	"form_sidebar",
	"timeline",
	"dashboard",
)


class Role(Document):
	"""A role; users carry it in their table `roles`."""

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		"""Refuse to rename roles everybody has."""
		if old in AUTOMATIC_ROLES:
			frappe.throw(_("Standard roles cannot be renamed"))

	def validate(self) -> None:
		"""Keep automatic roles enabled and give desk properties only to roles of the desk."""
		if self.disabled:
			self.refuse_to_disable_automatic()
			self.take_from_users()
		self.set_desk_properties()

	def refuse_to_disable_automatic(self) -> None:
		"""Refuse to disable a role everybody has."""
		if self.name in AUTOMATIC_ROLES:
			frappe.throw(_("Standard roles cannot be disabled"))

	def take_from_users(self) -> None:
		"""Take a disabled role from everybody."""
		frappe.db.delete("Has Role", {"role": self.name})
		forget_access()

	def set_desk_properties(self) -> None:
		"""A role without desk access has none of the desk's parts."""
		if self.name == "Guest":
			self.desk_access = 0
		if not self.desk_access:
			for key in DESK_PROPERTIES:
				self.set(key, 0)

	def after_insert(self) -> None:
		"""Have the new role counted for Administrator, who has all."""
		forget_access()

	def on_update(self) -> None:
		"""Update the type of its users when desk access changed."""
		forget_access()
		if self.is_new() or self.flags.in_insert or frappe.flags.in_install:
			return
		if self.has_value_changed("desk_access") and self.get_doc_before_save():
			for name in get_users(self.name):
				user = frappe.get_doc("User", name)
				before = user.user_type
				user.set_user_type()
				if user.user_type != before:
					user.db_set("user_type", user.user_type)

	def on_trash(self) -> None:
		"""Refuse to delete roles everybody has; take the role from its users."""
		if self.name in AUTOMATIC_ROLES or self.name == "System Manager":
			frappe.throw(_("Standard roles cannot be deleted"))
		self.take_from_users()


def get_info_based_on_role(role: str, field: str = "email", ignore_permissions: bool = False) -> list:
	"""Return a field of every enabled user with a role."""
	users = frappe.get_all("Has Role", filters={"role": role, "parenttype": "User"}, pluck="parent")
	return get_user_info(users, field) if users else []


def get_user_info(users: list, field: str = "email") -> list:
	"""Return a field of the enabled users among `users`."""
	names = [user if isinstance(user, str) else user.get("user_name") or user.get("parent") for user in users]
	rows = frappe.get_all("User", filters={"name": ("in", names), "enabled": 1}, pluck=field)
	return [value for value in rows if value]


def get_users(role: str) -> list[str]:
	"""Return the users with a role."""
	return frappe.get_all(
		"Has Role", filters={"role": role, "parenttype": "User"}, pluck="parent", distinct=True
	)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def role_query(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: Any) -> list:
	"""Return enabled roles for a link field."""
	conditions = [
		["Role", "name", "like", f"%{txt}%"],
		["Role", "is_custom", "in", (0, 1)],
		["Role", "disabled", "=", 0],
	]
	return frappe.get_list(
		"Role",
		limit_start=start,
		limit_page_length=page_len,
		filters=conditions,
		as_list=True,
		order_by="name asc",
	)
