"""Whitelisted functions around users, under `frappe.core.doctype.user.user`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.user.password_strength import check_password_strength, password_score
from frappe.rate_limiter import rate_limit
from frappe.utils import cint, now_datetime
from frappe.utils.password_reset import hash_key

RESET_LINK_HOURS = 24


@frappe.whitelist()
def generate_keys(user: str) -> dict[str, str]:
	"""Give a user an API key, and a new secret, which is told this once.

	Raises:
		PermissionError: the caller is no System Manager.
	"""
	frappe.only_for("System Manager")
	doc = frappe.get_doc("User", user)
	doc.check_permission("write")
	secret = frappe.generate_hash(length=15)
	if not doc.api_key:
		doc.api_key = frappe.generate_hash(length=15)
	doc.api_secret = secret
	doc.save()
	return {"api_secret": secret}


@frappe.whitelist()
def get_all_roles(arg: str | None = None) -> list[str]:
	"""Return the roles that can be given to users."""
	from frappe.permissions import AUTOMATIC_ROLES

	filters = {"name": ("not in", (*AUTOMATIC_ROLES,)), "disabled": 0}
	return sorted(frappe.get_all("Role", filters=filters, pluck="name", limit_page_length=0))


@frappe.whitelist()
def get_roles(arg: str | None = None) -> list[str]:
	"""Return the roles of a user; of others only System Managers are told."""
	user = frappe.form_dict.get("uid") or frappe.session.user
	if user != frappe.session.user:
		frappe.only_for("System Manager")
	return frappe.get_roles(user)


@frappe.whitelist()
def get_timezones() -> dict[str, list[str]]:
	"""Return the names of time zones."""
	from zoneinfo import available_timezones

	return {"timezones": sorted(available_timezones())}


@frappe.whitelist()
def verify_password(password: str) -> None:
	"""Check the current user's password.

	Raises:
		AuthenticationError: it is not his.
	"""
	frappe.local.login_manager.check_password(frappe.session.user, password)


@frappe.whitelist()
def switch_theme(theme: str) -> None:
	"""Set the theme of the current user's desk."""
	if theme in ("Dark", "Light", "Automatic"):
		frappe.db.set_value("User", frappe.session.user, "desk_theme", theme)


@frappe.whitelist(allow_guest=True)
def test_password_strength(
	new_password: str, key: str | None = None, old_password: str | None = None, user_data: Any = None
) -> dict[str, Any]:
	"""Return `{score: 0–4, feedback: {suggestions, password_policy_validation_passed}}` of a password."""
	own = [frappe.session.user] if frappe.session.user != "Guest" else []
	score, advice = password_score(str(new_password or ""), own)
	wanted = cint(frappe.get_system_settings("minimum_password_score")) or 2
	passed = score >= wanted or not cint(frappe.get_system_settings("enable_password_policy"))
	return {
		"score": score,
		"feedback": {"suggestions": advice, "warning": "", "password_policy_validation_passed": passed},
	}


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=lambda: cint(frappe.get_system_settings("password_reset_limit")) or 3, seconds=60 * 60)
def reset_password(user: str) -> None:
	"""Mail a user a link for a new password; the answer does not tell whether he exists."""
	name = frappe.db.get_value("User", {"name": user, "enabled": 1})
	if name and name not in frappe.STANDARD_USERS:
		doc = frappe.get_doc("User", name)
		doc.reset_password(send_email=True)
	frappe.msgprint(
		_("Password reset instructions have been sent to your email"), title=_("Password Email Sent")
	)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=10, seconds=60 * 60)
def update_password(
	new_password: str,
	logout_all_sessions: int | str = 0,
	key: str | None = None,
	old_password: str | None = None,
) -> str:
	"""Set a new password, with the key of a reset link or with the old password, and log the user in.

	Returns the page to go to.

	Raises:
		ValidationError: the link is unknown or too old, or the password too weak.
		AuthenticationError: the old password is wrong.
	"""
	user = _user_of_key(key) if key else _user_of_password(old_password)
	doc = frappe.get_doc("User", user)
	if cint(frappe.get_system_settings("enable_password_policy")):
		check_password_strength(new_password, [doc.name, doc.first_name, doc.last_name, doc.username])
	from frappe.utils.password import update_password as store

	store(user, new_password, logout_all_sessions=bool(cint(logout_all_sessions)))
	doc.db_set("last_password_reset_date", now_datetime().date())
	doc.db_set("reset_password_key", "")
	frappe.local.login_manager.login_as(user)
	return "/app" if doc.user_type == "System User" else "/"


def _user_of_key(key: str) -> str:
	row = frappe.db.get_value(
		"User",
		{"reset_password_key": hash_key(key), "enabled": 1},
		["name", "last_reset_password_key_generated_on"],
		as_dict=True,
	)
	if not row:
		frappe.throw(_("The reset password link has either been used before or is invalid"))
	made = row.last_reset_password_key_generated_on
	if not made or now_datetime() - made > timedelta(hours=RESET_LINK_HOURS):
		frappe.throw(_("The reset password link has been expired"))
	return row.name


def _user_of_password(old_password: str | None) -> str:
	if frappe.session.user == "Guest" or not old_password:
		frappe.throw(_("Incomplete login details"), frappe.AuthenticationError)
	frappe.local.login_manager.check_password(frappe.session.user, old_password)
	return frappe.session.user


@frappe.whitelist(allow_guest=True)
def sign_up(email: str, full_name: str, redirect_to: str) -> None:
	"""Refuse: accounts are made by administrators.

	Raises:
		ValidationError: always.
	"""
	frappe.throw(_("Sign Up is disabled"), title=_("Not Allowed"))


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def user_query(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: Any) -> list:
	"""Return enabled users for a link field: rows of name and full name."""
	conditions = {"enabled": 1, "name": ("not in", frappe.STANDARD_USERS)}
	filters = frappe.parse_json(filters) or {}
	ignore_type = filters.pop("ignore_user_type", None) if isinstance(filters, dict) else None
	if not ignore_type:
		conditions["user_type"] = ("!=", "Website User")
	conditions = [
		[key, *(value if isinstance(value, tuple) else ("=", value))] for key, value in conditions.items()
	]
	if isinstance(filters, dict):
		conditions += [
			[key, *(value if isinstance(value, list) else ("=", value))] for key, value in filters.items()
		]
	like = f"%{txt}%"
	return frappe.get_list(
		"User",
		filters=conditions,
		fields=["name", "full_name"],
		limit_start=start,
		limit_page_length=page_len,
		order_by="full_name asc",
		or_filters=[[searchfield, "like", like], ["name", "like", like], ["full_name", "like", like]],
		as_list=True,
	)
