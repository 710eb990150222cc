"""Renaming a DocType itself: its table and everything that names it."""

from __future__ import annotations

import frappe
from frappe.kernel.cache import bump_site_version
from frappe.model import table_fields

# Columns that hold the name of a DocType without being a Link to it.
NAMED_IN = (
	("DocField", "parent"),
	("DocPerm", "parent"),
	("DocType Action", "parent"),
	("DocType Link", "parent"),
	("DocType State", "parent"),
	("Custom Field", "dt"),
	("Custom DocPerm", "parent"),
	("Property Setter", "doc_type"),
	("Singles", "doctype"),
)
TABLE_OPTIONS = ("Link", *table_fields)


def rename_doctype(old: str, new: str) -> None:
	"""Change the name of a DocType in its table, in definitions and in all rows that carry it."""
	if frappe.db.table_exists(old):
		frappe.db.rename_table(old, new)
	for doctype, column in NAMED_IN:
		if frappe.db.table_exists(doctype):
			frappe.db.sql(f"update `tab{doctype}` set `{column}` = %s where `{column}` = %s", (new, old))
	_rename_options(old, new)
	_rename_parenttype(old, new)
	bump_site_version()


def _rename_options(old: str, new: str) -> None:
	marks = ", ".join(["%s"] * len(TABLE_OPTIONS))
	for doctype in ("DocField", "Custom Field"):
		frappe.db.sql(
			f"update `tab{doctype}` set `options` = %s where `options` = %s and `fieldtype` in ({marks})",
			(new, old, *TABLE_OPTIONS),
		)
	frappe.db.sql(
		"update `tabProperty Setter` set `value` = %s where `property` = 'options' and `value` = %s",
		(new, old),
	)


def _rename_parenttype(old: str, new: str) -> None:
	for child in frappe.get_all("DocType", filters={"istable": 1, "is_virtual": 0}, pluck="name"):
		if frappe.db.table_exists(child):
			frappe.db.sql(f"update `tab{child}` set `parenttype` = %s where `parenttype` = %s", (new, old))
