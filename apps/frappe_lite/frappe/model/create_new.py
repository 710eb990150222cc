"""Values a new document starts with."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import data_fieldtypes
from frappe.types import _dict


def get_new_doc(
	doctype: str, parent_doc: Any = None, parentfield: str | None = None, as_dict: bool = False
) -> Any:
	"""Return an unsaved document with its defaults.

	Order of defaults of a field: user permission, user default, the field's own default, the first option.

	Args:
		parent_doc: document or dict the new one is a row of.
		parentfield: table field of that document.
		as_dict: a dict instead of a document.
	"""
	values = _dict(_template(doctype))
	_set_dynamic_defaults(values, frappe.get_meta(doctype), parent_doc)
	if parent_doc is not None:
		values.update(parent=parent_doc.get("name"), parenttype=parent_doc.get("doctype"))
	if parentfield:
		values["parentfield"] = parentfield
	return values if as_dict else frappe.get_doc(values)


def make_new_doc(doctype: str) -> _dict:
	"""Return a new document's values without those that depend on others or on the time."""
	return _dict(_template(doctype))


def _template(doctype: str) -> dict[str, Any]:
	"""Defaults of a user are worked out once per request; everything else once per version of the site."""
	templates = frappe.local.new_doc_templates
	template = templates.get(doctype)
	if template is None:
		template = templates[doctype] = _make_template(frappe.get_meta(doctype))
	return template


def _make_template(meta: Any) -> dict[str, Any]:
	values: dict[str, Any] = {
		"doctype": meta.name,
		"__islocal": 1,
		"owner": frappe.session.user,
		"docstatus": 0,
	}
	if not meta.issingle:
		values["__unsaved"] = 1
	if meta._new_values is None:
		meta._new_values = _static_values(meta)
	values.update(meta._new_values)
	for df in meta.get_link_fields():
		values.update(_user_value(df))
	if "__user" in values.values():
		user = frappe.session.user
		values = {key: user if value == "__user" else value for key, value in values.items()}
	return values


def _static_values(meta: Any) -> dict[str, Any]:
	values: dict[str, Any] = {"idx": 0}
	casts = dict(meta._value_plan)
	for df in meta.fields:
		if df.fieldtype not in data_fieldtypes or df.is_virtual:
			continue
		value = static_default(df)
		cast = casts.get(df.fieldname)
		if value is None and df.fieldtype not in _ZERO_TYPES:
			continue
		values[df.fieldname] = cast(value) if cast else value
	return values


_ZERO_TYPES = ("Check", "Int", "Long Int", "Float", "Currency", "Percent")
_MOMENTS = ("today", "__today", "now")


def static_default(df: Any) -> Any:
	"""Return the default that a field itself declares; None for one that depends on the time or on others."""
	default = df.default
	if default:
		if default == "__user":
			return default
		if str(default).lower() in _MOMENTS and df.fieldtype in ("Date", "Datetime", "Time"):
			return None
		return None if str(default).startswith(":") else default
	if df.fieldtype == "Select" and df.options and df.options not in ("[Select]", "Loading..."):
		return df.options.split("\n", 1)[0]
	return None


def _user_value(df: Any) -> dict[str, Any]:
	"""Return the value a user starts a Link field with; None where the declared default is not allowed."""
	if df.options == "User" or df.is_virtual:
		return {}
	allowed, preferred = _allowed_by_user_permissions(df)
	if preferred:
		return {df.fieldname: preferred}
	user_default = frappe.defaults.get_defaults().get(df.fieldname)
	is_allowed = isinstance(user_default, str) and (allowed is None or user_default in allowed)
	if user_default and is_allowed and frappe.db.exists(df.options, user_default):
		return {df.fieldname: user_default}
	if allowed is not None and df.default and df.default not in allowed:
		return {df.fieldname: None}
	return {}


def _allowed_by_user_permissions(df: Any) -> tuple[list[str] | None, str | None]:
	"""Return the targets that user permissions allow (None: all) and the one to start with."""
	if df.ignore_user_permissions or frappe.flags.in_install:
		return None, None
	rows = [
		row
		for row in frappe.defaults.get_user_permissions().get(df.options, ())
		if not row.get("applicable_for") or row.get("applicable_for") == df.parent
	]
	if not rows:
		return None, None
	names = [row.get("doc") for row in rows]
	preferred = next((row.get("doc") for row in rows if row.get("is_default")), None)
	return names, preferred or (names[0] if len(set(names)) == 1 else None)


def _set_dynamic_defaults(values: dict[str, Any], meta: Any, parent_doc: Any) -> None:
	for df in _dynamic_fields(meta):
		default = str(df.default or "")
		if default.startswith(":"):
			value = get_default_based_on_another_field(df, parent_doc)
			if value is not None and not values.get(df.fieldname):
				values[df.fieldname] = value
		else:
			values[df.fieldname] = _moment(df)


def _dynamic_fields(meta: Any) -> list:
	cached = meta.__dict__.get("_dynamic_default_fields")
	if cached is None:
		cached = [df for df in meta.fields if df.fieldtype in data_fieldtypes and _is_dynamic(df)]
		meta.__dict__["_dynamic_default_fields"] = cached
	return cached


def _is_dynamic(df: Any) -> bool:
	default = str(df.default or "")
	if df.fieldtype == "Time":
		return not default or default.lower() in _MOMENTS
	return default.startswith(":") or (df.fieldtype in ("Date", "Datetime") and default.lower() in _MOMENTS)


def _moment(df: Any) -> Any:
	from frappe.utils import now_datetime, nowdate, nowtime

	if df.fieldtype == "Date":
		return nowdate()
	return nowtime() if df.fieldtype == "Time" else str(now_datetime())


def get_default_based_on_another_field(df: Any, parent_doc: Any) -> Any:
	"""Return the value that the document named by another field holds, as the default ":Company" asks."""
	reference = str(df.default)[1:]
	fieldname = frappe.scrub(reference)
	name = parent_doc.get(fieldname) if parent_doc is not None else None
	name = name or frappe.db.get_default(fieldname)
	if not name or not frappe.get_meta(reference).has_field(df.fieldname):
		return None
	return frappe.get_cached_value(reference, name, df.fieldname)
