"""`/files/…` for everybody, `/private/files/…` for those who may read the File."""

from __future__ import annotations

import mimetypes
import os

from werkzeug.utils import send_file
from werkzeug.wrappers import Response

import frappe
from frappe.core.doctype.file import storage
from frappe.core.doctype.file.utils import find_file_by_url
from frappe.website.pages import plain_page

SHOWN_TYPES = ("image/", "audio/", "video/", "text/plain", "text/csv", "application/pdf", "application/json")
DANGEROUS_TYPES = ("image/svg+xml", "text/html", "text/xml", "application/xml", "application/xhtml+xml")


def content_type_of(filename: str) -> str:
	"""Return the media type of a file name."""
	return mimetypes.guess_type(filename)[0] or "application/octet-stream"


def may_be_shown(mimetype: str) -> bool:
	"""Tell whether a browser may show content of a type instead of saving it: nothing that can carry
	scripts."""
	return mimetype.startswith(SHOWN_TYPES) and not mimetype.startswith(DANGEROUS_TYPES)


def serve_public(path: str) -> Response | None:
	"""Return a public file of the site, None when there is none."""
	found = _path(path)
	if found is None:
		return None
	response = _send(found)
	response.headers["Cache-Control"] = "no-cache"
	return response


def serve_private(path: str) -> Response:
	"""Return a private file that the user may read, else the page of status 403.

	Missing files are answered like forbidden ones.
	"""
	found = _path(path)
	file = find_file_by_url(path) if found else None
	if found is None or file is None:
		return plain_page(403)
	frappe.flags.served_file = file.name
	response = _send(found)
	response.headers["Cache-Control"] = "private, no-store"
	return response


def _path(url: str) -> str | None:
	try:
		path = storage.path_of(url)
	except frappe.ValidationError:
		frappe.clear_last_message()
		return None
	return path if os.path.isfile(path) else None


def _send(path: str) -> Response:
	mimetype = content_type_of(path)
	response = send_file(
		path,
		frappe.local.request.environ,
		mimetype=mimetype,
		conditional=True,
		etag=True,
		as_attachment=not may_be_shown(mimetype),
		download_name=os.path.basename(path),
	)
	response.headers["X-Content-Type-Options"] = "nosniff"
	response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
	return response
