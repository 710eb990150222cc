"""User: a person or program that can log in."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import STANDARD_USERS, _
from frappe.core.doctype.user.api import (
	generate_keys,
	get_all_roles,
	get_roles,
	get_timezones,
	reset_password,
	sign_up,
	switch_theme,
	test_password_strength,
	update_password,
	user_query,
	verify_password,
)
from frappe.core.doctype.user.password_strength import check_password_strength
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES
from frappe.permissions.roles import forget_access
from frappe.utils import cint, now_datetime, validate_email_address

__all__ = [
	"User",
	"generate_keys",
	"get_all_roles",
	"get_permission_query_conditions",
	"get_roles",
	"get_timezones",
	"has_permission",
	"reset_password",
	"sign_up",
	"switch_theme",
	"test_password_strength",
	"update_password",
	"user_query",
	"verify_password",
]

FALLBACK_THROTTLE = 60


class User(Document):
	"""A user; its name is the e-mail address."""

	def autoname(self) -> None:
		"""Name the user by his e-mail address; Administrator and Guest keep their names."""
		if self.get("is_admin") or self.get("is_guest"):
			self.name = self.first_name
			return
		if self.name in STANDARD_USERS:
			return
		self.email = (self.email or "").strip().lower()
		self.name = self.email

	def onload(self) -> None:
		"""Give the form the modules of the bench."""
		from frappe.utils.modules import get_modules_from_all_apps

		self.set_onload(
			"all_modules", sorted({row.get("module_name") for row in get_modules_from_all_apps()})
		)

	def before_insert(self) -> None:
		"""Throttle mass creation."""
		self.flags.in_insert = True
		self.throttle_user_creation()

	def validate(self) -> None:
		"""Check and complete the user."""
		self.take_password()
		self.validate_email()
		self.set_names()
		self.set_username()
		self.apply_role_profile()
		self.drop_unusual_roles()
		self.set_user_type()
		self.protect_standard_users()
		self.set_time_zone()
		self.add_social_login()
		self.check_new_password()

	def after_insert(self) -> None:
		"""Give the user his notification settings."""
		self.create_notification_settings()

	def on_update(self) -> None:
		"""Store the password, let changed rights take effect, share the user with himself."""
		self.store_password()
		self.share_with_self()
		forget_access()
		if not self.enabled:
			self.end_sessions()
		self.send_welcome()
		self.warn_without_roles()

	def on_trash(self) -> None:
		"""Refuse to delete standard users and leave nothing of a deleted one behind."""
		if self.name in STANDARD_USERS:
			frappe.throw(_("User {0} cannot be deleted").format(self.name))
		self.end_sessions()
		for doctype, field in (("DocShare", "user"), ("User Permission", "user")):
			frappe.db.delete(doctype, {field: self.name})
		frappe.db.sql("delete from `__Auth` where `doctype` = 'User' and `name` = %s", self.name)
		frappe.db.delete("ToDo", {"allocated_to": self.name})
		forget_access()

	def before_rename(self, old_name: str, new_name: str, merge: bool = False) -> None:
		"""Refuse to rename standard users and to a name that is no e-mail address."""
		if old_name in STANDARD_USERS:
			frappe.throw(_("User {0} cannot be renamed").format(old_name))
		validate_email_address(new_name.strip(), throw=True)

	def after_rename(self, old_name: str, new_name: str, merge: bool = False) -> None:
		"""Follow the new name: e-mail address, password; the user has to log in again."""
		if not merge:
			frappe.db.sql(
				"update `__Auth` set `name` = %s where `doctype` = 'User' and `name` = %s",
				(new_name, old_name),
			)
		frappe.db.sql("delete from `tabSessions` where `user` = %s", old_name)
		frappe.db.set_value("User", new_name, "email", new_name)
		forget_access()

	# ---- validate
	def throttle_user_creation(self) -> None:
		"""Refuse more new users within an hour than the site allows (`throttle_user_limit`, 60).

		Raises:
			ValidationError: too many.
		"""
		if (
			frappe.flags.in_import
			or frappe.flags.in_install
			or frappe.flags.in_test
			or frappe.local.request is None
		):
			return
		from frappe.utils import add_to_date

		since = add_to_date(now_datetime(), hours=-1)
		recent = frappe.db.sql("select count(*) from `tabUser` where `creation` > %s", since)[0][0]
		if recent > cint(frappe.conf.throttle_user_limit or FALLBACK_THROTTLE):
			frappe.throw(_("Throttled"))

	def take_password(self) -> None:
		"""Keep a new password aside: it is stored by the password module, never in the document."""
		given = self.get("new_password") or None
		self._new_password = None if given and set(given) == {"*"} else given
		self.new_password = ""

	def validate_email(self) -> None:
		"""Refuse what is no e-mail address."""
		if self.name in STANDARD_USERS:
			return
		self.email = (self.email or "").strip().lower()
		validate_email_address(self.email, throw=True)

	def set_names(self) -> None:
		"""Build the full name."""
		parts = (self.first_name, self.middle_name, self.last_name)
		self.full_name = " ".join(part.strip() for part in parts if part and part.strip())

	def set_username(self) -> None:
		"""Choose a user name when none is given; refuse one that is taken."""
		if not self.username and self.is_new() and self.first_name:
			self.username = self.suggest_username()
		if not self.username:
			self.username = None
			return
		self.username = self.username.strip(" @")
		if self.username_exists(self.username):
			if self.is_new() and not self.flags.username_given:
				self.username = self.suggest_username()
				return
			frappe.throw(_("Username {0} already exists").format(self.username))

	def suggest_username(self) -> str:
		"""Return a free user name made of the first name, else of the e-mail address."""
		base = frappe.scrub(self.first_name or "")
		candidates = [base, (self.email or "").split("@", 1)[0], self.email or self.name]
		for candidate in candidates:
			if candidate and not self.username_exists(candidate):
				return candidate
		return f"{base}{frappe.generate_hash(length=4)}"

	def username_exists(self, username: str) -> bool:
		"""Tell whether another user has this user name."""
		return bool(frappe.db.get_value("User", {"username": username, "name": ("!=", self.name or "")}))

	def apply_role_profile(self) -> None:
		"""Take the roles of the role profile."""
		if not self.role_profile_name:
			return
		profile = frappe.get_doc("Role Profile", self.role_profile_name)
		self.set("roles", [])
		self.append_roles(*[row.role for row in profile.roles])

	def drop_unusual_roles(self) -> None:
		"""Leave out roles everybody has anyway, roles given twice and disabled ones."""
		disabled = set(frappe.get_all("Role", filters={"disabled": 1}, pluck="name"))
		seen: set[str] = set()
		kept = []
		for row in self.get("roles") or []:
			automatic = row.role in AUTOMATIC_ROLES and row.role not in self.name_roles()
			if row.role and row.role not in seen and row.role not in disabled and not automatic:
				seen.add(row.role)
				kept.append(row)
		if len(kept) != len(self.get("roles") or []):
			self.set("roles", kept)

	def name_roles(self) -> tuple[str, ...]:
		"""Return the automatic role a standard user carries as a row."""
		return (self.name,) if self.name in STANDARD_USERS else ("Desk User",)

	def set_user_type(self) -> None:
		"""A user with a role of the desk is a System User, any other a Website User."""
		if self.name in STANDARD_USERS:
			self.user_type = "System User" if self.name == "Administrator" else "Website User"
			return
		roles = [row.role for row in self.get("roles") or []]
		self.user_type = "System User" if self.has_desk_access(roles) else "Website User"

	@staticmethod
	def has_desk_access(roles: list[str]) -> bool:
		"""Tell whether one of the roles opens the desk."""
		return bool(roles) and bool(
			frappe.get_all("Role", filters={"desk_access": 1, "name": ("in", roles)}, limit=1)
		)

	def protect_standard_users(self) -> None:
		"""Refuse to disable Administrator, and Guest by others; System Manager roles stay with
		Administrator."""
		if self.name == "Administrator" and not cint(self.enabled):
			frappe.throw(_("User {0} cannot be disabled").format(self.name))
		if not self.is_new() and self.name == frappe.session.user and not cint(self.enabled):
			frappe.throw(_("You cannot disable yourself"))
		self.keep_one_manager()

	def keep_one_manager(self) -> None:
		"""Warn when nobody but Administrator manages the site any more: nothing is refused, Administrator
		remains."""
		if self.name == "Administrator" and "System Manager" not in [
			row.role for row in self.get("roles") or []
		]:
			self.append_roles("System Manager")

	def set_time_zone(self) -> None:
		"""Take the site's time zone unless one is chosen."""
		if not self.time_zone:
			from frappe.utils import get_system_timezone

			self.time_zone = get_system_timezone()

	def add_social_login(self) -> None:
		"""Give the user an id that does not change with his name."""
		if self.name in STANDARD_USERS or self.get_social_login_userid("frappe"):
			return
		self.append("social_logins", {"provider": "frappe", "userid": frappe.generate_hash(length=39)})

	def get_social_login_userid(self, provider: str) -> str | None:
		"""Return the user's id at a provider."""
		for row in self.get("social_logins") or []:
			if row.provider == provider:
				return row.userid
		return None

	def set_social_login_userid(self, provider: str, userid: str, username: str | None = None) -> None:
		"""Set the user's id at a provider."""
		self.append("social_logins", {"provider": provider, "userid": userid, "username": username})

	def check_new_password(self) -> None:
		"""Refuse a weak new password when the site asks for strong ones.

		Raises:
			ValidationError: it is too weak.
		"""
		if not self._new_password or self.flags.ignore_password_policy:
			return
		if not cint(frappe.get_system_settings("enable_password_policy")):
			return
		check_password_strength(
			self._new_password, [self.name, self.first_name, self.last_name, self.username]
		)

	# ---- on_update
	def store_password(self) -> None:
		"""Store the new password; by default it ends the user's other sessions."""
		password, self._new_password = getattr(self, "_new_password", None), None
		if not password:
			return
		from frappe.utils.password import update_password as store

		logout = bool(self.logout_all_sessions) and not self.flags.in_insert
		store(self.name, password, logout_all_sessions=logout)
		frappe.db.set_value(
			"User", self.name, "last_password_reset_date", now_datetime().date(), update_modified=False
		)

	def share_with_self(self) -> None:
		"""Let the user see and change his own data, except roles and rights (permission level 1)."""
		if self.name in STANDARD_USERS:
			return
		from frappe.share import add_docshare, get_share_name

		if not get_share_name("User", self.name, self.name, 0):
			add_docshare(
				"User", self.name, self.name, write=1, share=1, flags={"ignore_share_permission": True}
			)

	def end_sessions(self) -> None:
		"""Log the user out everywhere."""
		frappe.db.sql("delete from `tabSessions` where `user` = %s", self.name)

	def create_notification_settings(self) -> None:
		"""Create the user's Notification Settings."""
		if self.name == "Guest" or not frappe.db.exists("DocType", "Notification Settings"):
			return
		from frappe.desk.doctype.notification_settings.notification_settings import (
			create_notification_settings,
		)

		create_notification_settings(self.name)

	def send_welcome(self) -> None:
		"""Mail a new user a link with which he sets his password."""
		new, self.flags.in_insert = self.flags.in_insert, False
		if (
			not new
			or self.name in STANDARD_USERS
			or not cint(self.send_welcome_email)
			or self.flags.no_welcome_mail
		):
			return
		self.send_welcome_mail_to_user()

	def warn_without_roles(self) -> None:
		"""Tell the person at the desk when the user can do nothing yet."""
		if self.name not in STANDARD_USERS and not self.get("roles") and not self.flags.no_role_warning:
			frappe.msgprint(
				_("Newly created user {0} has no roles enabled.").format(frappe.bold(self.name)),
				title=_("No Roles Specified"),
				indicator="orange",
				primary_action={
					"label": _("Add Roles"),
					"client_action": "frappe.set_route",
					"args": ["Form", self.doctype, self.name],
				},
			)
			self.flags.no_role_warning = True

	# ---- roles
	def append_roles(self, *roles: str) -> None:
		"""Add roles without saving."""
		current = [row.role for row in self.get("roles") or []]
		for role in roles:
			if role not in current:
				self.append("roles", {"role": role})

	def add_roles(self, *roles: str) -> None:
		"""Add roles and save."""
		self.append_roles(*roles)
		self.save()

	def remove_roles(self, *roles: str) -> None:
		"""Take roles away and save."""
		self.set("roles", [row for row in self.get("roles") or [] if row.role not in roles])
		self.save()

	def remove_all_roles_for_guest(self) -> None:
		"""Take all roles but Guest away."""
		self.set("roles", [row for row in self.get("roles") or [] if row.role == "Guest"])

	def disable_email_fields_if_user_disabled(self) -> None:
		"""Stop mails to a disabled user."""
		if not self.enabled:
			self.thread_notify = self.send_me_a_copy = self.allowed_in_mentions = 0

	# ---- passwords
	def reset_password(self, send_email: bool = False, password_expired: bool = False) -> str:
		"""Return a link with which the user sets a new password; mail it if asked."""
		from frappe.utils import get_url
		from frappe.utils.password_reset import hash_key

		key = frappe.generate_hash()
		self.db_set("reset_password_key", hash_key(key))
		self.db_set("last_reset_password_key_generated_on", now_datetime())
		url = f"/update-password?key={key}"
		if password_expired:
			url = f"/update-password?key={key}&password_expired=true"
		link = get_url(url)
		if send_email:
			self.password_reset_mail(link)
		return link

	def password_reset_mail(self, link: str) -> None:
		"""Mail the link of a password reset."""
		self._send_login_mail(
			_("Password Reset"), _("Please use this link to set a new password: {0}").format(link)
		)

	def send_welcome_mail_to_user(self) -> None:
		"""Mail the link with which a new user sets his password."""
		link = self.reset_password()
		self._send_login_mail(
			_("Welcome"), _("An account was created for you. Set your password here: {0}").format(link)
		)

	def _send_login_mail(self, subject: str, message: str) -> None:
		frappe.sendmail(recipients=self.email, subject=subject, message=message, delayed=True)

	@classmethod
	def find_by_credentials(cls, user_name: str, password: str, validate_password: bool = True) -> Any:
		"""Return the user of a login: `{name, enabled, is_authenticated}`, None when there is none.

		Args:
			user_name: e-mail address, or user name / mobile number when the site allows them for login.
		"""
		settings = frappe.get_cached_doc("System Settings")
		fields = ["name"]
		if cint(settings.get("allow_login_using_user_name")):
			fields.append("username")
		if cint(settings.get("allow_login_using_mobile_number")):
			fields.append("mobile_no")
		condition = " or ".join(f"`{field}` = %(user)s" for field in fields)
		rows = frappe.db.sql(
			f"select `name`, `enabled` from `tabUser` where {condition} limit 1",
			{"user": user_name},
			as_dict=True,
		)
		from frappe.core.doctype.user.password_strength import spend_time_like_a_check
		from frappe.utils.password import check_password

		if not rows:
			spend_time_like_a_check(password)
			return None
		found = rows[0]
		found.is_authenticated = True
		if validate_password:
			try:
				check_password(found.name, password)
			except frappe.AuthenticationError:
				found.is_authenticated = False
		return found

	def get_blocked_modules(self) -> list[str]:
		"""Return the modules hidden from the user."""
		return [row.module for row in self.get("block_modules") or []]


def has_permission(
	doc: Any, user: str | None = None, ptype: str | None = None, debug: bool = False
) -> bool | None:
	"""Deny everybody but Administrator the standard users (hook `has_permission`)."""
	user = user or frappe.session.user
	if doc.name in STANDARD_USERS and user != "Administrator":
		return False
	return None


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Leave standard users out of lists (hook `permission_query_conditions`)."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	names = ", ".join(frappe.db.escape(name, percent=False) for name in STANDARD_USERS)
	return f"`tabUser`.`name` not in ({names})"
