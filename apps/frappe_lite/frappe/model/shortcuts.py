"""The façade's short names for reading and writing documents; the logic is in the modules they call."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import bump_site_version
from frappe.kernel.context import local


def new_doc(
	doctype: str,
	*,
	parent_doc: Any = None,
	parentfield: str | None = None,
	as_dict: bool = False,
	**kwargs: Any,
) -> Any:
	"""Return an unsaved document with its defaults and `kwargs` set; a dict with `as_dict`."""
	from frappe.model.create_new import get_new_doc

	doc = get_new_doc(doctype, parent_doc, parentfield, as_dict=as_dict)
	return doc.update(kwargs)


def get_single(doctype: str) -> Any:
	"""Return the document of a Single DocType."""
	return frappe.get_doc(doctype, doctype)


def get_last_doc(
	doctype: str, filters: Any = None, order_by: str = "creation desc", *, for_update: bool = False
) -> Any:
	"""Return the newest document that matches.

	Raises:
		DoesNotExistError: none matches.
	"""
	names = frappe.get_all(doctype, filters=filters, limit_page_length=1, order_by=order_by, pluck="name")
	if not names:
		raise frappe.DoesNotExistError(doctype)
	return frappe.get_doc(doctype, names[0], for_update=for_update)


def get_cached_doc(doctype: str, name: str | None = None, **kwargs: Any) -> Any:
	"""Return a document that is read once per request and kept between requests until it changes.

	A kept document is compared with its row once per request, so no process ever sees an old one, also after
	a write that leaves `modified` alone.
	Callers must not change it.
	"""
	name = name or doctype
	seen = local.document_cache
	key = (doctype, name)
	if key not in seen:
		seen[key] = _kept_document(doctype, name, key)
	return seen[key]


def _kept_document(doctype: str, name: str, key: tuple[str, str]) -> Any:
	from frappe.kernel.cache import shared

	kept = shared("documents").get(key)
	if kept is not None and kept[0] == _row(doctype, name):
		return kept[1]
	doc = frappe.get_doc(doctype, name)
	shared("documents")[key] = (_row(doctype, name), doc)
	return doc


def _row(doctype: str, name: str) -> Any:
	if doctype == name and frappe.get_meta(doctype).issingle:
		return frappe.db.get_singles_dict(doctype)
	rows = frappe.db.sql(f"select * from `tab{doctype}` where `name` = %s", name)
	return rows[0] if rows else None


def get_cached_value(doctype: str, name: str, fieldname: Any = "name", as_dict: bool = False) -> Any:
	"""Return one field, or several as a tuple or dict, of a kept document; None when it does not exist."""
	try:
		doc = get_cached_doc(doctype, name)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return None
	if isinstance(fieldname, str) and not as_dict:
		return doc.get(fieldname)
	fields = [fieldname] if isinstance(fieldname, str) else fieldname
	values = {field: doc.get(field) for field in fields}
	return frappe._dict(values) if as_dict else tuple(values.values())


def clear_document_cache(doctype: str, name: str | None = None) -> None:
	"""Forget a kept document; called whenever one is written."""
	local.document_cache.pop((doctype, name or doctype), None)


def get_value(*args: Any, **kwargs: Any) -> Any:
	"""Return a value from the database, see `frappe.db.get_value`."""
	return frappe.db.get_value(*args, **kwargs)


def set_value(doctype: str, docname: str, fieldname: Any, value: Any = None) -> Any:
	"""Set a value with all checks of a save, see `frappe.client.set_value`."""
	import frappe.client

	return frappe.client.set_value(doctype, docname, fieldname, value)


def get_list(doctype: str, *args: Any, **kwargs: Any) -> list:
	"""Return those documents that the user may read, see DatabaseQuery.execute for the arguments."""
	from frappe.model.db_query import DatabaseQuery

	return DatabaseQuery(doctype).execute(*args, **kwargs)


def get_all(doctype: str, *args: Any, **kwargs: Any) -> list:
	"""Return documents without asking for permission; all rows unless limited."""
	kwargs["ignore_permissions"] = True
	if "limit_page_length" not in kwargs:
		kwargs["limit_page_length"] = 0
	return get_list(doctype, *args, **kwargs)


def delete_doc_if_exists(doctype: str, name: str, force: int = 0) -> None:
	"""Delete a document if there is one."""
	if frappe.db.exists(doctype, name):
		frappe.delete_doc(doctype, name, force=force)


def reload_doctype(doctype: str, force: bool = False, reset_permissions: bool = False) -> None:
	"""Read a standard DocType from its files again."""
	frappe.reload_doc(
		frappe.scrub(frappe.db.get_value("DocType", doctype, "module")),
		"doctype",
		frappe.scrub(doctype),
		force=force,
		reset_permissions=reset_permissions,
	)


def reload_doc(
	module: str,
	dt: str | None = None,
	dn: str | None = None,
	force: bool = False,
	reset_permissions: bool = False,
) -> Any:
	"""Import one standard record from its file."""
	from frappe.modules.import_file import import_files

	return import_files(module, dt, dn, force=force, reset_permissions=reset_permissions)


def copy_doc(doc: Any, ignore_no_copy: bool = True) -> Any:
	"""Return an unsaved copy of a document without identity, amendment link and `no_copy` fields."""
	from frappe.model.document import Document

	source = frappe.get_doc(dict(doc)) if isinstance(doc, dict) else doc
	copied: Document = frappe.get_doc(_plain(source.as_dict(no_nulls=False)))
	copied.set("amended_from", None)
	for part in [copied, *copied.get_all_children()]:
		_strip_identity(part, ignore_no_copy)
	copied.set("__islocal", 1)
	return copied


def _plain(values: dict) -> dict:
	return {key: value for key, value in values.items() if not key.startswith("_")}


def _strip_identity(part: Any, ignore_no_copy: bool) -> None:
	for field in ("name", "owner", "creation", "modified", "modified_by"):
		part.set(field, None)
	part.docstatus = 0
	if ignore_no_copy:
		for field in part.meta.get("fields", {"no_copy": 1}):
			part.set(field.fieldname, None)


def get_system_settings(key: str) -> Any:
	"""Return a field of System Settings."""
	return get_cached_value("System Settings", "System Settings", key)


def get_website_settings(key: str) -> Any:
	"""Return a field of Website Settings."""
	return get_cached_value("Website Settings", "Website Settings", key)


def clear_website_cache(path: str | None = None) -> None:
	"""Drop what was derived from the database."""
	bump_site_version()


def get_desk_link(doctype: str, name: str, show_title_with_name: bool = False) -> str:
	"""Return an HTML link to a document's form."""
	from frappe.utils import escape_html, get_url_to_form

	return f'<a href="{get_url_to_form(doctype, name)}" style="font-weight: bold;">{escape_html(name)}</a>'


def get_precision(doctype: str, fieldname: str, currency: str | None = None, doc: Any = None) -> int | None:
	"""Return the number of decimals of a field."""
	from frappe.model.meta import get_field_precision

	return get_field_precision(frappe.get_meta(doctype).get_field(fieldname), doc, currency)
