"""Sessions: rows of `tabSessions`, found by the cookie `sid`.

A session's row is read once per request. What changes in it (a new CSRF token, the time it was last seen)
is written
after the request in a short transaction of its own, because a GET writes nothing and is rolled back.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils import cint, now_datetime

SID_LENGTH = 56
DEFAULT_EXPIRY = "170:00:00"
SEEN_EVERY = timedelta(minutes=5)


class Session:
	"""The session of a request: started by a login, resumed by a cookie, or a guest's."""

	def __init__(
		self, user: str, resume: bool = False, full_name: str | None = None, user_type: str | None = None
	) -> None:
		self.user = user
		self.full_name = full_name
		self.user_type = user_type
		self.pending = False
		self.last_seen: datetime | None = None
		self.data = frappe._dict(user="Guest", sid="Guest", data=frappe._dict())
		frappe.local.session = self.data
		if resume:
			self._resume(_given_sid())
		elif user and user != "Guest":
			self.start()

	def start(self) -> None:
		"""Begin a session of the user in this transaction."""
		now = now_datetime()
		self.data.user, self.data.sid = self.user, secrets.token_hex(SID_LENGTH // 2)
		self.data.data = frappe._dict(
			user=self.user,
			session_ip=frappe.local.request_ip,
			last_updated=str(now),
			session_expiry=get_expiry_period(),
			full_name=self.full_name,
			user_type=self.user_type,
		)
		frappe.local.user = self.user
		frappe.db.sql(
			"insert into `tabSessions` (`user`, `sid`, `sessiondata`, `ipaddress`, `lastupdate`, `status`)"
			" values (%s, %s, %s, %s, %s, 'Active')",
			(self.user, self.data.sid, self._dumped(), frappe.local.request_ip, now),
		)
		self._limit_sessions()

	def _limit_sessions(self) -> None:
		if frappe.conf.deny_multiple_sessions or frappe.get_system_settings("deny_multiple_sessions"):
			clear_sessions(self.user, keep_current=True)

	def _resume(self, sid: str | None) -> None:
		if sid is None or sid == "Guest":
			return
		row = _read_row(sid)
		if row is None or not self._is_valid(row):
			frappe.response["session_expired"] = 1
			return
		self.user, raw, self.last_seen = row
		self.data.user, self.data.sid = self.user, sid
		self.data.data = frappe._dict(json.loads(raw or "{}"))
		self.pending = not self.last_seen or now_datetime() - self.last_seen > SEEN_EVERY

	def _is_valid(self, row: tuple) -> bool:
		from frappe.permissions.roles import get_user_facts

		user, raw, seen = row
		if not get_user_facts(user).get("enabled"):
			return False
		period = json.loads(raw or "{}").get("session_expiry") or get_expiry_period()
		return bool(seen) and now_datetime() - seen < timedelta(seconds=expiry_seconds(period))

	def update(self, force: bool = False) -> None:
		"""Have the session's data written after this request."""
		self.pending = True

	def flush(self) -> None:
		"""Write what changed in the session, in a transaction of its own; called between transactions."""
		if not self.pending or self.data.sid == "Guest":
			return
		self.pending = False
		now = now_datetime()
		self.data.data["last_updated"] = str(now)
		frappe.db.sql(
			"update `tabSessions` set `sessiondata` = %s, `lastupdate` = %s where `sid` = %s",
			(self._dumped(), now, self.data.sid),
		)
		if self.user_type != "Website User":
			frappe.db.sql("update `tabUser` set `last_active` = %s where `name` = %s", (now, self.user))
		frappe.db.commit()

	def _dumped(self) -> str:
		return json.dumps(dict(self.data.data), default=str)

	def delete_session(self) -> None:
		"""End this session."""
		delete_session(self.data.sid, user=self.user, reason="Logged Out")


def _given_sid() -> str | None:
	request = frappe.local.request
	return request.cookies.get("sid") if request is not None else None


def _read_row(sid: str) -> tuple[str, str, datetime] | None:
	rows = frappe.db.sql(
		"select `user`, `sessiondata`, `lastupdate` from `tabSessions` where `sid` = %s", (sid,)
	)
	return rows[0] if rows else None


def get_expiry_period() -> str:
	"""Return how long an unused session lives, as hours:minutes[:seconds]."""
	period = str(frappe.get_system_settings("session_expiry") or DEFAULT_EXPIRY)
	return period if period.count(":") == 2 else f"{period}:00"


def expiry_seconds(period: str) -> int:
	"""Return a period "hours:minutes:seconds" in seconds."""
	hours, minutes, seconds = (*period.split(":"), "0", "0")[:3]
	return cint(hours) * 3600 + cint(minutes) * 60 + cint(seconds)


def get_expiry_in_seconds(expiry: str | None = None) -> int:
	"""Return how long an unused session lives, in seconds."""
	return expiry_seconds(expiry or get_expiry_period())


# ------------------------------------------------------------------ CSRF
def get_csrf_token() -> str:
	"""Return the token that writing requests of this session must carry from now on; a new one on first
	use."""
	if not frappe.local.session.data.csrf_token:
		generate_csrf_token()
	return frappe.local.session.data.csrf_token


def generate_csrf_token() -> None:
	"""Give the session a new token."""
	frappe.local.session.data.csrf_token = frappe.generate_hash()
	session = getattr(frappe.local, "session_obj", None)
	if session is not None:
		session.update(force=True)


# ------------------------------------------------------------------ ending sessions
def delete_session(sid: str | None = None, user: str | None = None, reason: str = "Session Expired") -> None:
	"""Remove a session."""
	frappe.db.sql("delete from `tabSessions` where `sid` = %s", (sid,))


def get_sessions_to_clear(
	user: str | None = None, keep_current: bool = False, force: bool = False
) -> list[str]:
	"""Return the sessions of a user beyond the number he may have at a time; all with `force`.

	Args:
		keep_current: leave this request's session out.
	"""
	user = user or frappe.session.user
	rows = frappe.db.sql(
		"select `sid` from `tabSessions` where `user` = %s order by `lastupdate` desc", (user,)
	)
	current = frappe.session.sid
	sids = [sid for (sid,) in rows if not (keep_current and sid == current)]
	if force:
		return sids
	allowed = cint(frappe.db.get_value("User", user, "simultaneous_sessions")) or 1
	return sids[max(allowed - int(keep_current), 0) :]


@frappe.whitelist()
def clear() -> None:
	"""End the other sessions of the current user and drop his caches."""
	frappe.local.session_obj.update(force=True)
	frappe.clear_cache(user=frappe.session.user)
	frappe.response["message"] = frappe._("Cache Cleared")


def clear_sessions(user: str | None = None, keep_current: bool = False, force: bool = False) -> None:
	"""End sessions of a user, the current one unless named; see `get_sessions_to_clear`."""
	for sid in get_sessions_to_clear(user, keep_current, force):
		delete_session(sid, reason="Logged In From Another Session")


def clear_all_sessions(reason: str | None = None) -> None:
	"""End all sessions of the site; for Administrator only."""
	frappe.only_for("Administrator")
	frappe.db.sql("delete from `tabSessions`")


def clear_expired_sessions() -> None:
	"""Remove the sessions that were not used for longer than the site allows; run daily."""
	oldest = now_datetime() - timedelta(seconds=get_expiry_in_seconds())
	frappe.db.sql("delete from `tabSessions` where `lastupdate` < %s", (oldest,))


def get() -> Any:
	"""Return the boot values of the desk."""
	from frappe.boot import get_bootinfo

	return get_bootinfo()


def get_geo_ip_country(ip_address: str) -> None:
	"""Return the country of an address: unknown, the runtime asks nobody."""
	return
