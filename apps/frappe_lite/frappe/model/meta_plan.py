"""What is worked out once for a Meta, so that nothing is looked up per field and document later."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import child_table_fields, data_fieldtypes, default_fields, table_fields
from frappe.model.docstatus import DRAFT, DocStatus
from frappe.model.fieldtypes import get_fieldtype

ADDRESSED_OPTIONS = ("Email", "Name", "Phone", "URL")
PYTHON_OPTIONS = ("Python", "PythonExpression")
NUMERIC = ("Check", "Int", "Long Int", "Float", "Currency", "Percent")
DOCTYPE_TABLES = {
	"fields": "DocField",
	"permissions": "DocPerm",
	"actions": "DocType Action",
	"links": "DocType Link",
	"states": "DocType State",
}


def compile_plan(meta: Any) -> None:
	"""Set the private attributes that documents of the DocType are handled by."""
	meta._fields = {df.fieldname: df for df in meta.fields}
	stored = [df for df in meta.fields if df.fieldtype in data_fieldtypes and not df.is_virtual]
	_plan_columns(meta, stored)
	_plan_values(meta, stored)
	_plan_tables(meta)
	_plan_links(meta)
	_plan_checks(meta, stored)
	_plan_limits(meta, stored)
	_plan_levels(meta)
	meta._statements = {}
	meta._query_cache = {}
	meta._new_values = None


def _plan_columns(meta: Any, stored: list) -> None:
	columns = [*default_fields[1:], *(df.fieldname for df in stored)]
	if meta.istable:
		columns += child_table_fields
	meta._valid_columns = list(dict.fromkeys(columns))
	meta._columns = frozenset(meta._valid_columns)
	meta._empty_values = {column: None for column in meta._valid_columns} | {"idx": 0, "docstatus": DRAFT}
	meta._virtual_fields = [df for df in meta.fields if df.is_virtual and df.fieldtype in data_fieldtypes]


def _plan_values(meta: Any, stored: list) -> None:
	by_name = {df.fieldname: df for df in stored}
	meta._value_plan = [(column, _cast_of(column, by_name.get(column))) for column in meta._valid_columns]
	meta._numeric_casts = [
		(df.fieldname, get_fieldtype(df.fieldtype).cast) for df in stored if df.fieldtype in NUMERIC
	]


def _cast_of(column: str, df: Any) -> Any:
	if column == "docstatus":
		return _plain_docstatus
	if df is None:
		return None
	cast = get_fieldtype(df.fieldtype).cast
	if df.unique and cast is None:
		return _none_if_blank
	if df.not_nullable:
		return _non_null(cast, df)
	return cast


def _plain_docstatus(value: Any) -> int:
	return int(DocStatus.of(value))


def _none_if_blank(value: Any) -> Any:
	if value.__class__ is str:
		return value if value.strip() else None
	return value


def _non_null(cast: Any, df: Any) -> Any:
	fallback = df.default or get_fieldtype(df.fieldtype).empty

	def cast_non_null(value: Any) -> Any:
		value = cast(value) if cast else value
		return fallback if value is None else value

	return cast_non_null


def _plan_tables(meta: Any) -> None:
	meta._table_field_rows = [df for df in meta.fields if df.fieldtype in table_fields and not df.is_virtual]
	meta._table_doctypes = {df.fieldname: df.options for df in meta._table_field_rows}
	if meta.name == "DocType":
		meta._table_doctypes = dict(DOCTYPE_TABLES)
	meta._table_fieldnames_set = frozenset(meta._table_doctypes)


def _plan_links(meta: Any) -> None:
	meta._link_fields = [df for df in meta.fields if df.fieldtype == "Link" and df.options != "[Select]"]
	meta._dynamic_link_fields = [df for df in meta.fields if df.fieldtype == "Dynamic Link"]
	meta._any_link_fields = [
		df for df in (*meta._link_fields, *meta._dynamic_link_fields) if not df.is_virtual
	]
	meta._fetches = {}
	for df in meta.fields:
		if df.fetch_from and "." in df.fetch_from:
			meta._fetches.setdefault(df.fetch_from.split(".", 1)[0], []).append(df)


def _plan_checks(meta: Any, stored: list) -> None:
	meta._mandatory_fields = [df for df in meta.fields if df.reqd and not df.is_virtual]
	meta._select_fields = [
		df for df in meta.fields if df.fieldtype == "Select" and df.options not in ("[Select]", "Loading...")
	]
	meta._addressed_fields = [
		df
		for df in stored
		if df.fieldtype == "Phone" or (df.fieldtype == "Data" and df.options in ADDRESSED_OPTIONS)
	]
	meta._checked_fields = [
		(df, get_fieldtype(df.fieldtype)) for df in stored if get_fieldtype(df.fieldtype).is_checked
	]
	meta._non_negative_fields = [
		df for df in stored if df.non_negative and df.fieldtype in ("Int", "Float", "Currency", "Percent")
	]
	meta._rating_fields = [df.fieldname for df in stored if df.fieldtype == "Rating"]
	meta._password_fields = [df.fieldname for df in stored if df.fieldtype == "Password"]
	meta._python_fields = [df for df in stored if df.fieldtype == "Code" and df.options in PYTHON_OPTIONS]
	meta._sanitized_fields = [(df.fieldname, df) for df in stored if _is_sanitized(df)]
	meta._set_only_once = [df for df in meta.fields if df.set_only_once] + [
		frappe._dict(fieldname="creation", fieldtype="Datetime"),
		frappe._dict(fieldname="owner", fieldtype="Data"),
	]


def _is_sanitized(df: Any) -> bool:
	if df.ignore_xss_filter or not get_fieldtype(df.fieldtype).sanitized:
		return False
	return not (df.fieldtype in ("Data", "Small Text", "Text") and df.options == "Email")


def _plan_limits(meta: Any, stored: list) -> None:
	from frappe.utils import cint

	meta._limits = []
	meta._length_limits = {}
	for df in stored:
		fieldtype = get_fieldtype(df.fieldtype)
		if fieldtype.varchar:
			longest = cint(df.length) or fieldtype.varchar
			meta._limits.append((df, longest, None))
			meta._length_limits[df.fieldname] = longest
		elif fieldtype.max_int:
			wide = df.fieldtype == "Int" and cint(df.length) > 11
			meta._limits.append((df, None, 9_223_372_036_854_775_807 if wide else fieldtype.max_int))


def _plan_levels(meta: Any) -> None:
	meta._high_permlevel_fields = [df for df in meta.fields if df.permlevel]
	meta._has_permlevels = bool(meta._high_permlevel_fields)
