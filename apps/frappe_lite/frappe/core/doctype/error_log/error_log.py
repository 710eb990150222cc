from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime


class ErrorLog(Document):
	def onload(self):
		if not self.seen and not frappe.flags.read_only:
			self.db_set("seen", 1, update_modified=False)

	@staticmethod
	def clear_old_logs(days: int = 30) -> None:
		"""Delete entries older than `days`."""
		frappe.db.delete("Error Log", {"modified": ("<", add_days(now_datetime(), -days))})


@frappe.whitelist(methods=["POST"])
def clear_error_logs() -> None:
	"""Delete all entries (System Manager only)."""
	frappe.only_for("System Manager")
	frappe.db.delete("Error Log")
