"""Notices in the desk (Notification Log)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe


def make_notification_logs(doc: Any, users: Iterable[str]) -> list[str]:
	"""Write a notice for every enabled user, in the transaction of the caller.

	Args:
		doc: values of Notification Log: type, document_type, document_name, subject, from_user,
		email_content. users: names or e-mail addresses of users; others are left out.

	Returns the names of the notices. Nobody is told of what he did himself, except by alerts.
	"""
	made = []
	for user in user_names(users):
		if user == doc.get("from_user") and doc.get("type") != "Alert":
			continue
		notice = frappe.get_doc(doctype="Notification Log", **{**doc, "for_user": user})
		# A notice is written by the one who causes it for the one who reads it.
		made.append(notice.insert(ignore_permissions=True).name)
	return made


enqueue_create_notification = make_notification_logs


def user_names(users: Iterable[str]) -> list[str]:
	"""Return the names of the enabled users among names and e-mail addresses."""
	wanted = [user for user in dict.fromkeys(users) if user]
	if not wanted:
		return []
	return frappe.db.sql_list(
		"""select `name` from `tabUser`
		where `enabled` = 1 and (`name` in %s or `email` in %s) order by `name`""",
		(wanted, wanted),
	)
