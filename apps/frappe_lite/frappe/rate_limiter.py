"""Limits on how often functions and the site as a whole are called; counted per process."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

WINDOW = 86400


def apply() -> None:
	"""Refuse the request when its sender used up the time the site's `rate_limit` grants.

	Site configuration: `{"rate_limit": {"limit": <requests>, "window": <seconds>}}`.

	Raises:
		TooManyRequestsError: he did.
	"""
	limits = frappe.conf.rate_limit
	if not limits:
		return
	key = f"rate_limit:{frappe.session.user}:{frappe.local.request_ip}"
	window = cint(limits.get("window")) or WINDOW
	if frappe.cache.incrby(key, 1, expires_in_sec=window) > cint(limits.get("limit")):
		raise frappe.TooManyRequestsError


def rate_limit(
	key: str | None = None,
	limit: int | Callable[[], int] = 5,
	seconds: int = WINDOW,
	methods: str | list[str] = "ALL",
	ip_based: bool = True,
) -> Callable[[Callable], Callable]:
	"""Limit how often a whitelisted function is called from outside.

	Args:
		key: name of an argument that is counted apart, such as the user.
		limit: calls within `seconds`, or a function that returns them.
		methods: HTTP methods that count.
		ip_based: count each address apart.

	Raises:
		RateLimitExceededError: on a call beyond the limit.
	"""

	def decorate(fn: Callable) -> Callable:
		@functools.wraps(fn)
		def wrapper(*args: Any, **kwargs: Any) -> Any:
			if _counts(methods):
				_count(fn, key, limit, seconds, ip_based)
			return fn(*args, **kwargs)

		return wrapper

	return decorate


def _counts(methods: str | list[str]) -> bool:
	request = getattr(frappe.local, "request", None)
	if request is None:
		return False
	return methods in ("ALL", ["ALL"]) or request.method.upper() in methods


def _count(fn: Callable, key: str | None, limit: Any, seconds: int, ip_based: bool) -> None:
	parts = [frappe.local.request_ip if ip_based else "", str(frappe.form_dict.get(key) or "") if key else ""]
	identity = ":".join(part for part in parts if part)
	if not identity:
		frappe.throw(_("Either key or IP flag is required."))
	allowed = limit() if callable(limit) else limit
	count = frappe.cache.incrby(f"rl:{fn.__module__}.{fn.__name__}:{identity}", 1, expires_in_sec=seconds)
	if count > cint(allowed):
		frappe.throw(
			_("You hit the rate limit because of too many requests. Please try after sometime."),
			frappe.RateLimitExceededError,
		)
