"""Linked documents that a form shows beside a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe.modules.utils import load_doctype_module

if TYPE_CHECKING:
	from frappe.model.meta import Meta


def dashboard_data(meta: Meta) -> Any:
	"""Return the groups of linked DocTypes of a DocType.

	Args:
		meta: the DocType, with its `links` rows.

	Returns:
		`{"fieldname", "transactions": [{"label", "items"}], "non_standard_fieldnames"}`, from `get_data` of
		`<doctype>_dashboard.py`, the hook `override_doctype_dashboards`, and the DocType's own links.
	"""
	data = frappe._dict(_data_of_module(meta))
	for override in frappe.get_hooks("override_doctype_dashboards", {}).get(meta.name, []):
		data = frappe._dict(frappe.get_attr(override)(data=data))
	_add_links(data, meta)
	return data


def _data_of_module(meta: Meta) -> dict:
	if meta.custom:
		return {}
	try:
		module = load_doctype_module(meta.name, suffix="_dashboard")
	except ImportError:
		return {}
	return module.get_data() if hasattr(module, "get_data") else {}


def _add_links(data: frappe._dict, meta: Meta) -> None:
	data.setdefault("transactions", [])
	data.setdefault("non_standard_fieldnames", {})
	for link in meta.get("links") or []:
		if link.hidden:
			continue
		if link.is_child_table:
			_add_internal(data, link)
		else:
			_put(data, link)
			data["non_standard_fieldnames"][link.link_doctype] = link.link_fieldname


def _add_internal(data: frappe._dict, link: Any) -> None:
	"""A row that names the other record: the link is read from the document's own table."""
	_put(data, link)
	internal = data.setdefault("internal_and_external_links", {})
	internal[link.parent_doctype or link.link_doctype] = [link.table_fieldname, link.link_fieldname]


def _put(data: frappe._dict, link: Any) -> None:
	label = link.group or ""
	for group in data["transactions"]:
		if (group.get("label") or "") == label:
			if link.link_doctype not in group["items"]:
				group["items"].append(link.link_doctype)
			return
	data["transactions"].append({"label": label, "items": [link.link_doctype]})
