"""Deletes old records of what the runtime logs."""

from __future__ import annotations

import frappe

# DocType → days for which its records are kept; `keep_log_days` in the site's configuration changes them.
KEPT_DAYS = {
	"Error Log": 30,
	"Scheduled Job Log": 30,
	"Notification Log": 180,
	"Email Queue": 30,
}


def clear_old_records() -> None:
	"""Delete records older than they are kept, and ended jobs."""
	from frappe.jobs.backends.table import trim
	from frappe.model.base_document import get_controller

	kept = {**KEPT_DAYS, **(frappe.conf.keep_log_days or {})}
	for doctype, days in kept.items():
		get_controller(doctype).clear_old_logs(days=int(days))
	trim()
