"""Moving the values of a renamed field."""

from __future__ import annotations

import json

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.utils.password import rename_password_field


def rename_field(doctype: str, old_fieldname: str, new_fieldname: str, validate: bool = True) -> None:
	"""Move what is stored under a field's old name to its new one; the DocType already has the new field.

	Args:
		validate: refuse silently what has no such field.
	"""
	meta = frappe.get_meta(doctype, cached=False)
	df = meta.get_field(new_fieldname)
	if df is None:
		print(f"rename_field: {new_fieldname} not found in {doctype}")
		return
	if validate and not meta.issingle and not _has_old_values(doctype, old_fieldname, df.fieldtype):
		return
	_move_values(meta, df, old_fieldname, new_fieldname)
	if df.fieldtype == "Password":
		rename_password_field(doctype, old_fieldname, new_fieldname)
	update_property_setters(doctype, old_fieldname, new_fieldname)
	update_reports(doctype, old_fieldname, new_fieldname)


def _has_old_values(doctype: str, old_fieldname: str, fieldtype: str) -> bool:
	if fieldtype in table_fields:
		return True
	if not frappe.db.has_column(doctype, old_fieldname):
		print(f"rename_field: {doctype}.{old_fieldname} not found in table")
		return False
	return True


def _move_values(meta: frappe._dict, df: frappe._dict, old: str, new: str) -> None:
	if df.fieldtype in table_fields:
		frappe.db.sql(
			f"update `tab{df.options}` set `parentfield` = %s where `parentfield` = %s and `parenttype` = %s",
			(new, old, meta.name),
		)
	elif df.fieldtype in no_value_fields:
		return
	elif meta.issingle:
		frappe.db.sql(
			"update `tabSingles` set `field` = %s where `doctype` = %s and `field` = %s",
			(new, meta.name, old),
		)
	else:
		frappe.db.sql(f"update `tab{meta.name}` set `{new}` = `{old}`")


def update_property_setters(doctype: str, old_fieldname: str, new_fieldname: str) -> None:
	"""Point the property setters of a field to its new name."""
	frappe.db.sql(
		"update `tabProperty Setter` set `field_name` = %s where `doc_type` = %s and `field_name` = %s",
		(new_fieldname, doctype, old_fieldname),
	)
	frappe.db.sql(
		"update `tabCustom Field` set `insert_after` = %s where `insert_after` = %s and `dt` = %s",
		(new_fieldname, old_fieldname, doctype),
	)


def update_reports(doctype: str, old_fieldname: str, new_fieldname: str) -> None:
	"""Name the field anew in the reports that were built in the desk."""
	for name, settings in frappe.get_all(
		"Report",
		filters={"ref_doctype": doctype, "report_type": "Report Builder"},
		fields=["name", "json"],
		as_list=True,
	):
		if not settings or old_fieldname not in settings:
			continue
		renamed = json.dumps(_renamed(json.loads(settings), old_fieldname, new_fieldname))
		frappe.db.set_value("Report", name, "json", renamed, update_modified=False)


def _renamed(value: object, old: str, new: str) -> object:
	if isinstance(value, list):
		return [_renamed(item, old, new) for item in value]
	if isinstance(value, dict):
		return {key: _renamed(item, old, new) for key, item in value.items()}
	return new if value == old else value
