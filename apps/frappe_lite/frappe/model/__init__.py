"""Names of fields and field types that every part of the model agrees on, as in Frappe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

data_fieldtypes = (
	"Currency",
	"Int",
	"Long Int",
	"Float",
	"Percent",
	"Check",
	"Small Text",
	"Long Text",
	"Code",
	"Text Editor",
	"Markdown Editor",
	"HTML Editor",
	"Date",
	"Datetime",
	"Time",
	"Text",
	"Data",
	"Link",
	"Dynamic Link",
	"Password",
	"Select",
	"Rating",
	"Read Only",
	"Attach",
	"Attach Image",
	"Signature",
	"Color",
	"Barcode",
	"Geolocation",
	"Duration",
	"Icon",
	"Phone",
	"Autocomplete",
	"JSON",
)
float_like_fields = {"Float", "Currency", "Percent"}
datetime_fields = {"Datetime", "Date", "Time"}
attachment_fieldtypes = ("Attach", "Attach Image")
no_value_fields = (
	"Section Break",
	"Column Break",
	"Tab Break",
	"HTML",
	"Table",
	"Table MultiSelect",
	"Button",
	"Image",
	"Fold",
	"Heading",
)
display_fieldtypes = (
	"Section Break",
	"Column Break",
	"Tab Break",
	"HTML",
	"Button",
	"Image",
	"Fold",
	"Heading",
)
numeric_fieldtypes = ("Currency", "Int", "Long Int", "Float", "Percent", "Check")
data_field_options = ("Email", "Name", "Phone", "URL", "Barcode", "IBAN")
table_fields = ("Table", "Table MultiSelect")
default_fields = (
	"doctype",
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"docstatus",
	"idx",
)
child_table_fields = ("parent", "parentfield", "parenttype")
optional_fields = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen")
core_doctypes_list = (
	"DefaultValue",
	"DocType",
	"DocField",
	"DocPerm",
	"DocType Action",
	"DocType Link",
	"DocType State",
	"User",
	"Role",
	"Has Role",
	"Page",
	"Module Def",
	"Print Format",
	"Report",
	"Customize Form",
	"Customize Form Field",
	"Property Setter",
	"Custom Field",
	"Client Script",
)
log_types = (
	"Version",
	"Error Log",
	"Scheduled Job Log",
	"Event Sync Log",
	"Event Update Log",
	"Access Log",
	"View Log",
	"Activity Log",
	"Energy Point Log",
	"Notification Log",
	"Email Queue",
	"DocShare",
	"Document Follow",
	"Console Log",
)
std_fields = [
	{"fieldname": "name", "fieldtype": "Link", "label": "ID"},
	{"fieldname": "owner", "fieldtype": "Link", "label": "Created By", "options": "User"},
	{"fieldname": "idx", "fieldtype": "Int", "label": "Index"},
	{"fieldname": "creation", "fieldtype": "Datetime", "label": "Created On"},
	{"fieldname": "modified", "fieldtype": "Datetime", "label": "Last Updated On"},
	{"fieldname": "modified_by", "fieldtype": "Link", "label": "Last Updated By", "options": "User"},
	{"fieldname": "_user_tags", "fieldtype": "Data", "label": "Tags"},
	{"fieldname": "_liked_by", "fieldtype": "Data", "label": "Liked By"},
	{"fieldname": "_comments", "fieldtype": "Text", "label": "Comments"},
	{"fieldname": "_assign", "fieldtype": "Text", "label": "Assigned To"},
	{"fieldname": "docstatus", "fieldtype": "Int", "label": "Document Status"},
]


def is_default_field(fieldname: str) -> bool:
	"""Tell whether every DocType has this field."""
	return fieldname in default_fields


def delete_fields(args_dict: dict[str, Iterable[str]], delete: int = 0) -> None:
	"""Remove what is stored for fields that no DocType has any more.

	Args:
		args_dict: DocType → fieldnames; values of a Single are removed, columns are dropped.
		delete: 1 deletes, anything else leaves all as it is.
	"""
	import frappe

	if not delete:
		return
	for doctype, fieldnames in args_dict.items():
		names = [name for name in fieldnames if not frappe.get_meta(doctype).has_field(name)]
		if frappe.db.get_value("DocType", doctype, "issingle"):
			frappe.db.delete("Singles", {"doctype": doctype, "field": ("in", names)})
			continue
		present = set(frappe.db.get_table_columns(doctype))
		for name in present.intersection(names):
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop column `{name}`")


def get_permitted_fields(
	doctype: str,
	parenttype: str | None = None,
	user: str | None = None,
	permission_type: str | None = None,
	*,
	ignore_virtual: bool = False,
) -> list[str]:
	"""Return the fieldnames that a user may read (or write) at his permission levels.

	Args:
		parenttype: DocType whose permissions count when `doctype` is a child table.
		user: the current one unless named.
		permission_type: "read" unless the user has only "select" rights.
		ignore_virtual: leave virtual fields out.
	"""
	import frappe

	meta: Any = frappe.get_meta(doctype)
	if permission_type is None:
		permission_type = "select" if frappe.only_has_select_perm(doctype, user=user) else "read"
	permitted = meta.get_permitted_fieldnames(
		parenttype=parenttype,
		user=user,
		permission_type=permission_type,
		with_virtual_fields=not ignore_virtual,
	)
	basic = (
		["name", *optional_fields] if permission_type == "select" else [*default_fields[1:], *optional_fields]
	)
	if meta.istable:
		basic += child_table_fields
	return list(dict.fromkeys([*basic, *permitted]))
