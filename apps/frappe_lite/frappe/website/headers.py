"""What every answer carries besides its body: cookies, security headers, compression."""

from __future__ import annotations

import gzip

from werkzeug.wrappers import Request, Response

import frappe

CONTENT_SECURITY_POLICY = (
	"default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
	"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
	"base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
COMPRESSED_TYPES = ("text/", "application/json", "application/javascript", "image/svg+xml")
COMPRESS_FROM = 2048


def finish(request: Request, response: Response) -> None:
	"""Complete the answer of a request that had a site."""
	cookies = getattr(frappe.local, "cookie_manager", None)
	if cookies is not None:
		cookies.flush_cookies(response)
	_forget_expired_session(response)
	add_security_headers(response)
	response.headers.setdefault("Cache-Control", "no-store,no-cache,must-revalidate,max-age=0")
	_allow_origins(request, response)
	compress(request, response)


def _forget_expired_session(response: Response) -> None:
	out = getattr(frappe.local, "response", None)
	if out and out.get("session_expired"):
		response.delete_cookie("sid", httponly=True, samesite="Lax")


def add_security_headers(response: Response) -> None:
	"""Tell browsers to guess no types, to frame no pages and to run the site's own scripts only."""
	headers = response.headers
	headers.setdefault("X-Content-Type-Options", "nosniff")
	headers.setdefault("X-Frame-Options", "SAMEORIGIN")
	headers.setdefault("Referrer-Policy", "same-origin")
	if (response.mimetype or "").startswith(("text/html", "image/svg")):
		headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)


def _allow_origins(request: Request, response: Response) -> None:
	allowed = frappe.conf.allow_cors if getattr(frappe.local, "conf", None) else None
	origin = request.headers.get("Origin")
	if not allowed or not origin:
		return
	origins = allowed if isinstance(allowed, list) else [allowed]
	if "*" not in origins and origin not in origins:
		return
	wanted = request.headers.get("Access-Control-Request-Headers")
	response.headers.update(
		{
			"Access-Control-Allow-Origin": origin,
			"Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
		}
	)
	response.headers["Vary"] = "Origin"
	if "*" not in origins:
		response.headers["Access-Control-Allow-Credentials"] = "true"
	if wanted:
		response.headers["Access-Control-Allow-Headers"] = wanted


def compress(request: Request, response: Response) -> None:
	"""Compress a longer text answer for browsers that take gzip."""
	if response.direct_passthrough or response.is_streamed or response.status_code < 200:
		return
	if "Content-Encoding" in response.headers or "Content-Range" in response.headers:
		return
	if "gzip" not in request.headers.get("Accept-Encoding", ""):
		return
	if not (response.mimetype or "").startswith(COMPRESSED_TYPES):
		return
	data = response.get_data()
	if len(data) < COMPRESS_FROM:
		return
	response.set_data(gzip.compress(data, compresslevel=4))
	response.headers["Content-Encoding"] = "gzip"
	response.headers.add("Vary", "Accept-Encoding")
