"""Access Log: who exported or printed what."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime


class AccessLog(Document):
	"""One export or print."""

	@staticmethod
	def clear_old_logs(days: int = 30) -> None:
		"""Remove entries older than `days` days."""
		from frappe.utils import add_days

		frappe.db.delete("Access Log", {"creation": ("<", add_days(now_datetime(), -days))})


@frappe.whitelist()
def make_access_log(
	doctype: str | None = None,
	document: str | None = None,
	method: str | None = None,
	file_type: str | None = None,
	report_name: str | None = None,
	filters: Any = None,
	page: str | None = None,
	columns: Any = None,
) -> None:
	"""Note that the current user took data out of the desk; the page itself is not kept.

	Args:
		doctype, document, report_name: what was taken.
		file_type, method: how.
		filters, columns: which part of it.
	"""
	entry = frappe.get_doc(
		{
			"doctype": "Access Log",
			"user": frappe.session.user,
			"export_from": doctype,
			"reference_document": document,
			"file_type": file_type,
			"report_name": report_name,
			"method": method,
			"filters": frappe.utils.cstr(filters) if filters else None,
			"columns": columns if isinstance(columns, str) else None,
			"timestamp": now_datetime(),
		}
	)
	entry.insert(ignore_permissions=True, ignore_links=True)
	frappe.flags.commit = True
