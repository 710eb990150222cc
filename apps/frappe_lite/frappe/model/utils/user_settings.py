"""What a user chose in a list: columns, filters, last view. Kept per user and DocType as JSON text."""

from __future__ import annotations

import json
from typing import Any

import frappe

LIMIT = 100_000


def get_user_settings(doctype: str, for_update: bool = False) -> str:
	"""Return the current user's settings of a DocType as JSON text."""
	rows = frappe.db.sql(
		"select `data` from `__UserSettings` where `user` = %s and `doctype` = %s",
		(frappe.session.user, doctype),
	)
	return rows[0][0] if rows and rows[0][0] else "{}"


def update_user_settings(doctype: str, user_settings: Any, for_update: bool = False) -> str:
	"""Lay settings over those the user has and return all of them as JSON text.

	Raises:
		ValidationError: they are no JSON object or too long.
	"""
	given = frappe.parse_json(user_settings) or {}
	if not isinstance(given, dict):
		frappe.throw(frappe._("Invalid request arguments"))
	current = json.loads(get_user_settings(doctype))
	text = json.dumps({**current, **given})
	if len(text) > LIMIT:
		frappe.throw(frappe._("Invalid request arguments"))
	frappe.db.sql(
		"delete from `__UserSettings` where `user` = %s and `doctype` = %s", (frappe.session.user, doctype)
	)
	frappe.db.sql(
		"insert into `__UserSettings` (`user`, `doctype`, `data`) values (%s, %s, %s)",
		(frappe.session.user, doctype, text),
	)
	return text


@frappe.whitelist(methods=["POST", "PUT"])
def save(doctype: str, user_settings: Any) -> str:
	"""Save settings of the current user."""
	return update_user_settings(doctype, user_settings)


@frappe.whitelist()
def get(doctype: str) -> str:
	"""Return the current user's settings of a DocType as JSON text."""
	return get_user_settings(doctype)
