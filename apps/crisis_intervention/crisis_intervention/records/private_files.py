"""Uploads kept private under a name that says nothing: people name files after classes and students."""

import os
from typing import Any

import frappe
from frappe import _


def keep_private(doc: Any, fieldname: str) -> Any:
	"""Move the upload of a stored record into a private file that bears the record's code.

	The uploaded file is removed, its public copy and its telling name with it.

	:param doc: stored document whose Attach field holds the address of the upload
	:param fieldname: the Attach field; it gets the new address
	:returns: the File document
	:raises frappe.ValidationError: when there is no such upload
	:raises frappe.PermissionError: when the user may not read it
	"""
	upload = _upload(doc.get(fieldname))
	if _is_kept(upload, doc):
		return upload
	upload.check_permission("read")
	with open(upload.get_full_path(), "rb") as file:
		content = file.read()
	extension = os.path.splitext(upload.file_name or upload.file_url)[1].lower()
	# First, or the host finds the same content and keeps its address with the telling name; and not into the
	# deleted documents either.
	frappe.delete_doc(
		"File",
		upload.name,
		ignore_permissions=True,
		delete_permanently=True,
		flags={"copy_kept": True},
	)
	kept = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{doc.name}-{frappe.generate_hash(length=6)}{extension}",
			"content": content,
			"is_private": 1,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"attached_to_field": fieldname,
		}
	).insert()
	doc.db_set(fieldname, kept.file_url, update_modified=False)
	return kept


def _upload(url: str | None) -> Any:
	name = frappe.db.get_value("File", {"file_url": url or ""}, "name", order_by="creation desc")
	return frappe.get_doc("File", name) if name else frappe.throw(_("Attach the file first."))


def _is_kept(upload: Any, doc: Any) -> bool:
	return bool(
		upload.is_private
		and upload.attached_to_doctype == doc.doctype
		and upload.attached_to_name == doc.name
		and (upload.file_name or "").startswith(doc.name)
	)
