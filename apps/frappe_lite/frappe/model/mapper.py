"""Documents made from others: an invoice from an order, a case from a report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe.model import child_table_fields, default_fields, table_fields


@frappe.whitelist()
def make_mapped_doc(
	method: str, source_name: str, selected_children: str | None = None, args: str | None = None
) -> Any:
	"""Return the document that an app's function makes from a source.

	Args:
		method: dotted path of a whitelisted function (source_name, …).
		source_name: name of the source.
		selected_children: JSON {table field: [row names]} to map only these rows.
		args: JSON of further arguments, in `frappe.flags.args`.

	Raises:
		PermissionError: the function is not whitelisted.
	"""
	for hook in frappe.get_hooks("override_whitelisted_methods", {}).get(method, [])[::-1][:1]:
		method = hook
	function = frappe.get_attr(method)
	frappe.is_whitelisted(function)
	if selected_children:
		frappe.flags.selected_children = json.loads(selected_children)
	if args:
		frappe.flags.args = frappe._dict(json.loads(args))
	return function(source_name)


@frappe.whitelist()
def map_docs(method: str, source_names: str, target_doc: Any, args: str | None = None) -> Any:
	"""Return one document that an app's function makes from several sources.

	Args:
		source_names: JSON list of names.
		target_doc: document to go on with.
	"""
	function = frappe.get_attr(method)
	frappe.is_whitelisted(function)
	for source in json.loads(source_names):
		extra = [json.loads(args)] if args else []
		target_doc = function(source, target_doc, *extra)
	return target_doc


def get_mapped_doc(
	from_doctype: str,
	from_docname: str,
	table_maps: dict[str, dict[str, Any]],
	target_doc: Any = None,
	postprocess: Callable | None = None,
	ignore_permissions: bool = False,
	ignore_child_tables: bool = False,
	cached: bool = False,
) -> Any:
	"""Return a new document filled from another.

	Args:
		from_doctype, from_docname: the source.
		table_maps: DocType of the source or of its rows → {"doctype", "field_map", "field_no_map",
			"validation", "condition", "filter", "postprocess", "add_if_empty", "reset_value"}.
		target_doc: document (or its JSON) to fill; a new one unless given.
		postprocess: called with (source, target).
		ignore_permissions: ask for nobody.
		ignore_child_tables: map no rows.
		cached: read the source from the cache.

	Raises:
		PermissionError: the user may not read the source or create the target.
		ValidationError: the source does not meet the validation.
	"""
	target_doc = _target_of(target_doc, table_maps[from_doctype]["doctype"])
	if not ignore_permissions:
		_check_create(target_doc)
	source_doc = (frappe.get_cached_doc if cached else frappe.get_doc)(from_doctype, from_docname)
	if not ignore_permissions and not source_doc.has_permission("read"):
		source_doc.raise_no_permission_to("read")
	map_doc(source_doc, target_doc, table_maps[source_doc.doctype])
	target_doc.run_method("before_mapping", source_doc, table_maps)
	if not ignore_child_tables:
		_map_children(source_doc, target_doc, table_maps)
	if postprocess:
		postprocess(source_doc, target_doc)
	target_doc.set_onload("load_after_mapping", True)
	target_doc.run_method("after_mapping", source_doc)
	if source_doc.get("__onload"):
		target_doc.set_onload("source", source_doc.get("__onload"))
	return target_doc


def _target_of(target_doc: Any, doctype: str) -> Any:
	if not target_doc:
		return frappe.new_doc(doctype)
	if isinstance(target_doc, str):
		target_doc = json.loads(target_doc)
	return frappe.get_doc(target_doc)


def _check_create(target_doc: Any) -> None:
	if not target_doc.has_permission("create"):
		target_doc.raise_no_permission_to("create")


def _map_children(source_doc: Any, target_doc: Any, table_maps: dict) -> None:
	emptied: set[str] = set()
	for df in source_doc.meta.get_table_fields():
		table_map = table_maps.get(df.options) or _default_map(df, source_doc, target_doc)
		if not table_map:
			continue
		target_field = _target_field(df, table_map, target_doc)
		if not target_field:
			continue
		if table_map.get("reset_value") and target_field not in emptied:
			target_doc.set(target_field, [])
			emptied.add(target_field)
		_map_rows(source_doc, target_doc, df, target_field, table_map)


def _default_map(df: Any, source_doc: Any, target_doc: Any) -> dict | None:
	"""Rows are copied as they are when the target has a table of the same name and DocType."""
	target_df = target_doc.meta.get_field(df.fieldname)
	if (
		df.no_copy
		or not target_df
		or target_df.fieldtype not in table_fields
		or target_df.options != df.options
	):
		return None
	return {"doctype": df.options} if not target_doc.get(df.fieldname) else None


def _target_field(df: Any, table_map: dict, target_doc: Any) -> str | None:
	doctype = table_map["doctype"]
	same = target_doc.meta.get_field(df.fieldname)
	if same and same.options == doctype:
		return df.fieldname
	return target_doc.get_parentfield_of_doctype(doctype)


def _map_rows(source_doc: Any, target_doc: Any, df: Any, target_field: str, table_map: dict) -> None:
	if table_map.get("add_if_empty") and _has_rows(target_doc.get(target_field)):
		return
	selected = (frappe.flags.selected_children or {}).get(df.fieldname)
	for row in source_doc.get(df.fieldname) or ():
		if selected is not None and row.name not in selected:
			continue
		if table_map.get("condition") and not table_map["condition"](row):
			continue
		if table_map.get("filter") and table_map["filter"](row):
			continue
		map_child_doc(row, target_doc, table_map, source_doc)


def _has_rows(rows: list | None) -> bool:
	return any(any(row.get(df.fieldname) for df in row.meta.get_link_fields()) for row in rows or ())


def map_child_doc(source_d: Any, target_parent: Any, table_map: dict, source_parent: Any = None) -> Any:
	"""Add a row filled from a source row and return it."""
	doctype = table_map["doctype"]
	row = target_parent.append(target_parent.get_parentfield_of_doctype(doctype), {})
	map_doc(source_d, row, table_map, source_parent)
	return row


def map_doc(source_doc: Any, target_doc: Any, table_map: dict, source_parent: Any = None) -> None:
	"""Fill a document or row from another.

	Raises:
		ValidationError: the source does not meet `validation`.
	"""
	_validate_source(source_doc, table_map.get("validation") or {})
	map_fields(source_doc, target_doc, table_map, source_parent)
	if table_map.get("postprocess"):
		table_map["postprocess"](source_doc, target_doc, source_parent)


def _validate_source(source_doc: Any, validation: dict) -> None:
	for fieldname, (operator, wanted) in validation.items():
		value = source_doc.get(fieldname)
		if (operator == "=" and value != wanted) or (operator == "!=" and value == wanted):
			frappe.throw(
				frappe._("Cannot map because following condition fails:")
				+ f" {frappe._(source_doc.meta.get_label(fieldname))} {operator} {wanted}"
			)


def map_fields(source_doc: Any, target_doc: Any, table_map: dict, source_parent: Any) -> None:
	"""Copy fields of the same name, then those that `field_map` names."""
	skipped = _unmapped_fields(source_doc, target_doc, table_map)
	for df in target_doc.meta.get("fields"):
		if df.fieldname in skipped or df.fieldtype in table_fields:
			continue
		value = source_doc.get(df.fieldname)
		if value not in (None, ""):
			target_doc.set(df.fieldname, value)
		elif df.fieldtype == "Link" and not target_doc.get(df.fieldname) and df.options == source_doc.doctype:
			target_doc.set(df.fieldname, source_doc.name)
	_apply_field_map(source_doc, target_doc, table_map.get("field_map"))
	if source_doc.get("idx"):
		target_doc.idx = source_doc.idx
	for df in target_doc.meta.get("fields", {"fieldtype": "Link", "options": "Fetch"}):
		target_doc.set(df.fieldname, source_parent.get(df.fieldname) if source_parent else None)


def _unmapped_fields(source_doc: Any, target_doc: Any, table_map: dict) -> set[str]:
	field_map = table_map.get("field_map")
	mapped = set(field_map) if isinstance(field_map, dict) else {pair[0] for pair in field_map or ()}
	no_copy = {
		df.fieldname
		for meta in (source_doc.meta, target_doc.meta)
		for df in meta.get("fields")
		if df.no_copy or df.fieldtype in table_fields
	}
	return (
		no_copy
		| set(table_map.get("field_no_map") or ())
		| set(default_fields)
		| set(child_table_fields)
		| mapped
	)


def _apply_field_map(source_doc: Any, target_doc: Any, field_map: Any) -> None:
	pairs = field_map.items() if isinstance(field_map, dict) else field_map or ()
	for source_key, target_key in pairs:
		value = source_doc.get(source_key)
		if value or value == 0:
			target_doc.set(target_key, value)
