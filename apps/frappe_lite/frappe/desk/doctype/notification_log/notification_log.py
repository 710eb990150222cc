from __future__ import annotations

from typing import Any

import frappe
from frappe.automation.notices import enqueue_create_notification, make_notification_logs
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime

__all__ = ["NotificationLog", "enqueue_create_notification", "make_notification_logs"]

SHOWN = 20


class NotificationLog(Document):
	def after_insert(self):
		frappe.publish_realtime("notification", after_commit=True, user=self.for_user)
		set_notifications_as_unseen(self.for_user)
		if wants_mail(self.for_user, self.type):
			self.send_mail()

	def send_mail(self) -> None:
		"""Tell the user by mail that a notice waits, with its document's code and a link, never with its
		text."""
		email = frappe.db.get_value("User", self.for_user, "email")
		if not email:
			return
		link = frappe.utils.get_url_to_form(self.document_type, self.document_name)
		frappe.sendmail(
			recipients=email,
			subject=frappe._("New notification: {0} {1}").format(
				frappe._(self.document_type), self.document_name
			),
			message=f'<p><a href="{link}">{link}</a></p>',
			reference_doctype=self.document_type,
			reference_name=self.document_name,
		)

	@staticmethod
	def clear_old_logs(days: int = 180) -> None:
		"""Delete notices older than `days`."""
		frappe.db.delete("Notification Log", {"modified": ("<", add_days(now_datetime(), -days))})


def wants_mail(user: str, kind: str | None) -> bool:
	"""Tell whether a user gets notices of a kind by mail too.

	Off unless `mail_desk_notifications` is set in the site's configuration and the user's settings agree.
	"""
	if not frappe.conf.mail_desk_notifications or not kind or kind == "Alert":
		return False
	field = f"enable_email_{frappe.scrub(kind)}"
	names = ["enabled", "enable_email_notifications", field]
	if not frappe.get_meta("Notification Settings").has_field(field):
		return False
	settings = frappe.db.get_value("Notification Settings", user, names, as_dict=True)
	return settings is None or all(settings[name] for name in names)


def set_notifications_as_unseen(user: str) -> None:
	"""Show the mark of new notices in the user's desk."""
	if frappe.db.exists("Notification Settings", user):
		frappe.db.set_value("Notification Settings", user, "seen", 0, update_modified=False)


def get_permission_query_conditions(for_user: str | None = None) -> str | None:
	"""Return the SQL that limits lists to one's own notices; None for Administrator."""
	user = for_user or frappe.session.user
	if user == "Administrator":
		return None
	return f"(`tabNotification Log`.`for_user` = {frappe.db.escape(user)})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
	"""Tell whether a notice is the user's own."""
	user = user or frappe.session.user
	return user == "Administrator" or doc.for_user == user


@frappe.whitelist()
def get_notification_logs(limit: int = SHOWN) -> dict[str, Any]:
	"""Return {"notification_logs": own notices, newest first, "user_info": who caused them}."""
	rows = frappe.get_all(
		"Notification Log",
		filters={"for_user": frappe.session.user},
		fields=["*"],
		limit=min(int(limit), 100),
		order_by="creation desc",
	)
	users = {row.from_user for row in rows if row.from_user}
	return {
		"notification_logs": rows,
		"user_info": {user: {"fullname": frappe.utils.get_fullname(user), "name": user} for user in users},
	}


@frappe.whitelist(methods=["POST"])
def mark_all_as_read() -> None:
	"""Mark all own notices as read."""
	_mark({"for_user": frappe.session.user, "read": 0})


@frappe.whitelist(methods=["POST"])
def mark_as_read(docname: str) -> None:
	"""Mark one own notice as read."""
	_mark({"for_user": frappe.session.user, "name": docname})


def _mark(filters: dict[str, Any]) -> None:
	names = frappe.get_all("Notification Log", filters=filters, pluck="name", limit_page_length=0)
	if names:
		frappe.db.set_value("Notification Log", {"name": ("in", names)}, "read", 1, update_modified=False)


@frappe.whitelist(methods=["POST"])
def trigger_indicator_hide() -> None:
	"""Take the mark of new notices away."""
	if frappe.db.exists("Notification Settings", frappe.session.user):
		frappe.db.set_value("Notification Settings", frappe.session.user, "seen", 1, update_modified=False)
