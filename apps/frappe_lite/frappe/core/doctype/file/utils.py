"""Helpers around files, under Frappe's names."""

from __future__ import annotations

import hashlib
from typing import Any

import frappe
from frappe.kernel.cache import shared

HOME, ATTACHMENTS = "Home", "Home/Attachments"


def get_content_hash(content: bytes | str) -> str:
	"""Return the SHA-256 of content as 64 hexadecimal digits."""
	return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def make_home_folder() -> None:
	"""Create the folders Home and Home/Attachments unless they exist."""
	if frappe.flags.in_make_home_folder or frappe.db.exists("File", ATTACHMENTS):
		return
	frappe.flags.in_make_home_folder = True
	try:
		_make_folders()
	finally:
		frappe.flags.in_make_home_folder = False


def _make_folders() -> None:
	folders = (
		{"file_name": HOME, "is_home_folder": 1},
		{"file_name": "Attachments", "folder": HOME, "is_attachments_folder": 1},
	)
	for values in folders:
		if frappe.db.exists("File", values):
			continue
		folder = frappe.get_doc({"doctype": "File", "is_folder": 1, "is_private": 0, **values})
		folder.flags.ignore_permissions = True
		folder.flags.ignore_links = True
		folder.insert(ignore_if_duplicate=True)


setup_folder_path = make_home_folder


def find_file_by_url(path: str, name: str | None = None) -> Any:
	"""Return a File with this address that the current user may read, None when there is none.

	Args:
		name: only this File.
	"""
	filters = {"file_url": str(path), **({"name": str(name)} if name else {})}
	for row in frappe.get_all("File", filters=filters, pluck="name", limit_page_length=0):
		file = frappe.get_doc("File", row)
		if frappe.permissions.has_permission("File", "read", doc=file, print_logs=False):
			return file
	return None


def delete_file(path: str) -> None:
	"""Remove a file from disk."""
	from frappe.core.doctype.file import storage

	storage.remove(storage.path_of(path))


def remove_file_by_url(file_url: str, doctype: str | None = None, name: str | None = None) -> Any:
	"""Delete the File with an address, of one document if named."""
	filters = {"file_url": file_url}
	if doctype and name:
		filters.update(attached_to_doctype=doctype, attached_to_name=name)
	file = frappe.db.get_value("File", filters)
	return frappe.delete_doc("File", file) if file else None


def attach_files_to_document(doc: Any, event: str | None = None) -> None:
	"""Attach the files that a document's Attach fields show to it (document event).

	A file uploaded before its document was saved is taken over; any other that the user may read gets a
	further File.
	"""
	for df in _attach_fields(doc):
		url = doc.get(df.fieldname)
		if not isinstance(url, str) or not url.startswith(("/private/files", "/files")):
			continue
		here = {"attached_to_doctype": doc.doctype, "attached_to_name": str(doc.name)}
		if frappe.db.exists("File", {"file_url": url, **here, "attached_to_field": df.fieldname}):
			continue
		_attach(url, {**here, "attached_to_field": df.fieldname})


def _attach_fields(doc: Any) -> list:
	kept = shared("attach_fields")
	fields = kept.get(doc.doctype)
	if fields is None:
		fields = [df for df in doc.meta.get("fields") if df.fieldtype in ("Attach", "Attach Image")]
		kept[doc.doctype] = fields
	return fields


def _attach(url: str, target: dict[str, str]) -> None:
	waiting = frappe.db.sql(
		"""select `name` from `tabFile` where `file_url` = %(url)s and `owner` = %(user)s
		and (`attached_to_name` is null or `attached_to_name` = '' or `attached_to_name` like 'new-%%')
		and (`attached_to_doctype` is null or `attached_to_doctype` = '' or `attached_to_doctype` =
		%(doctype)s)
		limit 1""",
		{"url": url, "user": frappe.session.user, "doctype": target["attached_to_doctype"]},
	)
	if waiting:
		frappe.db.set_value("File", waiting[0][0], target)
		return
	source = find_file_by_url(url)
	if source is None:
		return
	copy = frappe.get_doc(
		{"doctype": "File", "file_url": url, "file_name": source.file_name, "folder": ATTACHMENTS, **target}
	)
	copy.insert(ignore_permissions=True)


def relink_files(doc: Any, fieldname: str, temp_doc_name: str) -> None:
	"""Attach the file of a field, uploaded under a temporary name, to the saved document."""
	_attach(
		doc.get(fieldname),
		{
			"attached_to_doctype": doc.doctype,
			"attached_to_name": str(doc.name),
			"attached_to_field": fieldname,
		},
	)


def remove_file(
	fid: str | None = None,
	attached_to_doctype: str | None = None,
	attached_to_name: str | None = None,
	from_delete: bool = False,
	delete_permanently: bool = False,
) -> None:
	"""Delete a File by name."""
	frappe.delete_doc("File", fid, ignore_permissions=from_delete, delete_permanently=delete_permanently)


def remove_all(dt: str, dn: str, from_delete: bool = False, delete_permanently: bool = False) -> None:
	"""Delete the files of a document that is being deleted."""
	for name in frappe.get_all(
		"File", filters={"attached_to_doctype": dt, "attached_to_name": dn}, pluck="name"
	):
		frappe.delete_doc("File", name, ignore_permissions=from_delete, delete_permanently=delete_permanently)
