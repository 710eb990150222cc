"""Upload and download of files: `/api/method/upload_file`, `/api/method/download_file`."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.file import storage
from frappe.core.doctype.file.utils import find_file_by_url
from frappe.utils import cint

IMAGES = ("JPG", "JPEG", "PNG", "GIF", "WEBP")
DOCUMENTS = ("PDF", "TXT", "CSV", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "ODT", "ODS", "ODP")
WEBSITE_USERS_MAY_UPLOAD = frozenset((*IMAGES, *DOCUMENTS))


def upload_file() -> Any:
	"""Store the file of a request.

	Form data: `file` (or `file_url`), `is_private` (1 unless given), `doctype`, `docname`, `fieldname`,
	`folder`.

	Raises:
		PermissionError: guests may not upload, or the user may not write the document.
	"""
	form = frappe.form_dict
	if frappe.session.user == "Guest" and not cint(
		frappe.get_system_settings("allow_guests_to_upload_files")
	):
		raise frappe.PermissionError
	doctype, docname = form.get("doctype"), form.get("docname")
	if doctype and docname:
		_check_document(doctype, docname, form.get("fieldname"))
	content, filename = _uploaded()
	if method := form.get("method"):
		return _call_upload_method(method, content, filename)
	_check_kind(filename)
	return _store(content, filename, doctype, docname)


def _check_document(doctype: str, docname: str, fieldname: str | None) -> None:
	if not frappe.db.exists("DocType", doctype):
		frappe.throw(_("DocType {0} not found").format(doctype), frappe.DoesNotExistError)
	if frappe.db.exists(doctype, docname):
		frappe.get_doc(doctype, docname).check_permission("write")
	else:
		frappe.has_permission(doctype, "create", throw=True)
	if fieldname and not frappe.get_meta(doctype).has_field(fieldname):
		frappe.throw(_("Field {0} not found").format(fieldname))


def _uploaded() -> tuple[bytes | None, str]:
	files = frappe.local.request.files
	if "file" not in files:
		return None, storage.safe_name(frappe.form_dict.get("file_name") or "")
	file = files["file"]
	frappe.local.uploaded_filename = storage.safe_name(file.filename or "")
	frappe.local.uploaded_file = content = file.stream.read()
	return content, frappe.local.uploaded_filename


def _call_upload_method(method: str, content: bytes | None, filename: str) -> Any:
	from frappe.handler import call_whitelisted

	function = frappe.get_attr(method)
	frappe.is_whitelisted(function)
	frappe.is_valid_http_method(function)
	return call_whitelisted(function)


def _check_kind(filename: str) -> None:
	from frappe.permissions import is_system_user

	if not filename or is_system_user(frappe.session.user):
		return
	if storage.type_of(filename) not in WEBSITE_USERS_MAY_UPLOAD:
		frappe.throw(_("You can only upload JPG, PNG, PDF, TXT, CSV or Microsoft documents."))


def _store(content: bytes | None, filename: str, doctype: str | None, docname: str | None) -> Any:
	form = frappe.form_dict
	private = form.get("is_private")
	values = {
		"doctype": "File",
		"attached_to_doctype": doctype,
		"attached_to_name": docname,
		"attached_to_field": form.get("fieldname"),
		"folder": form.get("folder") if form.get("folder") != "Home" else None,
		"file_name": filename,
		"file_url": form.get("file_url") or form.get("fileurl"),
		"is_private": 1 if private is None else cint(private),
	}
	if content is not None:
		values["content"] = content
		values["file_url"] = None
	return frappe.get_doc(values).insert()


def download_file(file_url: str) -> None:
	"""Answer with a file the user may read.

	Raises:
		PermissionError: he may not, or there is none; the two are not told apart.
	"""
	file = find_file_by_url(file_url, name=frappe.form_dict.get("fid"))
	if file is None:
		raise frappe.PermissionError
	content = file.get_content()
	frappe.local.response["filename"] = file.file_name or (file.file_url or "").rsplit("/", 1)[-1]
	frappe.local.response["filecontent"] = content
	frappe.local.response["type"] = "download"
