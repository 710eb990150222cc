from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime


class ScheduledJobLog(Document):
	@staticmethod
	def clear_old_logs(days: int = 30) -> None:
		"""Delete logs older than `days`."""
		frappe.db.delete("Scheduled Job Log", {"creation": ("<", add_days(now_datetime(), -days))})
