"""Messages for the person at the desk, and errors that carry one."""

from __future__ import annotations

import json
from typing import Any

from frappe.exceptions import ValidationError
from frappe.kernel.context import local
from frappe.types import _dict


def msgprint(
	msg: Any,
	title: str | None = None,
	raise_exception: bool | type[Exception] | Exception = False,
	as_table: bool = False,
	as_list: bool = False,
	indicator: str | None = None,
	alert: bool = False,
	primary_action: dict | str | None = None,
	is_minimizable: bool = False,
	wide: bool = False,
	*,
	realtime: bool = False,
) -> None:
	"""Add a message to the answer of this request and, if asked, raise it as an error.

	Args:
		msg: text, or a list of rows / items with `as_table` / `as_list`.
		title: heading of the message.
		raise_exception: True raises ValidationError, a class raises that, an instance is raised itself.
		indicator: colour word of the message.
		alert: show it as a passing alert.
		primary_action: `{"label", "client_action" | "server_action", "args"}`.

	Raises:
		ValidationError or what `raise_exception` names.
	"""
	if local.flags.mute_messages:
		_raise(raise_exception, str(msg))
		return
	text = _text_of(msg, as_list)
	out = _dict(message=text, title=title or _default_title())
	_decorate(out, msg, as_table, as_list, indicator, primary_action, raise_exception)
	if alert:
		out.alert = 1
	if is_minimizable:
		out.is_minimizable = 1
	if wide:
		out.wide = 1
	local.message_log.append(out)
	_raise(raise_exception, text)


def _text_of(msg: Any, as_list: bool) -> str:
	if as_list and isinstance(msg, list | tuple):
		return msg if len(msg) > 1 else str(msg[0]) if msg else ""  # type: ignore[return-value]
	return msg if isinstance(msg, list | tuple) else str(msg)  # type: ignore[return-value]


def _default_title() -> str:
	from frappe.translate import _

	return _("Message", context="Default title of the message dialog")


def _decorate(
	out: _dict, msg: Any, as_table: bool, as_list: bool, indicator: str | None, action: Any, raising: Any
) -> None:
	if as_table:
		out.as_table = 1
	if as_list and isinstance(msg, list | tuple) and len(msg) > 1:
		out.as_list = 1
	if raising:
		out.indicator = indicator or "red"
		out.raise_exception = 1
		out.__setitem__("__frappe_exc_id", generate_hash(length=56))
	elif indicator:
		out.indicator = indicator
	if action:
		out.primary_action = action


def _raise(raise_exception: Any, text: Any) -> None:
	if not raise_exception:
		return
	if isinstance(raise_exception, Exception):
		raise raise_exception
	if isinstance(raise_exception, type) and issubclass(raise_exception, Exception):
		raise raise_exception(text)
	raise ValidationError(text)


def throw(
	msg: Any,
	exc: type[Exception] | Exception = ValidationError,
	title: str | None = None,
	is_minimizable: bool = False,
	wide: bool = False,
	as_list: bool = False,
	primary_action: dict | None = None,
) -> None:
	"""Show a message and raise it as an error of class `exc`.

	Raises:
		the given error, ValidationError unless named.
	"""
	msgprint(
		msg,
		raise_exception=exc,
		title=title,
		indicator="red",
		is_minimizable=is_minimizable,
		wide=wide,
		as_list=as_list,
		primary_action=primary_action,
	)


def bold(text: Any) -> str:
	"""Return the text between <strong> tags."""
	return f"<strong>{text}</strong>"


def get_message_log() -> list[_dict]:
	"""Return the messages of this request so far."""
	return [_dict(json.loads(m)) if isinstance(m, str) else m for m in local.message_log]


def clear_messages() -> None:
	"""Forget the messages of this request."""
	local.message_log = []


def clear_last_message() -> None:
	"""Forget the newest message of this request."""
	if local.message_log:
		local.message_log = local.message_log[:-1]


def errprint(msg: str) -> None:
	"""Keep an error text for the log of this request."""
	local.error_log.append({"exc": msg})


def generate_hash(txt: str | None = None, length: int = 56) -> str:
	"""Return `length` random hexadecimal-like lower-case characters."""
	import math
	import secrets

	return secrets.token_hex(math.ceil(length / 2))[:length]
