"""Decimals and currency of number fields."""

from __future__ import annotations

from typing import Any

import frappe


def get_field_currency(df: Any, doc: Any = None) -> str | None:
	"""Return the currency of a Currency field: of the field or link its options name, else the site's."""
	options = df.get("options") if df else None
	if not options or doc is None:
		return frappe.db.get_default("currency")
	if ":" not in options:
		found = doc.get(options)
		if not found and doc.get("parenttype") and doc.get("parent"):
			found = _currency_of_parent(doc, options)
		return found or frappe.db.get_default("currency")
	doctype, link, fieldname = (*options.split(":"), "", "")[:3]
	name = doc.get(link) if link else None
	found = frappe.get_cached_value(doctype, name, fieldname) if name else None
	return found or frappe.db.get_default("currency")


def _currency_of_parent(doc: Any, fieldname: str) -> str | None:
	parent = doc.get("_parent_doc") or getattr(doc, "parent_doc", None)
	if parent is not None:
		return parent.get(fieldname)
	if frappe.get_meta(doc.get("parenttype")).has_field(fieldname):
		return frappe.db.get_value(doc.get("parenttype"), doc.get("parent"), fieldname)
	return None


def get_field_precision(df: Any, doc: Any = None, currency: str | None = None) -> int:
	"""Return the number of decimals of a field: its own, else the site's for currencies or floats."""
	from frappe.utils import cint

	if df.get("precision"):
		return cint(df.get("precision"))
	if df.get("fieldtype") == "Currency":
		own = cint(frappe.db.get_default("currency_precision"))
		return own or _decimals_of_number_format()
	return cint(frappe.db.get_default("float_precision")) or 3


def _decimals_of_number_format() -> int:
	from frappe.utils import get_number_format_info

	number_format = frappe.db.get_default("number_format") or "#,###.##"
	return get_number_format_info(number_format)[2]
