"""Who the current user is and which roles he has."""

from __future__ import annotations

from typing import Any

from frappe.kernel.context import local
from frappe.types import _dict


def set_user(username: str) -> None:
	"""Become a user; permission caches and form data of the context are forgotten."""
	local.session = _dict(user=username, sid=username, data=_dict())
	local.user = username
	local.user_obj = None
	local.role_permissions = {}
	local.form_dict = _dict()
	local.new_doc_templates = {}
	local.user_perms = None
	local.jenv = None


def get_user() -> Any:
	"""Return the rights of the current user as the desk's boot needs them."""
	from frappe.utils.user import UserPermissions

	if not local.user_obj or local.user_obj.name != local.session.user:
		local.user_obj = UserPermissions(local.session.user)
	return local.user_obj


def get_roles(username: str | None = None) -> list[str]:
	"""Return the roles of a user, the current one unless named; ["Guest"] without a session."""
	if not getattr(local, "session", None) or not local.session.get("user"):
		return ["Guest"]
	from frappe.permissions import get_roles as roles_of

	return roles_of(username or local.session.user)
