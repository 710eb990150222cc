"""Addresses signed by the site, so that a link in a mail proves who it was made for."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlencode

import frappe

PARAMETER = "_signature"


def get_signed_params(params: dict | str) -> str:
	"""Return a query string with its signature appended."""
	text = params if isinstance(params, str) else urlencode(params)
	return f"{text}&{PARAMETER}={get_signature(text)}"


def get_secret() -> str:
	"""Return the secret signatures are made with, the site's own."""
	from frappe.utils.encryption import get_encryption_key

	return frappe.local.conf.get("secret") or get_encryption_key()


def get_signature(params: str) -> str:
	"""Return the signature of a query string."""
	return hmac.new(get_secret().encode(), params.encode(), hashlib.sha512).hexdigest()


def verify_request() -> bool:
	"""Tell whether the current request's query string carries its signature; else answer that it does not."""
	query = frappe.local.flags.signed_query_string or frappe.local.request.query_string.decode()
	text, found, signature = query.partition(f"&{PARAMETER}=")
	if found and hmac.compare_digest(get_signature(text), signature):
		return True
	frappe.respond_as_web_page(
		frappe._("Invalid Link"),
		frappe._("This link is invalid or expired. Please make sure you have pasted correctly."),
	)
	return False
