"""Addresses of the site, of forms, lists, reports and files."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote, urljoin, urlparse

import frappe
from frappe.utils.html_utils import escape_html
from frappe.utils.text import slug


def get_url(uri: str | None = None, full_address: bool = False, allow_header_override: bool = True) -> str:
	"""Return the site's address with `uri` appended; an address with a scheme comes back as it is.

	Args:
		full_address: append the address of the current request.
		allow_header_override: the request's host may stand in when `host_name` is not configured.
	"""
	if uri and uri.startswith(("http://", "https://")):
		return uri
	conf = frappe.local.conf
	host = conf.host_name or conf.hostname or (allow_header_override and _request_host()) or _site_host()
	if not host.startswith(("http://", "https://")):
		host = f"http://{host}"
	if full_address and not uri and getattr(frappe.local, "request", None):
		uri = frappe.local.request.full_path
	return urljoin(host, uri) if uri else host


def _request_host() -> str | None:
	request = getattr(frappe.local, "request", None)
	if not request or not getattr(request, "host", None):
		return None
	return f"{request.scheme}://{request.host}"


def get_host_name_from_request() -> str | None:
	"""Return the address the current request was sent to, None without a request."""
	return _request_host()


def _site_host() -> str:
	scheme = "https" if frappe.local.conf.ssl_certificate else "http"
	host = f"{scheme}://{frappe.local.site or 'localhost'}"
	port = frappe.local.conf.http_port or frappe.local.conf.webserver_port
	return f"{host}:{port}" if port and not url_contains_port(host) else host


def url_contains_port(url: str) -> bool:
	"""Tell whether an address names a port."""
	return urlparse(url).port is not None


def get_host_name() -> str:
	"""Return the site's host."""
	return get_url().rsplit("//", 1)[-1]


def quoted(url: Any) -> str:
	"""Return a text as a part of an address."""
	return quote(encode_text(url), safe="~@#$&()*!+=:;,.?/'")


def quote_urls(html: str) -> str:
	"""Return HTML with the addresses of its links quoted."""
	import re

	return re.sub(r'(href|src)="([^"]*)"', lambda match: f'{match.group(1)}="{quoted(match.group(2))}"', html)


def encode_text(value: Any) -> bytes:
	"""Return a value's text as bytes."""
	return str(value).encode("utf-8")


def get_url_to_form(doctype: str, name: Any) -> str:
	"""Return the address of a document's form."""
	return get_url(uri=f"/app/{quoted(slug(doctype))}/{quote(str(name), safe='')}")


def get_url_to_list(doctype: str) -> str:
	"""Return the address of a DocType's list."""
	return get_url(uri=f"/app/{quoted(slug(doctype))}")


def get_url_to_report(name: str, report_type: str | None = None, doctype: str | None = None) -> str:
	"""Return the address of a report."""
	if report_type == "Report Builder":
		return get_url(uri=f"/app/{quoted(slug(doctype))}/view/report/{quoted(name)}")
	return get_url(uri=f"/app/query-report/{quoted(name)}")


def get_url_to_report_with_filters(
	name: str, filters: str, report_type: str | None = None, doctype: str | None = None
) -> str:
	"""Return the address of a report with filters, given as a query string."""
	return f"{get_url_to_report(name, report_type, doctype)}?{filters}"


def get_absolute_url(doctype: str, name: str) -> str:
	"""Return the path of a document's form."""
	return f"/app/{quoted(slug(doctype))}/{quote(str(name), safe='')}"


def get_link_to_form(doctype: str, name: Any, label: str | None = None) -> str:
	"""Return a link to a document's form; the label, HTML, is its name unless given."""
	return (
		f"<a href='{get_url_to_form(doctype, name)}'>{escape_html(str(name)) if label is None else label}</a>"
	)


def get_link_to_report(
	name: str,
	label: str | None = None,
	report_type: str | None = None,
	doctype: str | None = None,
	filters: dict | None = None,
) -> str:
	"""Return a link to a report."""
	label = escape_html(name) if label is None else label
	if not filters:
		return f"<a href='{get_url_to_report(name, report_type, doctype)}'>{label}</a>"
	pairs = [
		(key, f'["{v[0]}","{v[1]}"]' if isinstance(v, list | tuple) else v) for key, v in filters.items()
	]
	query = "&".join(f"{quote(str(key))}={quote(str(value))}" for key, value in pairs)
	return f"<a href='{get_url_to_report_with_filters(name, query, report_type, doctype)}'>{label}</a>"


def get_site_url(site: str) -> str:
	"""Return the address of a site of this bench."""
	conf = frappe.get_conf(site)
	return conf.host_name or f"http://{site}:{conf.webserver_port or 8000}"


def is_site_link(link: str) -> bool:
	"""Tell whether an address belongs to this site."""
	return link.startswith("/") or urlparse(link).netloc == urlparse(get_url()).netloc


def is_external_url(url: str) -> bool:
	"""Tell whether an address has a scheme."""
	return bool(urlparse(url or "").scheme)


def get_file_timestamp(fn: str) -> str | None:
	"""Return when a file was changed, as text; None when there is none."""
	import os

	try:
		return str(int(os.stat(fn).st_mtime))
	except FileNotFoundError:
		return None


def get_gravatar_url(email: str, default: str = "mm") -> str:
	"""Return an address of an avatar; nothing is ever sent to another host, so it is a generated picture."""
	return get_gravatar(email)


def get_gravatar(email: str, default: str = "mm") -> str:
	"""Return a picture made from an e-mail address, as a data address."""
	color = hashlib.sha256((email or "").lower().encode()).hexdigest()[:6]
	letter = escape_html((email or "?")[:1].upper())
	svg = (
		'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">'
		f'<rect width="64" height="64" fill="#{color}"/>'
		f'<text x="32" y="42" font-size="30" text-anchor="middle" fill="#fff">{letter}</text></svg>'
	)
	return f"data:image/svg+xml,{quote(svg)}"


def expand_relative_urls(html: str) -> str:
	"""Return HTML whose addresses begin with the site's."""
	import re

	site = get_url().rstrip("/")
	return re.sub(r'((?:href|src)=["\'])(/[^/"\'][^"\']*)', lambda m: f"{m.group(1)}{site}{m.group(2)}", html)
