"""Small questions about models."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared


def set_default(doc: Any, key: str) -> None:
	"""Make a document the only default one of those that share the value of a field."""
	if not doc.get("is_default"):
		return
	values = (doc.get(key), doc.name)
	frappe.db.sql(
		f"update `tab{doc.doctype}` set `is_default` = 0 where `{key}` = %s and `name` != %s", values
	)


def set_field_property(filters: dict[str, Any], key: str, value: Any) -> None:
	"""Set a property of all fields that match, by saving the DocTypes that hold them."""
	names = frappe.get_all("DocField", filters=filters, pluck="parent", distinct=True)
	for name in names:
		doc = frappe.get_doc("DocType", name)
		for df in doc.get("fields", filters):
			df.set(key, value)
		doc.save()


def is_virtual_doctype(doctype: str) -> bool:
	"""Tell whether a DocType has no table of its own."""
	known = shared("virtual_doctypes").get("all")
	if known is None:
		names = frappe.db.sql("select `name` from `tabDocType` where `is_virtual` = 1", pluck=True)
		known = shared("virtual_doctypes")["all"] = frozenset(names)
	return doctype in known


def is_single_doctype(doctype: str) -> bool:
	"""Tell whether a DocType has only one document."""
	return bool(frappe.get_meta(doctype).issingle)


def simple_singledispatch(func: Any) -> Any:
	"""Decorate a function so that the class of its first argument chooses the version that is called."""
	from functools import singledispatch

	return singledispatch(func)
