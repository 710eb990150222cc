from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document


class NotificationSettings(Document):
	def before_insert(self):
		if not self.user:
			self.user = frappe.session.user


def is_notifications_enabled(user: str) -> bool:
	"""Tell whether a user wants notices; yes unless his settings say no."""
	return frappe.db.get_value("Notification Settings", user, "enabled") in (None, 1)


def create_notification_settings(user: str) -> Any:
	"""Make a user's settings with their defaults when there are none."""
	if frappe.db.exists("Notification Settings", user):
		return None
	doc = frappe.get_doc(doctype="Notification Settings", name=user, user=user)
	doc.flags.name_set = True
	# A user is given settings when he is made, by whoever makes him.
	doc.insert(ignore_permissions=True)
	frappe.db.set_value("Notification Settings", user, "owner", user, update_modified=False)
	return doc


def get_permission_query_conditions(user: str | None = None) -> str | None:
	"""Return the SQL that limits lists to one's own settings; None for System Managers."""
	user = user or frappe.session.user
	if user == "Administrator" or "System Manager" in frappe.get_roles(user):
		return None
	return f"(`tabNotification Settings`.`name` = {frappe.db.escape(user)})"
