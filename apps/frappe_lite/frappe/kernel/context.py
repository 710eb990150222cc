"""The context-local state of one request or job and the proxies the façade exposes."""

from __future__ import annotations

from typing import Any

from werkzeug.local import Local, release_local

from frappe.types import _dict

local = Local()

db = local("db")
qb = local("qb")
conf = local("conf")
form = form_dict = local("form_dict")
request = local("request")
response = local("response")
session = local("session")
user = local("user")
flags = local("flags")
error_log = local("error_log")
debug_log = local("debug_log")
message_log = local("message_log")
lang = local("lang")


def reset(values: dict[str, Any]) -> None:
	"""Replace everything context-local by `values`.

	Args:
		values: attribute name → initial value of the new context.
	"""
	release_local(local)
	for key, value in values.items():
		setattr(local, key, value)


def release() -> None:
	"""Forget everything context-local."""
	release_local(local)


def new_flags() -> _dict:
	"""Return the flags every context starts with, all off."""
	return _dict(
		currently_saving=[],
		redirect_location="",
		in_install_db=False,
		in_install_app=False,
		in_import=False,
		in_test=False,
		mute_messages=False,
		ignore_links=False,
		mute_emails=False,
		has_dataurl=False,
		new_site=False,
		read_only=False,
	)
