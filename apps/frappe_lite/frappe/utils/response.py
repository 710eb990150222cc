"""Answers of a request: `frappe.local.response` as JSON, file, page or redirect, and errors in Frappe's
form."""

from __future__ import annotations

import datetime
import decimal
import json
import sys
import traceback
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.wrappers import Response

import frappe
from frappe.kernel.lazy_text import LazyText

COMPACT = (",", ":")


# ------------------------------------------------------------------ JSON
def json_handler(obj: Any) -> Any:
	"""Return a JSON value for what `json` does not know: dates, decimals, documents (empty fields left out).

	Raises:
		TypeError: there is none.
	"""
	if hasattr(obj, "as_dict") and hasattr(obj, "doctype"):
		return obj.as_dict(no_nulls=True)
	for kinds, convert in _CONVERSIONS:
		if isinstance(obj, kinds):
			return convert(obj)
	raise TypeError(f"Object of type {type(obj)} with value of {obj!r} is not JSON serializable")


def _convert_bytes(obj: bytes) -> str:
	return obj.decode("utf-8", "replace")


_CONVERSIONS = (
	((datetime.date, datetime.timedelta, datetime.time, uuid.UUID, LazyText), str),
	((decimal.Decimal,), float),
	((bytes,), _convert_bytes),
	((Mapping,), dict),
	((Iterable,), list),
	((type, Exception), repr),
)


def as_json(
	obj: Any, indent: int | None = 1, separators: tuple[str, str] | None = None, ensure_ascii: bool = True
) -> str:
	"""Return an object as JSON text with sorted keys."""
	separators = separators or (COMPACT if indent is None else (",", ": "))
	options = {
		"indent": indent,
		"default": json_handler,
		"separators": separators,
		"ensure_ascii": ensure_ascii,
	}
	try:
		return json.dumps(obj, sort_keys=True, **options)
	except TypeError:
		return json.dumps(obj, sort_keys=False, **options)


# ------------------------------------------------------------------ building
def build_response(response_type: str | None = None) -> Response:
	"""Return the HTTP answer that `frappe.local.response` describes.

	Args:
		response_type: json, csv, txt, download, binary, pdf, page or redirect; what the response says
		unless given.
	"""
	kind = frappe.local.response.get("type") or response_type or "json"
	return _BUILDERS[kind]()


def as_json_response() -> Response:
	"""Return the response dict as JSON, with the messages of the request."""
	out = frappe.local.response
	add_messages(out)
	status = out.pop("http_status_code", None) or 200
	if not out.get("docs"):
		out.pop("docs", None)
	out.pop("type", None)
	body = json.dumps(out, default=json_handler, separators=COMPACT, ensure_ascii=False)
	return Response(body.encode(), status=status, mimetype="application/json")


def add_messages(out: dict) -> None:
	"""Add the messages of the request in Frappe's form, version 1 or 2 of the API."""
	if frappe.local.message_log:
		if is_v2():
			out["messages"] = frappe.local.message_log
		else:
			texts = [as_json(message, indent=None) for message in frappe.local.message_log]
			out["_server_messages"] = json.dumps(texts)
	if frappe.flags.error_message and not is_v2():
		out["_error_message"] = frappe.flags.error_message


def is_v2() -> bool:
	"""Tell whether the request is one of version 2 of the API."""
	return bool(getattr(frappe.local, "is_api_v2", False))


def as_csv() -> Response:
	"""Return `response.result` as a CSV download named after `response.doctype`."""
	out = frappe.local.response
	body = out.get("result") or ""
	response = Response(body.encode() if isinstance(body, str) else body, mimetype="text/csv")
	_name_download(response, f"{out.get('doctype') or 'export'}.csv", "attachment")
	return response


def as_txt() -> Response:
	"""Return `response.result` as a text download."""
	out = frappe.local.response
	response = Response(out.get("result") or "", mimetype="text/plain")
	_name_download(response, f"{out.get('doctype') or 'export'}.txt", "attachment")
	return response


def as_download() -> Response:
	"""Return `response.filecontent` under `response.filename`, shown inline if asked and harmless."""
	from frappe.website.files import content_type_of, may_be_shown

	out = frappe.local.response
	mimetype = out.get("content_type") or content_type_of(out.get("filename") or "")
	response = Response(_content(out), mimetype=mimetype)
	wished = out.get("display_content_as") or "attachment"
	_name_download(response, out.get("filename"), wished if may_be_shown(mimetype) else "attachment")
	return response


def as_binary() -> Response:
	"""Return `response.filecontent` as plain bytes."""
	out = frappe.local.response
	response = Response(_content(out), mimetype="application/octet-stream")
	_name_download(response, out.get("filename"), None)
	return response


def as_pdf() -> Response:
	"""Return `response.filecontent` as a PDF."""
	out = frappe.local.response
	response = Response(_content(out), mimetype="application/pdf")
	_name_download(response, out.get("filename"), "inline")
	return response


def _content(out: Mapping) -> bytes:
	content = out.get("filecontent") or b""
	return content.encode() if isinstance(content, str) else content


def _name_download(response: Response, filename: str | None, disposition: str | None) -> None:
	if not filename:
		return
	name = str(filename).replace("\r", " ").replace("\n", " ").replace("/", "-")
	if disposition is None and name.isascii():
		response.headers.add("Content-Disposition", None, filename=name)
		return
	response.headers.set("Content-Disposition", disposition or "attachment", filename=_ascii(name))
	if not name.isascii():
		from urllib.parse import quote

		response.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(name, safe='')}"


def _ascii(name: str) -> str:
	return name.encode("ascii", "replace").decode().replace("?", "_")


def as_page() -> Response:
	"""Return the page `response.route`."""
	from frappe.website.serve import get_response

	out = frappe.local.response
	return get_response(out.get("route"), http_status_code=out.get("http_status_code") or 200)


def as_redirect() -> Response:
	"""Return a redirect to `response.location`."""
	from werkzeug.utils import redirect as redirect_to

	return redirect_to(frappe.local.response.get("location") or "/")


_BUILDERS = {
	"json": as_json_response,
	"csv": as_csv,
	"txt": as_txt,
	"download": as_download,
	"binary": as_binary,
	"pdf": as_pdf,
	"page": as_page,
	"redirect": as_redirect,
}


# ------------------------------------------------------------------ pages and redirects
def redirect(url: str) -> None:
	"""Send the visitor to another address.

	Raises:
		Redirect: always.
	"""
	frappe.local.flags.redirect_location = url
	raise frappe.Redirect


def respond_as_web_page(
	title: str,
	html: str,
	success: bool | None = None,
	http_status_code: int | None = None,
	context: dict | None = None,
	indicator_color: str | None = None,
	primary_action: str = "/",
	primary_label: str | None = None,
	fullpage: bool = False,
	width: int = 0,
	template: str = "message",
) -> None:
	"""Answer with a page that shows a message.

	Args:
		title: heading, plain text.
		html: body, HTML.
		success: True or False colours the page.
		http_status_code: 200 unless given.
		primary_action, primary_label: address and text of its button.
	"""
	frappe.local.message_title = title
	frappe.local.message = html
	frappe.local.response["type"] = "page"
	frappe.local.response["route"] = template
	frappe.local.response["http_status_code"] = http_status_code or 200
	frappe.local.response["context"] = {
		"indicator_color": indicator_color or ("green" if success else "red"),
		"primary_action": primary_action,
		"primary_label": primary_label,
		**(context or {}),
	}


# ------------------------------------------------------------------ errors
def report_error(status_code: int) -> Response:
	"""Return the error being handled in Frappe's form, of the API version the request used."""
	kind, error, _trace = sys.exc_info()
	frappe.local.response.pop("docs", None)
	frappe.local.response.pop("data", None)
	frappe.local.response.pop("type", None)
	if is_v2():
		_describe_v2(kind, error, status_code)
	else:
		_describe_v1(kind, error, status_code)
	frappe.local.response["http_status_code"] = status_code
	return as_json_response()


def _describe_v1(kind: type | None, error: BaseException | None, status_code: int) -> None:
	out = frappe.local.response
	out["exc_type"] = kind.__name__ if kind else "Exception"
	if status_code == 404:
		return
	if described := describe_exception(error):
		out["exception"] = described
	if traceback_allowed():
		out["exc"] = json.dumps([safe_traceback(error)])


def _describe_v2(kind: type | None, error: BaseException | None, status_code: int) -> None:
	entry: dict[str, Any] = {"type": kind.__name__ if kind else "Exception"}
	if status_code != 404 and traceback_allowed():
		entry["exception"] = safe_traceback(error)
	if frappe.local.message_log:
		message = dict(frappe.local.message_log[-1])
		message.pop("__frappe_exc_id", None)
		message.pop("raise_exception", None)
		entry.update(message)
		frappe.local.message_log = []
	frappe.local.response["errors"] = [entry]


def describe_exception(error: BaseException | None) -> str | None:
	"""Return "module.Class: message" of an error meant for people; None for any other, whose text may tell
	too much."""
	if error is None or not is_meant_for_people(error):
		return None
	name = f"{type(error).__module__}.{type(error).__qualname__}"
	text = "" if isinstance(error, frappe.DuplicateEntryError) else str(error)
	return f"{name}: {text}" if text else name


def is_meant_for_people(error: BaseException) -> bool:
	"""Tell whether an error is one of Frappe's, with an HTTP status and a text written for its reader."""
	return hasattr(error, "http_status_code")


def traceback_allowed() -> bool:
	"""Tell whether answers may carry a traceback: on a developer's site only."""
	return bool(frappe.conf.developer_mode) and not frappe.flags.disable_traceback


def safe_traceback(error: BaseException | None) -> str:
	"""Return where an error was raised: files, lines and names of functions, no values and no text of
	unknown errors."""
	if error is None:
		return ""
	frames = "".join(traceback.format_tb(error.__traceback__))
	last = describe_exception(error) or f"{type(error).__module__}.{type(error).__qualname__}"
	return f"Traceback (most recent call last):\n{frames}{last}\n"


def handle_session_stopped() -> Response:
	"""Return the page of a site that is being updated."""
	from frappe.website.pages import message_page

	return message_page(
		frappe._("Updating"), frappe._("The site is being updated. Please try again shortly."), 503
	)
