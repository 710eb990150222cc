"""Sync of standard records, under Frappe's names."""

from frappe.modules.standard_records import IMPORT_ORDER as IMPORTABLE_DOCTYPES
from frappe.modules.standard_records import sync_all as sync_all
from frappe.modules.standard_records import sync_for as sync_for

__all__ = ["IMPORTABLE_DOCTYPES", "sync_all", "sync_for"]
