"""Where the definition of a DocType comes from: its rows in the database or, before they exist, its file."""

from __future__ import annotations

import json
import os
from typing import Any

import frappe

PARTS = {
	"fields": "DocField",
	"permissions": "DocPerm",
	"actions": "DocType Action",
	"links": "DocType Link",
	"states": "DocType State",
}


def load_definition(doctype: str) -> dict[str, Any]:
	"""Return the row of a DocType with the rows of its parts, as standard, without customisations.

	Raises:
		DoesNotExistError: there is no such DocType.
	"""
	row = _read_row(doctype)
	if row is None:
		return load_meta_from_file(doctype)
	for part, child in PARTS.items():
		row[part] = frappe.db.sql(
			f"select * from `tab{child}` where `parent` = %s and `parenttype` = 'DocType' order by `idx`",
			doctype,
			as_dict=True,
		)
	return row


def _read_row(doctype: str) -> dict[str, Any] | None:
	if frappe.flags.in_install_db:
		return None
	try:
		rows = frappe.db.sql("select * from `tabDocType` where `name` = %s", doctype, as_dict=True)
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		return None
	# Columns ignore case, but hooks know a DocType by its exact name: another spelling is another DocType.
	return rows[0] if rows and rows[0]["name"] == doctype else None


def load_meta_from_file(doctype: str) -> dict[str, Any]:
	"""Return the definition in the JSON file of a DocType; only while an app is being installed or migrated.

	Raises:
		DoesNotExistError: no file defines it, or nothing is being installed.
	"""
	path = find_definition_file(doctype) if _is_installing() else None
	if not path:
		frappe.throw(frappe._("DocType {0} not found").format(doctype), frappe.DoesNotExistError)
	with open(path, encoding="utf-8") as file:  # type: ignore[arg-type]
		return _with_rows_completed(json.load(file))


def _is_installing() -> bool:
	flags = frappe.flags
	return bool(flags.in_install_db or flags.in_install or flags.in_migrate)


def _with_rows_completed(definition: dict[str, Any]) -> dict[str, Any]:
	for part, child in PARTS.items():
		for idx, row in enumerate(definition.setdefault(part, []), 1):
			row.update(
				doctype=child, idx=idx, parent=definition["name"], parenttype="DocType", parentfield=part
			)
	definition["_is_from_file"] = True
	return definition


def find_definition_file(doctype: str) -> str | None:
	"""Return the path of the JSON file that defines a DocType, None when no module of the bench has one."""
	folder = frappe.scrub(doctype)
	for app, modules in frappe.local.app_modules.items():
		root = os.path.dirname(frappe.get_module(app).__file__)
		for module in modules:
			path = os.path.join(root, module, "doctype", folder, f"{folder}.json")
			if os.path.exists(path):
				return path
	return None


def read_custom_fields(doctype: str) -> list[dict[str, Any]]:
	"""Return the Custom Field rows of a DocType in the order of their creation."""
	return _read_customisation("Custom Field", "dt", doctype, "`idx`, `creation`")


def read_property_setters(doctype: str) -> list[dict[str, Any]]:
	"""Return the Property Setter rows of a DocType."""
	return _read_customisation("Property Setter", "doc_type", doctype, "`creation`")


def read_custom_permissions(doctype: str) -> list[dict[str, Any]]:
	"""Return the Custom DocPerm rows of a DocType; where there are any they replace the standard ones."""
	return _read_customisation("Custom DocPerm", "parent", doctype, "`creation`")


def _read_customisation(table: str, column: str, doctype: str, order: str) -> list[dict[str, Any]]:
	if frappe.flags.in_install_db:
		return []
	try:
		return frappe.db.sql(
			f"select * from `tab{table}` where `{column}` = %s order by {order}", doctype, as_dict=True
		)
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		return []
