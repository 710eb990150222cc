"""The reasons a permission check failed, shown to the person who asked about himself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import frappe

_FLAG = "has_permission_check_logs"


def push(message: str) -> None:
	"""Note why the running check fails; without a running check nothing is kept."""
	reasons = frappe.flags.get(_FLAG)
	if reasons is not None:
		reasons.append(message)


def explained(check: Callable[..., bool]) -> Callable[..., bool]:
	"""Wrap a permission check so that its reasons become one message when it refuses the current user.

	The wrapped function takes `print_logs` (default True) besides its own arguments. A check inside another
	adds its reasons to the outer one.
	"""

	@functools.wraps(check)
	def wrapper(*args: Any, print_logs: bool = True, **kwargs: Any) -> bool:
		if frappe.flags.get(_FLAG) is not None:
			return check(*args, **kwargs)
		frappe.flags[_FLAG] = reasons = []
		try:
			allowed = check(*args, **kwargs)
		finally:
			frappe.flags.pop(_FLAG, None)
		asks_for_himself = (kwargs.get("user") or frappe.session.user) == frappe.session.user
		if not allowed and print_logs and asks_for_himself and reasons:
			frappe.msgprint("<br>".join(reasons))
		return allowed

	return wrapper
