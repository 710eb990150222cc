"""Activity Log: logins, logouts and what programs note."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

KEEP_DAYS = 90


class ActivityLog(Document):
	"""One thing somebody did."""

	def before_insert(self) -> None:
		"""Complete who did it from where."""
		self.full_name = self.full_name or _full_name(self.user)
		self.communication_date = self.communication_date or now_datetime()
		self.ip_address = self.ip_address or frappe.local.request_ip

	def validate(self) -> None:
		"""Refuse a status the list does not have."""
		if not self.status:
			self.status = "Success"

	@staticmethod
	def clear_old_logs(days: int | None = None) -> None:
		"""Remove entries older than `days` days (90)."""
		from frappe.utils import add_days

		frappe.db.delete("Activity Log", {"creation": ("<", add_days(now_datetime(), -(days or KEEP_DAYS)))})


def _full_name(user: str | None) -> str:
	from frappe.permissions.roles import get_user_facts

	return get_user_facts(user).get("full_name") or user or "" if user else ""


def add_authentication_log(
	subject: str, user: Any, operation: str = "Login", status: str = "Success"
) -> None:
	"""Note a login or logout; of an unknown user only that somebody tried."""
	known = user if user and frappe.db.exists("User", user) else None
	frappe.get_doc(
		{
			"doctype": "Activity Log",
			"user": known,
			"status": status,
			"subject": subject,
			"operation": operation,
		}
	).insert(ignore_permissions=True, ignore_links=True)
