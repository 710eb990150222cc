"""Who sends a request: login and logout, session cookies, API keys, CSRF token."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Any
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.sessions import Session, clear_sessions, delete_session, expiry_seconds
from frappe.utils import cint, now_datetime

SAFE_HTTP_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
UNSAFE_HTTP_METHODS = frozenset(("POST", "PUT", "DELETE", "PATCH"))
LOGIN_PATHS = ("/api/method/login", "/api/v1/method/login")
COOKIES = ("full_name", "user_id", "sid", "user_image", "system_user")


class HTTPRequest:
	"""Puts the sender of the request into the context."""

	def __init__(self) -> None:
		self.set_request_ip()
		frappe.local.cookie_manager = CookieManager()
		frappe.local.login_manager = LoginManager()
		self.set_lang()
		self.validate_csrf_token()

	def set_request_ip(self) -> None:
		"""Take the address of the sender; proxies are believed when the site configures them."""
		request = frappe.local.request
		forwarded = request.headers.get("X-Forwarded-For") if frappe.conf.trust_proxy else None
		frappe.local.request_ip = (
			forwarded.split(",")[0].strip() if forwarded else request.remote_addr or "127.0.0.1"
		)

	def set_lang(self) -> None:
		"""Work in the language of the user or his browser."""
		from frappe.translate import get_language

		frappe.local.lang = get_language()

	def validate_csrf_token(self) -> None:
		"""Refuse writing requests of a session that has a token when they do not carry it.

		Raises:
			CSRFTokenError: the token is missing or another session's.
		"""
		request, session = frappe.local.request, frappe.local.session
		token = frappe.form_dict.pop("csrf_token", None)
		if request.method not in UNSAFE_HTTP_METHODS or not session:
			return
		saved = session.data.csrf_token if session.data else None
		if not saved or frappe.conf.ignore_csrf:
			return
		given = request.headers.get("X-Frappe-CSRF-Token") or token
		if given and hmac.compare_digest(str(given).encode(), saved.encode()):
			return
		frappe.flags.disable_traceback = True
		frappe.throw(_("Invalid Request"), frappe.CSRFTokenError)


class LoginManager:
	"""Login, logout and the session of the request."""

	def __init__(self) -> None:
		self.user: str | None = None
		self.info: dict[str, Any] = {}
		self.full_name: str | None = None
		self.user_type: str | None = None
		if frappe.form_dict.get("cmd") == "login" or frappe.local.request.path in LOGIN_PATHS:
			self.login()
		else:
			self.make_session(resume=True)
			self.user = frappe.session.user

	def login(self) -> None:
		"""Log in with `usr` and `pwd` of the request.

		Raises:
			AuthenticationError: they are not those of an enabled user.
		"""
		user, pwd = get_cached_user_pass()
		self.authenticate(user=user, pwd=pwd)
		self.post_login()

	def login_as(self, user: str) -> None:
		"""Start a session of a user whose identity was checked already."""
		self.user = user
		self.post_login()

	def login_as_guest(self) -> None:
		"""Go on as a guest."""
		self.user = "Guest"
		frappe.local.session = frappe._dict(user="Guest", sid="Guest", data=frappe._dict())

	def authenticate(self, user: str | None = None, pwd: str | None = None) -> None:
		"""Check a user's password; `user` may be his e-mail address, user name or mobile number if the
		site allows.

		Raises:
			AuthenticationError: incomplete, wrong, too often wrong, or the user is disabled.
		"""
		if not (user and pwd):
			self.fail(_("Incomplete login details"), user=user)
		user, pwd = str(user), str(pwd)
		from frappe.core.doctype.user.user import User

		trackers = _login_trackers(user)
		if not all(tracker.is_user_allowed() for tracker in trackers):
			frappe.local.response["http_status_code"] = 429
			self.fail(_("Your account has been locked and will resume after a while"), user=user)
		found = User.find_by_credentials(user, pwd)
		if not found or not found.is_authenticated:
			for tracker in trackers:
				tracker.add_failure_attempt()
			self.fail(_("Invalid login credentials"), user=user)
		if found.name != "Administrator" and not found.enabled:
			self.fail(_("User disabled or missing"), user=user)
		for tracker in trackers:
			tracker.add_success_attempt()
		self.user = found.name

	def fail(self, message: str, user: str | None = None) -> None:
		"""Note a failed login and end the request.

		Raises:
			AuthenticationError: always.
		"""
		frappe.local.response["message"] = message
		frappe.db.rollback()
		self.login_as_guest()
		add_authentication_log(message, user, status="Failed")
		frappe.db.commit()
		raise frappe.AuthenticationError

	def post_login(self) -> None:
		"""Start the session of the user whose identity is known."""
		self.run_trigger("on_login")
		validate_ip_address(self.user)
		self.validate_hour()
		self.get_user_info()
		self.make_session()
		self.set_user_info()
		add_authentication_log(_("{0} logged in").format(frappe.bold(self.full_name)), self.user)
		frappe.db.sql(
			"update `tabUser` set `last_login` = %(now)s, `last_active` = %(now)s, `last_ip` = %(ip)s"
			" where `name` = %(user)s",
			{"now": now_datetime(), "ip": frappe.local.request_ip, "user": self.user},
		)
		self.run_trigger("on_session_creation")

	def validate_hour(self) -> None:
		"""Refuse a login outside the hours the user may log in.

		Raises:
			AuthenticationError: it is too early or too late.
		"""
		hours = frappe.db.get_value("User", self.user, ["login_before", "login_after"], as_dict=True) or {}
		before, after, hour = (
			cint(hours.get("login_before")),
			cint(hours.get("login_after")),
			now_datetime().hour,
		)
		if (before and hour > before) or (after and hour < after):
			frappe.throw(_("Login not allowed at this time"), frappe.AuthenticationError)

	def get_user_info(self) -> None:
		"""Read what the cookies and the answer tell of the user."""
		from frappe.permissions.roles import get_user_facts

		self.info = get_user_facts(self.user)
		self.full_name = self.info.get("full_name") or self.user
		self.user_type = self.info.get("user_type") or "Website User"

	def make_session(self, resume: bool = False) -> None:
		"""Resume the session of the cookie, or start one of the user."""
		frappe.local.session_obj = Session(
			self.user or "Guest", resume=resume, full_name=self.full_name, user_type=self.user_type
		)
		frappe.local.user = frappe.local.session.user

	def set_user_info(self) -> None:
		"""Answer a login: message, start page, cookies."""
		out = frappe.local.response
		is_system_user = self.user_type == "System User"
		out["message"] = "Logged In" if is_system_user else "No App"
		out["home_page"] = "/app" if is_system_user else get_home_page()
		out["full_name"] = self.full_name
		cookies = frappe.local.cookie_manager
		cookies.init_cookies()
		cookies.set_cookie("system_user", "yes" if is_system_user else "no")
		cookies.set_cookie("full_name", self.full_name or "")
		cookies.set_cookie("user_id", self.user or "")
		cookies.set_cookie("user_image", self.info.get("user_image") or "")

	def check_password(self, user: str, pwd: str) -> str:
		"""Return the user when the password is his.

		Raises:
			AuthenticationError: it is not.
		"""
		from frappe.utils.password import check_password

		try:
			return check_password(user, pwd)
		except frappe.AuthenticationError:
			self.fail(_("Incorrect password"), user=user)
			raise

	def run_trigger(self, event: str) -> None:
		"""Call the hooks of an event: on_login, on_session_creation, on_logout."""
		for method in frappe.get_hooks().get(event, []):
			frappe.call(frappe.get_attr(method), login_manager=self)

	def logout(self, arg: str = "", user: str | None = None) -> None:
		"""End the session of this request, or all sessions of `user`."""
		user = user or frappe.session.user
		self.run_trigger("on_logout")
		if user == frappe.session.user:
			delete_session(frappe.session.sid, user=user, reason="User Manually Logged Out")
			if user != "Guest":
				add_authentication_log(
					_("{0} logged out").format(frappe.bold(user)), user, operation="Logout"
				)
			self.clear_cookies()
			self.login_as_guest()
		else:
			clear_sessions(user, force=True)

	def clear_cookies(self) -> None:
		"""Have the browser forget the session."""
		clear_cookies()


class CookieManager:
	"""Cookies this request sets or removes."""

	def __init__(self) -> None:
		self.cookies: dict[str, dict[str, Any]] = {}
		self.to_delete: list[str] = []

	def init_cookies(self) -> None:
		"""Send the session id, for as long as an unused session lives."""
		sid = frappe.local.session.sid
		if not sid or sid == "Guest":
			return
		period = frappe.local.session.data.get("session_expiry") or ""
		self.set_cookie("sid", sid, max_age=expiry_seconds(period) or None, httponly=True)

	def set_cookie(
		self,
		key: str,
		value: Any,
		expires: Any = None,
		secure: bool = False,
		httponly: bool = False,
		samesite: str = "Lax",
		max_age: int | None = None,
	) -> None:
		"""Set a cookie; it is Secure whenever the request came over https."""
		request = frappe.local.request
		secure = secure or bool(request is not None and request.scheme == "https")
		self.cookies[key] = {
			"value": str(value),
			"expires": expires,
			"secure": secure,
			"httponly": httponly,
			"samesite": samesite,
			"max_age": max_age,
		}

	def delete_cookie(self, to_delete: str | list[str]) -> None:
		"""Have the browser forget cookies."""
		self.to_delete.extend([to_delete] if isinstance(to_delete, str) else to_delete)

	def flush_cookies(self, response: Any) -> None:
		"""Put the cookies into an answer."""
		from urllib.parse import quote

		for key, options in self.cookies.items():
			values = dict(options)
			response.set_cookie(key, quote(values.pop("value"), safe="@ /."), **values)
		for key in dict.fromkeys(self.to_delete):
			response.delete_cookie(key, httponly=key == "sid", samesite="Lax")


class LoginAttemptTracker:
	"""Locks a user or an address for a while after too many failed logins."""

	def __init__(
		self,
		key: str,
		max_consecutive_login_attempts: int = 10,
		lock_interval: int = 60,
		*,
		user_name: str | None = None,
	) -> None:
		self.key = f"login_failures:{key or user_name}"
		self.max_failed_logins = max_consecutive_login_attempts
		self.lock_interval = lock_interval

	def add_failure_attempt(self) -> None:
		"""Count one more failed login."""
		count = cint(frappe.cache.get_value(self.key)) + 1
		frappe.cache.set_value(self.key, count, expires_in_sec=self.lock_interval)

	def add_success_attempt(self) -> None:
		"""Forget the failed logins."""
		if frappe.cache.get_value(self.key):
			frappe.cache.set_value(self.key, 0, expires_in_sec=1)

	def is_user_allowed(self) -> bool:
		"""Tell whether another login may be tried."""
		return cint(frappe.cache.get_value(self.key)) < self.max_failed_logins


def get_login_attempt_tracker(key: str, raise_locked_exception: bool = True) -> LoginAttemptTracker | None:
	"""Return the tracker of a user or address, None when the site does not limit failed logins.

	Raises:
		SecurityException: he is locked and the error is wanted.
	"""
	limit = cint(frappe.get_system_settings("allow_consecutive_login_attempts"))
	if not limit:
		return None
	seconds = cint(frappe.get_system_settings("allow_login_after_fail")) or 60
	tracker = LoginAttemptTracker(key, limit, seconds)
	if raise_locked_exception and not tracker.is_user_allowed():
		frappe.throw(
			_("Your account has been locked and will resume after {0} seconds").format(seconds),
			frappe.SecurityException,
		)
	return tracker


def _login_trackers(user: str) -> list[LoginAttemptTracker]:
	own = get_login_attempt_tracker(user.lower(), raise_locked_exception=False)
	if own is None:
		return []
	from_address = LoginAttemptTracker(
		f"ip:{frappe.local.request_ip}", own.max_failed_logins * 5, own.lock_interval
	)
	return [own, from_address]


def add_authentication_log(
	subject: str, user: str | None, operation: str = "Login", status: str = "Success"
) -> None:
	"""Note a login or logout in the Activity Log."""
	from frappe.core.doctype.activity_log.activity_log import add_authentication_log as add

	add(subject, user, operation, status)


def get_cached_user_pass() -> tuple[str | None, str | None]:
	"""Return user and password of the request; the password leaves the form data."""
	return frappe.form_dict.get("usr"), frappe.form_dict.pop("pwd", None)


def get_home_page() -> str:
	"""Return where a user without desk access begins."""
	homes = frappe.get_hooks("role_home_page", {})
	for role in frappe.get_roles(frappe.session.user):
		if homes.get(role):
			return f"/{homes[role][-1].strip('/')}"
	return "/login" if frappe.session.user == "Guest" else "/me"


def clear_cookies() -> None:
	"""Have the browser forget the session."""
	frappe.local.cookie_manager.delete_cookie(list(COOKIES))


@frappe.whitelist()
def get_logged_user() -> str:
	"""Return the current user."""
	return frappe.session.user


def validate_ip_address(user: str | None) -> None:
	"""Refuse a user who may not log in from this address.

	Raises:
		AuthenticationError: his restriction excludes the address.
	"""
	allowed = frappe.db.get_value("User", user, "restrict_ip") if user else None
	addresses = [part.strip() for part in (allowed or "").replace(",", "\n").splitlines() if part.strip()]
	if addresses and not any((frappe.local.request_ip or "").startswith(part) for part in addresses):
		frappe.throw(_("Access not allowed from this IP Address"), frappe.AuthenticationError)


# ------------------------------------------------------------------ Authorization header
def validate_auth() -> None:
	"""Become the user of the Authorization header: `token key:secret` or Basic; then ask the apps'
	`auth_hooks`.

	Raises:
		AuthenticationError: the header does not identify an enabled user.
	"""
	header = frappe.local.request.headers.get("Authorization", "").split(" ")
	if len(header) == 2:
		validate_auth_via_api_keys(header)
	for method in frappe.get_hooks("auth_hooks"):
		frappe.get_attr(method)()
	if len(header) == 2 and frappe.session.user in ("", "Guest", None):
		raise frappe.AuthenticationError


def validate_auth_via_api_keys(authorization_header: list[str]) -> None:
	"""Become the user of an API key.

	Args:
		authorization_header: its two words.

	Raises:
		AuthenticationError: the key or secret is wrong.
	"""
	kind, credentials = authorization_header[0].lower(), authorization_header[1]
	if kind == "basic":
		key, secret = _split(_decoded(credentials))
	elif kind == "token":
		key, secret = _split(credentials)
	else:
		return
	validate_api_key_secret(key, secret, frappe.local.request.headers.get("Frappe-Authorization-Source"))


def _decoded(credentials: str) -> str:
	try:
		return base64.b64decode(credentials, validate=True).decode()
	except (binascii.Error, UnicodeDecodeError) as error:
		raise frappe.InvalidAuthorizationToken from error


def _split(credentials: str) -> tuple[str, str]:
	key, colon, secret = unquote(credentials).partition(":")
	if not (colon and key and secret):
		raise frappe.AuthenticationError
	return key, secret


def validate_api_key_secret(
	api_key: str, api_secret: str, frappe_authorization_source: str | None = None
) -> None:
	"""Become the user with this key and secret; disabled users are refused.

	Raises:
		AuthenticationError: there is none.
	"""
	from frappe.permissions.roles import get_user_facts
	from frappe.utils.password import get_decrypted_password

	doctype = frappe_authorization_source or "User"
	name = frappe.db.get_value(doctype, {"api_key": api_key}, "name")
	saved = get_decrypted_password(doctype, name, "api_secret", raise_exception=False) if name else None
	if not saved or not hmac.compare_digest(saved.encode(), api_secret.encode()):
		raise frappe.AuthenticationError
	user = name if doctype == "User" else frappe.db.get_value(doctype, name, "user")
	if not get_user_facts(user).get("enabled"):
		raise frappe.AuthenticationError
	form_dict = frappe.local.form_dict
	frappe.set_user(user)
	frappe.local.form_dict = form_dict
	frappe.local.lang = frappe.translate.get_language()
