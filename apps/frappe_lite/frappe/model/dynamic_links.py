"""Where documents are linked from: all Link and Dynamic Link fields of the site."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared
from frappe.types import _dict

# Rows of these follow a document or merely mention it: they never keep it from being deleted.
doctypes_to_skip = (
	"Communication",
	"Communication Link",
	"Comment",
	"ToDo",
	"DocShare",
	"Email Unsubscribe",
	"Activity Log",
	"Access Log",
	"Error Log",
	"File",
	"Version",
	"Document Follow",
	"View Log",
	"Tag Link",
	"Notification Log",
	"Email Queue",
	"Email Queue Recipient",
	"Workspace",
	"Route History",
	"Deleted Document",
	"DefaultValue",
	"User Permission",
)


def get_link_fields(doctype: str) -> list[_dict]:
	"""Return the Link fields that point to a DocType as (parent, fieldname, issingle)."""
	known = shared("link_fields").get("all")
	if known is None:
		known = {}
		for row in _fields_of_type("Link"):
			known.setdefault(row.options, []).append(row)
		shared("link_fields")["all"] = known
	return known.get(doctype, [])


def get_dynamic_links() -> list[_dict]:
	"""Return all Dynamic Link fields as (parent, fieldname, options, issingle)."""
	known = shared("link_fields").get("dynamic")
	if known is None:
		known = shared("link_fields")["dynamic"] = _fields_of_type("Dynamic Link")
	return known


def get_dynamic_link_map(for_delete: bool = False) -> dict[str, list[_dict]]:
	"""Return DocType → Dynamic Link fields that hold one of its names.

	Args:
		for_delete: kept for Frappe's signature.
	"""
	found: dict[str, list[_dict]] = {}
	for df in get_dynamic_links():
		for doctype in _linked_doctypes(df):
			if doctype:
				found.setdefault(doctype, []).append(df)
	return found


def _linked_doctypes(df: _dict) -> list[str]:
	if df.issingle:
		return [frappe.db.get_single_value(df.parent, df.options)]
	return frappe.db.sql(f"select distinct `{df.options}` from `tab{df.parent}`", pluck=True)


def _fields_of_type(fieldtype: str) -> list[_dict]:
	standard = frappe.db.sql(
		"""select `f`.`parent`, `f`.`fieldname`, `f`.`options`, `d`.`issingle`
		from `tabDocField` `f` join `tabDocType` `d` on `d`.`name` = `f`.`parent`
		where `f`.`fieldtype` = %s and ifnull(`f`.`is_virtual`, 0) = 0 and ifnull(`d`.`is_virtual`, 0) = 0""",
		(fieldtype,),
		as_dict=True,
	)
	custom = frappe.db.sql(
		"""select `f`.`dt` as `parent`, `f`.`fieldname`, `f`.`options`, `d`.`issingle`
		from `tabCustom Field` `f` join `tabDocType` `d` on `d`.`name` = `f`.`dt`
		where `f`.`fieldtype` = %s and ifnull(`f`.`is_virtual`, 0) = 0 and ifnull(`d`.`is_virtual`, 0) = 0""",
		(fieldtype,),
		as_dict=True,
	)
	return [*standard, *custom]


def rows_linking_to(df: Any, value: Any, doctype: str | None = None) -> list[_dict]:
	"""Return the rows whose link field has a value, with name, docstatus, parent and parenttype.

	Args:
		df: link field as (parent, fieldname, options).
		value: name of the target.
		doctype: DocType of the target, for a Dynamic Link.
	"""
	if not frappe.db.table_exists(df.parent):
		return []
	meta = frappe.get_meta(df.parent)
	columns = "`name`, `docstatus`" + (", `parent`, `parenttype`" if meta.istable else "")
	condition, values = f"`{df.fieldname}` = %s", [value]
	if doctype:
		condition, values = f"`{df.options}` = %s and {condition}", [doctype, value]
	return frappe.db.sql(
		f"select {columns} from `tab{df.parent}` where {condition}", tuple(values), as_dict=True
	)
