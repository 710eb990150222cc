"""`frappe.client`: documents for scripts of the desk and of other programs."""

from __future__ import annotations

import json
from typing import Any

import frappe
import frappe.model
from frappe import _
from frappe.desk.reportview import validate_args
from frappe.model.db_query import check_parent_permission
from frappe.utils import cint


@frappe.whitelist()
def get_list(
	doctype: str,
	fields: Any = None,
	filters: Any = None,
	group_by: str | None = None,
	order_by: str | None = None,
	limit_start: Any = None,
	limit_page_length: Any = 20,
	parent: str | None = None,
	debug: bool = False,
	as_dict: bool = True,
	or_filters: Any = None,
) -> Any:
	"""Return documents of a DocType that the user may read.

	Args:
		fields: names of fields, `name` unless given.
		filters, or_filters: as of `frappe.get_list`.
		order_by: no order unless given (as recorded of Frappe 15).
		parent: DocType whose rights count when `doctype` is a child table.
	"""
	if frappe.is_table(doctype):
		check_parent_permission(parent, doctype)
	args = frappe._dict(
		doctype=doctype,
		parent_doctype=parent,
		fields=fields,
		filters=filters,
		or_filters=or_filters,
		group_by=group_by,
		order_by=order_by,
		limit_start=limit_start,
		limit_page_length=limit_page_length,
		debug=debug,
		as_list=not frappe.utils.sbool(as_dict),
	)
	validate_args(args)
	return frappe.get_list(**args)


@frappe.whitelist()
def get_count(doctype: str, filters: Any = None, debug: bool = False, cache: bool = False) -> int:
	"""Return how many documents match among those the user may read.

	Raises:
		PermissionError: he may not read the DocType at all.
	"""
	from frappe.desk.reportview import count_of

	return count_of(doctype, filters)


@frappe.whitelist()
def get(
	doctype: str, name: str | int | None = None, filters: Any = None, parent: str | None = None
) -> dict[str, Any]:
	"""Return a document by name, or the first one that matches.

	Raises:
		PermissionError: the user may not read it.
		DoesNotExistError: there is none.
	"""
	if frappe.is_table(doctype):
		check_parent_permission(parent, doctype)
	if filters and not name:
		name = _first(doctype, frappe.parse_json(filters))
	doc = frappe.get_doc(doctype, name) if name else frappe.get_doc(doctype)
	doc.check_permission()
	doc.apply_fieldlevel_read_permissions()
	return doc.as_dict()


def _first(doctype: str, filters: Any) -> str:
	names = frappe.get_list(doctype, filters=filters, limit_page_length=1, pluck="name")
	if not names:
		frappe.throw(_("No document found for given filters"), frappe.DoesNotExistError)
	return names[0]


@frappe.whitelist()
def get_value(
	doctype: str,
	fieldname: Any,
	filters: Any = None,
	as_dict: bool = True,
	debug: bool = False,
	parent: str | None = None,
) -> Any:
	"""Return values of the first document that matches; {} when there is none.

	Args:
		fieldname: one fieldname or a JSON list of them.
		filters: conditions or a name.
	"""
	if frappe.is_table(doctype):
		check_parent_permission(parent, doctype)
	if not frappe.has_permission(doctype, parent_doctype=parent):
		frappe.throw(_("No permission for {0}").format(_(doctype)), frappe.PermissionError)
	filters = _parsed(filters)
	if isinstance(filters, str | int):
		filters = {"name": filters}
	fields = _parsed(fieldname)
	fields = [fields] if isinstance(fields, str) else fields
	filters = filters or None
	if frappe.get_meta(doctype).issingle:
		return _single_values(doctype, fields, filters, as_dict)
	rows = frappe.get_list(
		doctype,
		filters=filters,
		fields=fields,
		limit_page_length=1,
		parent_doctype=parent,
		order_by=None,
		as_list=not as_dict,
	)
	if as_dict:
		return rows[0] if rows else {}
	return (rows[0] if len(fields) > 1 else rows[0][0]) if rows else None


def _single_values(doctype: str, fields: list[str], filters: Any, as_dict: bool) -> Any:
	from frappe.model import get_permitted_fields

	permitted = get_permitted_fields(doctype)
	fields = [field for field in fields if field in permitted]
	value = frappe.db.get_values_from_single(fields, filters, doctype, as_dict=as_dict)
	return (value[0] if value else {}) if as_dict else value


def _parsed(value: Any) -> Any:
	if isinstance(value, str):
		try:
			return json.loads(value)
		except ValueError:
			return value
	return value


@frappe.whitelist()
def get_single_value(doctype: str, field: str) -> Any:
	"""Return one value of a Single DocType in its own type.

	Raises:
		PermissionError: the user may not read it.
		ValidationError: it has no such field.
	"""
	if not frappe.has_permission(doctype):
		frappe.throw(_("No permission for {0}").format(_(doctype)), frappe.PermissionError)
	meta = frappe.get_meta(doctype)
	df = meta.get_field(field)
	if df is None and field not in frappe.model.default_fields:
		frappe.throw(_("Field {0} does not exist on {1}").format(frappe.bold(field), frappe.bold(doctype)))
	if field in meta.hidden_fields(frappe.session.user, None):
		frappe.throw(_("No permission for {0}").format(_(doctype)), frappe.PermissionError)
	return frappe.db.get_single_value(doctype, field)


@frappe.whitelist(methods=["POST", "PUT"])
def set_value(doctype: str, name: str | int, fieldname: Any, value: Any = None) -> dict[str, Any]:
	"""Set one value, or several given as a JSON object in `fieldname`, and save.

	Raises:
		ValidationError: a standard field such as owner was named.
	"""
	if fieldname in (frappe.model.default_fields + frappe.model.child_table_fields):
		frappe.throw(_("Cannot edit standard fields"))
	values = _parsed(fieldname) if value is None else fieldname
	if not isinstance(values, dict):
		values = {fieldname: value if value is not None or values == fieldname else ""}
	if any(field in frappe.model.default_fields for field in values):
		frappe.throw(_("Cannot edit standard fields"))
	if not frappe.get_meta(doctype).istable:
		doc = frappe.get_doc(doctype, name)
		doc.update(values)
	else:
		row = frappe.db.get_value(doctype, name, ["parenttype", "parent"], as_dict=True)
		doc = frappe.get_doc(row.parenttype, row.parent)
		doc.getone({"doctype": doctype, "name": name}).update(values)
	doc.save()
	return doc.as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def insert(doc: Any = None) -> dict[str, Any]:
	"""Insert a document; a child row is added to its parent."""
	return insert_doc(_document(doc)).as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def insert_many(docs: Any = None) -> list[str]:
	"""Insert up to 200 documents, all or none, and return their names.

	Raises:
		ValidationError: more than 200.
	"""
	docs = frappe.parse_json(docs)
	if not isinstance(docs, list):
		frappe.throw(_("Invalid request arguments"))
	if len(docs) > 200:
		frappe.throw(_("Only 200 inserts allowed in one request"))
	return [insert_doc(doc).name for doc in docs]


def insert_doc(doc: Any) -> Any:
	"""Insert a document and return it; for a child row its parent, saved with the row."""
	doc = frappe._dict(_document(doc))
	if not doc.get("doctype"):
		frappe.throw(_("{0} is a required key").format('"doctype"'))
	if frappe.is_table(doc.doctype):
		if not (doc.parenttype and doc.parent and doc.parentfield):
			frappe.throw(_("Parenttype, Parent and Parentfield are required to insert a child record"))
		parent = frappe.get_doc(doc.parenttype, doc.parent)
		parent.append(doc.parentfield, doc)
		parent.save()
		return parent
	return frappe.get_doc(doc).insert()


def _document(doc: Any) -> dict:
	doc = frappe.parse_json(doc)
	if not isinstance(doc, dict):
		frappe.throw(_("Invalid request arguments"))
	return doc


@frappe.whitelist(methods=["POST", "PUT"])
def save(doc: Any) -> dict[str, Any]:
	"""Save a whole document as the form holds it."""
	doc = frappe.get_doc(_document(doc))
	doc.save()
	return doc.as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def rename_doc(doctype: str, old_name: str, new_name: str, merge: bool = False) -> str:
	"""Rename a document."""
	return frappe.rename_doc(doctype, old_name, new_name, merge=merge)


@frappe.whitelist(methods=["POST", "PUT"])
def submit(doc: Any) -> dict[str, Any]:
	"""Submit a document as the form holds it."""
	doc = frappe.get_doc(_document(doc))
	doc.submit()
	return doc.as_dict()


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(doctype: str, name: str | int) -> dict[str, Any]:
	"""Cancel a submitted document."""
	doc = frappe.get_doc(doctype, name)
	doc.cancel()
	return doc.as_dict()


@frappe.whitelist(methods=["DELETE", "POST"])
def delete(doctype: str, name: str | int) -> None:
	"""Delete a document."""
	delete_doc(doctype, name)


def delete_doc(doctype: str, name: str | int) -> None:
	"""Delete a document; a child row is taken out of its parent."""
	if not frappe.is_table(doctype):
		frappe.delete_doc(doctype, name, ignore_missing=False)
		return
	row = frappe.db.get_value(doctype, name, ["parenttype", "parent", "parentfield"], as_dict=True)
	if not row:
		raise frappe.DoesNotExistError
	parent = frappe.get_doc(row.parenttype, row.parent)
	for child in parent.get(row.parentfield):
		if child.name == name:
			parent.remove(child)
			break
	parent.save()


@frappe.whitelist(methods=["POST", "PUT"])
def bulk_update(docs: Any) -> dict[str, list]:
	"""Update documents one by one.

	Args:
		docs: JSON list of `{doctype, docname, field: value}`.

	Returns those that failed as `{failed_docs: [{doc, exc}]}`; the others are saved.
	"""
	failed = []
	for doc in frappe.parse_json(docs):
		values = dict(doc)
		save_point = "bulk_update"
		frappe.db.savepoint(save_point)
		try:
			existing = frappe.get_doc(values.pop("doctype", None), values.pop("docname", None))
			values.pop("flags", None)
			existing.update(values)
			existing.save()
		except Exception as error:
			frappe.db.rollback(save_point=save_point)
			failed.append({"doc": doc, "exc": _reason(error)})
	return {"failed_docs": failed}


def _reason(error: Exception) -> str:
	from frappe.utils.response import describe_exception, safe_traceback, traceback_allowed

	return safe_traceback(error) if traceback_allowed() else describe_exception(error) or type(error).__name__


@frappe.whitelist()
def has_permission(doctype: str, docname: str | int, perm_type: str = "read") -> dict[str, bool]:
	"""Tell whether the user has a right on a document."""
	return {"has_permission": frappe.has_permission(doctype, perm_type.lower(), docname)}


@frappe.whitelist()
def get_doc_permissions(doctype: str, docname: str | int) -> dict[str, dict]:
	"""Return the rights of the user on a document."""
	from frappe.permissions import get_doc_permissions as permissions_of

	doc = frappe.get_doc(doctype, docname)
	return {"permissions": permissions_of(doc)}


@frappe.whitelist()
def get_password(doctype: str, name: str | int, fieldname: str) -> str | None:
	"""Return a password field in plain text; for System Managers who may write the document.

	Raises:
		PermissionError: the user is none.
	"""
	frappe.only_for("System Manager")
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("write")
	if doctype == "User":
		frappe.throw(_("Not permitted"), frappe.PermissionError)
	return doc.get_password(fieldname)


@frappe.whitelist()
def get_time_zone() -> dict[str, str]:
	"""Return the site's time zone."""
	from frappe.utils import get_system_timezone

	return {"time_zone": get_system_timezone()}


@frappe.whitelist(methods=["POST", "PUT"])
def attach_file(
	filename: str | None = None,
	filedata: Any = None,
	doctype: str | None = None,
	docname: str | None = None,
	folder: str | None = None,
	decode_base64: bool | int | str = False,
	is_private: bool | int | str | None = None,
	docfield: str | None = None,
) -> Any:
	"""Attach content to a document the user may write; with `docfield` its address is put into that field."""
	doc = frappe.get_doc(doctype, docname)
	doc.check_permission("write")
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": filename,
			"attached_to_doctype": doctype,
			"attached_to_name": docname,
			"attached_to_field": docfield,
			"folder": folder,
			"is_private": cint(is_private),
			"content": filedata,
			"decode": cint(decode_base64),
		}
	).save()
	if docfield and doctype:
		doc.set(docfield, file.file_url)
		doc.save()
	return file


@frappe.whitelist()
def is_document_amended(doctype: str, docname: str | int) -> str | bool | None:
	"""Return the document that amends another, False when the DocType knows no amendments."""
	if not frappe.permissions.has_permission(doctype):
		raise frappe.PermissionError
	if not frappe.get_meta(doctype).has_field("amended_from"):
		return False
	return frappe.db.exists(doctype, {"amended_from": docname})


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: Any = None) -> dict[str, Any]:
	"""Return the name a link would be stored with, None when there is no such document, and fetched fields.

	Raises:
		PermissionError: the user may neither read nor pick documents of the DocType.
	"""
	if not isinstance(doctype, str) or not isinstance(docname, str):
		frappe.throw(_("DocType and Document Name must be strings"))
	if not (frappe.has_permission(doctype, "select") or frappe.has_permission(doctype, "read")):
		frappe.throw(
			_("You do not have Read or Select Permissions for {}").format(frappe.bold(doctype)),
			frappe.PermissionError,
		)
	values = frappe._dict(name=_existing(doctype, docname))
	wanted = frappe.parse_json(fields) or []
	if not (values.name and wanted):
		return values
	found = frappe.get_list(doctype, filters={"name": values.name}, fields=wanted, limit_page_length=1)
	if not found:
		frappe.clear_last_message()
		return values
	values.update(found[0])
	return values


def _existing(doctype: str, docname: str) -> str | None:
	if frappe.get_meta(doctype).is_virtual:
		return docname
	return frappe.db.get_value(doctype, docname, "name", cache=True)


@frappe.whitelist()
def get_js(items: Any) -> list[str]:
	"""Return the text of public scripts of apps, translations included.

	Args:
		items: JSON list of paths such as `assets/app/js/file.js`.

	Raises:
		PermissionError: a path leaves an app's public folder.
	"""
	from frappe.website.static import find_asset

	texts = []
	for item in frappe.parse_json(items):
		path = find_asset("/" + item.strip("/").split("?", 1)[0], frappe.local.sites_path)
		if not path or not path.endswith(".js"):
			frappe.throw(_("Invalid file path: {0}").format(item), frappe.PermissionError)
		with open(path, encoding="utf-8") as file:
			texts.append(file.read())
	return texts
