"""Saving and finding of files, with the names older apps use; the work is done by the DocType File."""

from __future__ import annotations

import base64
from typing import Any

import frappe


def save_file(
	fname: str,
	content: bytes | str,
	dt: str | None,
	dn: str | None,
	folder: str | None = None,
	decode: bool = False,
	is_private: int = 1,
	df: str | None = None,
) -> Any:
	"""Store a file and attach it to a document; private unless said otherwise.

	Args:
		content: bytes, or text.
		dt, dn: document the file is attached to.
		decode: the content is base64.
		df: field of the document that names the file.
	"""
	if decode:
		text = content.decode() if isinstance(content, bytes) else content
		content = base64.b64decode(text.split(",", 1)[-1])
	values = {"file_name": fname, "attached_to_doctype": dt, "attached_to_name": dn, "attached_to_field": df}
	file = frappe.get_doc(
		{"doctype": "File", "folder": folder, "is_private": is_private, "content": content, **values}
	)
	file.flags.ignore_file_validate = True
	return file.insert()


def get_file(fname: str) -> list:
	"""Return [name, content] of a stored file, found by its name or address."""
	filters = {"file_url": fname} if fname.startswith("/") else {"file_name": fname}
	name = frappe.db.get_value("File", filters) or fname
	file = frappe.get_doc("File", name)
	return [file.file_name, file.get_content()]


def get_file_path(file_name: str) -> str:
	"""Return the path of a stored file, found by its name or address."""
	filters = {"file_url": file_name} if file_name.startswith("/") else {"file_name": file_name}
	return frappe.get_doc("File", frappe.db.get_value("File", filters) or file_name).get_full_path()


def remove_all(dt: str, dn: str, from_delete: bool = False, delete_permanently: bool = False) -> None:
	"""Delete the files attached to a document."""
	for name in frappe.get_all("File", {"attached_to_doctype": dt, "attached_to_name": dn}, pluck="name"):
		frappe.delete_doc("File", name, ignore_permissions=from_delete, delete_permanently=delete_permanently)


def remove_file(
	fid: str | None = None, attached_to_doctype: str | None = None, attached_to_name: str | None = None
) -> None:
	"""Delete a stored file."""
	frappe.delete_doc("File", fid)
