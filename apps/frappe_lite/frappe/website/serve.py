"""Pages for browsers: the desk, files, the apps' `www` pages, web forms."""

from __future__ import annotations

import json
import os
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

import frappe
from frappe.website import files, pages
from frappe.website.www import find_page, render_page

DESK_PATHS = ("/app", "/login", "/desk")
PLACEHOLDER = "<!--frappe-boot-->"
_index: dict[str, tuple[int, str]] = {}


def get_response(path: str | None = None, http_status_code: int = 200) -> Response:
	"""Answer a request for a page.

	Args:
		path: route of the page; the request's unless given.
		http_status_code: status of the page.
	"""
	if path == "message" or getattr(frappe.local, "message", None):
		title = getattr(frappe.local, "message_title", "") or ""
		context = frappe.local.response.get("context") or {}
		return pages.message_page(title, frappe.local.message or "", http_status_code, context)
	path = path or frappe.local.request.path
	if path.startswith("/private/files/"):
		return files.serve_private(path)
	if path.startswith("/files/"):
		return files.serve_public(path) or pages.plain_page(404)
	if path == "/" or path.startswith(DESK_PATHS):
		home = frappe.get_hooks("home_page") if path == "/" else None
		if not home:
			return serve_desk(path)
		path = f"/{home[-1]}"
	return _serve_route(path.strip("/"), http_status_code)


def _serve_route(route: str, http_status_code: int) -> Response:
	from frappe.website.web_form import receive_web_form, serve_web_form

	if frappe.local.request.method == "POST":
		answer = receive_web_form(route)
		if answer is None:
			raise NotFound
		return answer
	route, arguments = resolve_route(route)
	frappe.form_dict.update(arguments)
	page = find_page(route)
	if page is not None:
		return render_page(page, http_status_code)
	return serve_web_form(route) or pages.plain_page(404)


def resolve_route(route: str) -> tuple[str, dict[str, Any]]:
	"""Return the page and the arguments that the hook `website_route_rules` gives a route."""
	from werkzeug.exceptions import HTTPException
	from werkzeug.routing import Map, Rule

	rules = [
		Rule(
			f"/{str(rule['from_route']).strip('/')}", endpoint=rule["to_route"], defaults=rule.get("defaults")
		)
		for rule in frappe.get_hooks("website_route_rules")
	]
	if not rules:
		return route, {}
	try:
		endpoint, arguments = Map(rules, strict_slashes=False).bind("").match(f"/{route}")
	except HTTPException:
		return route, {}
	return str(endpoint).strip("/"), dict(arguments)


# ------------------------------------------------------------------ desk
def serve_desk(path: str = "/app") -> Response:
	"""Return the desk's page with its boot values; `/apple` is no desk path."""
	if path != "/" and not any(path == desk or path.startswith(f"{desk}/") for desk in DESK_PATHS):
		return _serve_route(path.strip("/"), 200)
	markup = read_index()
	if markup is None:
		return pages.message_page(
			frappe._("Desk"), frappe._("The desk is not built yet. Run: make build"), 503
		)
	from frappe.boot import get_bootinfo

	boot = json.dumps(get_bootinfo(), default=frappe.utils.response.json_handler, ensure_ascii=False)
	boot = boot.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
	script = f'<script type="application/json" id="frappe-boot">{boot}</script>'
	return Response(markup.replace(PLACEHOLDER, script, 1), mimetype="text/html")


def read_index() -> str | None:
	"""Return the desk's index.html, None when it is not built; read anew when it changed."""
	path = frappe.get_app_path("frappe", "public", "dist", "index.html")
	try:
		stamp = os.stat(path).st_mtime_ns
	except FileNotFoundError:
		return None
	kept = _index.get(path)
	if kept is None or kept[0] != stamp:
		with open(path, encoding="utf-8") as file:
			kept = _index[path] = (stamp, file.read())
	return kept[1]
