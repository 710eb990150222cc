"""Documents that link to a document."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.kernel.cache import shared

LIMIT = 100


@frappe.whitelist()
def get(doctype: str, docname: str) -> dict[str, list]:
	"""Return `{DocType: [documents]}` that link to a document, as far as the user may read them."""
	frappe.has_permission(doctype, doc=docname, throw=True)
	return get_linked_docs(doctype, docname, get_linked_doctypes(doctype))


@frappe.whitelist()
def get_linked_doctypes(
	doctype: str, without_ignore_user_permissions_enabled: bool | int | str = False
) -> dict[str, dict]:
	"""Return `{DocType: {fieldname: [fields], child_doctype?}}` of DocTypes with links to a DocType."""
	kept = shared("linked_doctypes")
	key = (doctype, bool(int(without_ignore_user_permissions_enabled)))
	if key not in kept:
		kept[key] = _read_linked(doctype, key[1])
	return kept[key]


def _read_linked(doctype: str, respecting_only: bool) -> dict[str, dict]:
	found: dict[str, dict] = {}
	for table in ("DocField", "Custom Field"):
		parent = "parent" if table == "DocField" else "dt"
		rows = frappe.db.sql(
			f"""select `{parent}`, `fieldname`, `ignore_user_permissions` from `tab{table}`
			where `fieldtype` = 'Link' and `options` = %s""",
			doctype,
		)
		for owner, fieldname, ignoring in rows:
			if not (respecting_only and ignoring):
				_add(found, owner, fieldname)
	return found


def _add(found: dict[str, dict], owner: str, fieldname: str) -> None:
	meta = frappe.get_meta(owner)
	if meta.issingle or meta.is_virtual:
		return
	if not meta.istable:
		_add_to(found, owner, None, fieldname)
		return
	for parent in meta.get_parent_doctypes():
		_add_to(found, parent, owner, fieldname)


def _add_to(found: dict[str, dict], doctype: str, child: str | None, fieldname: str) -> None:
	"""An answer names the fields of one table: links in a child table win, as in Frappe."""
	entry = found.get(doctype)
	if entry and entry.get("child_doctype") == child:
		entry["fieldname"].append(fieldname)
	elif child:
		found[doctype] = {"fieldname": [fieldname], "child_doctype": child}
	elif not entry:
		found[doctype] = {"fieldname": [fieldname]}


@frappe.whitelist()
def get_linked_docs(doctype: str, name: str, linkinfo: Any = None) -> dict[str, list]:
	"""Return `{DocType: [documents]}` that link to a document, at most 100 of each, as far as the user may
	read them.

	Args:
		linkinfo: what `get_linked_doctypes` answers.
	"""
	linkinfo = frappe.parse_json(linkinfo) or get_linked_doctypes(doctype)
	results: dict[str, list] = {}
	for linked, link in linkinfo.items():
		if not frappe.has_permission(linked):
			continue
		rows = frappe.get_list(
			linked,
			fields=_fields(linked),
			or_filters=[
				[link.get("child_doctype") or linked, fieldname, "=", name]
				for fieldname in _names(link["fieldname"])
			],
			limit_page_length=LIMIT,
			distinct=bool(link.get("child_doctype")),
			order_by="`modified` desc",
		)
		if rows:
			results[linked] = rows
	return results


def _names(fieldnames: Any) -> list[str]:
	return [fieldnames] if isinstance(fieldnames, str) else list(fieldnames)


def _fields(doctype: str) -> list[str]:
	meta = frappe.get_meta(doctype)
	names = [
		"name",
		"modified",
		"docstatus",
		*([meta.title_field] if meta.title_field else []),
		*meta.get_list_fields(),
	]
	return [
		f"`tab{doctype}`.`{name}`"
		for name in dict.fromkeys(names)
		if meta.has_field(name) or name in names[:3]
	]


@frappe.whitelist()
def get_submitted_linked_docs(
	doctype: str, name: str, ignore_doctypes_on_cancel_all: Any = None
) -> dict[str, Any]:
	"""Return `{docs: [{doctype, name, docstatus}], count}` of submitted documents that depend on a
	document."""
	frappe.has_permission(doctype, doc=name, throw=True)
	ignored = set(frappe.parse_json(ignore_doctypes_on_cancel_all) or [])
	seen: dict[tuple[str, str], None] = {}
	_collect_submitted(doctype, name, ignored, seen)
	seen.pop((doctype, name), None)
	docs = [{"doctype": linked, "name": linked_name, "docstatus": 1} for linked, linked_name in seen]
	return {"docs": docs, "count": len(docs)}


def _collect_submitted(doctype: str, name: str, ignored: set[str], seen: dict[tuple[str, str], None]) -> None:
	if (doctype, name) in seen:
		return
	seen[(doctype, name)] = None
	for linked, link in get_linked_doctypes(doctype).items():
		if linked in ignored or not frappe.get_meta(linked).is_submittable:
			continue
		rows = frappe.get_all(
			linked,
			filters={"docstatus": 1},
			or_filters=[
				[link.get("child_doctype") or linked, fieldname, "=", name]
				for fieldname in _names(link["fieldname"])
			],
			pluck="name",
			distinct=True,
		)
		for row in rows:
			_collect_submitted(linked, row, ignored, seen)


@frappe.whitelist(methods=["POST", "PUT"])
def cancel_all_linked_docs(docs: Any, ignore_doctypes_on_cancel_all: Any = None) -> None:
	"""Cancel submitted documents, the last one first.

	Args:
		docs: JSON list of `{doctype, name}` as `get_submitted_linked_docs` answers.
	"""
	ignored = set(frappe.parse_json(ignore_doctypes_on_cancel_all) or [])
	for entry in reversed(frappe.parse_json(docs)):
		if entry["doctype"] in ignored:
			continue
		doc = frappe.get_doc(entry["doctype"], entry["name"])
		if doc.docstatus == 1:
			doc.cancel()
	frappe.msgprint(_("Cancelled"), indicator="red", alert=True)
