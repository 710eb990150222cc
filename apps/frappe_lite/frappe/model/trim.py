"""Columns that no field has any more; a schema sync leaves them, for it never drops data."""

from __future__ import annotations

import frappe
from frappe.model import child_table_fields, optional_fields


def trim_tables(
	doctype: str | None = None, dry_run: bool = False, quiet: bool = False
) -> dict[str, list[str]]:
	"""Drop columns that no field has any more.

	Args:
		doctype: only this DocType.
		dry_run: only tell what would go.

	Returns:
		DocType → columns.
	"""
	filters = {"issingle": 0, "is_virtual": 0}
	if doctype:
		filters["name"] = doctype
	found: dict[str, list[str]] = {}
	for name in frappe.get_all("DocType", filters=filters, pluck="name"):
		columns = _orphaned_columns(name)
		if columns:
			found[name] = columns
			for column in [] if dry_run else columns:
				frappe.db.sql_ddl(f"alter table `tab{name}` drop column `{column}`")
	return found


def _orphaned_columns(doctype: str) -> list[str]:
	known = {*frappe.get_meta(doctype).get_valid_columns(), *optional_fields, *child_table_fields}
	return [column for column in frappe.db.get_table_columns(doctype) if column not in known]
