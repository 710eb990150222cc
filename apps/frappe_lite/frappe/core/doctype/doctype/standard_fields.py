"""Fields and values that a DocType gets by itself."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.core.doctype.doctype.reserved import RESTRICTED

BREAKS = ("Section Break", "Column Break", "Tab Break")
NOT_LISTED = (*BREAKS, "HTML", "Button", "Table", "Table MultiSelect", "Fold", "Heading")
TRANSLATABLE = ("Data", "Select", "Text", "Small Text", "Text Editor")
MAX_LISTED = 4


def set_from_labels(fields: list[Any]) -> None:
	"""Give fields without a fieldname one that follows from their label.

	Args:
		fields: DocField rows.
	"""
	for field in fields:
		if not field.fieldtype:
			continue
		if not field.fieldname:
			field.fieldname = _from_label(field)
		field.fieldname = field.fieldname.lower()


def _from_label(field: Any) -> str:
	if field.label:
		name = re.sub(r"""['",./%@()<>{}]""", "", field.label.strip().lower().replace(" ", "_").strip("?"))
		return f"{name}1" if name in RESTRICTED else name
	if field.fieldtype in BREAKS:
		return f"{frappe.scrub(field.fieldtype)}_{frappe.generate_hash(length=4)}"
	return f"{frappe.scrub(field.fieldtype)}_{field.idx}"


def set_default_in_list_view(doc: Any) -> None:
	"""Show the first mandatory fields in the list when the author chose none."""
	if doc.istable or any(field.in_list_view for field in doc.fields):
		return
	mandatory = [field for field in doc.fields if field.reqd and field.fieldtype not in NOT_LISTED]
	for field in mandatory[:MAX_LISTED]:
		field.in_list_view = 1


def set_default_translatable(doc: Any) -> None:
	"""Only texts can be translated."""
	for field in doc.fields:
		if field.translatable and field.fieldtype not in TRANSLATABLE:
			field.translatable = 0


def make_amendable(doc: Any) -> None:
	"""A submittable document knows which cancelled one it replaces."""
	if not doc.is_submittable or doc.get("fields", {"fieldname": "amended_from"}):
		return
	doc.append(
		"fields",
		{
			"label": "Amended From",
			"fieldtype": "Link",
			"fieldname": "amended_from",
			"options": doc.name,
			"read_only": 1,
			"print_hide": 1,
			"no_copy": 1,
			"search_index": 1,
		},
	)


def make_nestedset(doc: Any) -> None:
	"""A tree needs the columns of a nested set, and a field for the parent."""
	if not doc.is_tree:
		return
	parent = doc.nsm_parent_field or f"parent_{frappe.scrub(doc.name)}"
	hidden = {"hidden": 1, "read_only": 1, "no_copy": 1}
	wanted = (
		{"label": "Left", "fieldtype": "Int", "fieldname": "lft", **hidden},
		{"label": "Right", "fieldtype": "Int", "fieldname": "rgt", **hidden},
		{"label": "Is Group", "fieldtype": "Check", "fieldname": "is_group"},
		{
			"label": "Old Parent",
			"fieldtype": "Link",
			"options": doc.name,
			"fieldname": "old_parent",
			**hidden,
		},
		{"label": f"Parent {doc.name}", "fieldtype": "Link", "options": doc.name, "fieldname": parent},
	)
	names = {field.fieldname for field in doc.fields}
	for field in wanted:
		if field["fieldname"] not in names:
			doc.append("fields", field)
	doc.nsm_parent_field = parent


def parents_of(child: str) -> list[str]:
	"""Return the DocTypes that have a child table."""
	names = frappe.get_all("DocField", filters={"options": child}, pluck="parent", limit_page_length=0)
	names += frappe.get_all("Custom Field", filters={"options": child}, pluck="dt", limit_page_length=0)
	return list(dict.fromkeys(names))
