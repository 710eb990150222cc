"""Pages in the `www` folders of the apps: Jinja templates with an optional `get_context` beside them."""

from __future__ import annotations

import importlib
import os
import re
from typing import Any, NamedTuple

from werkzeug.wrappers import Response

import frappe

EXTENSIONS = (".html", ".md", ".txt", ".xml", ".css", ".js")
TYPES = {
	".txt": "text/plain",
	".xml": "application/xml",
	".css": "text/css",
	".js": "text/javascript",
}
_PART = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_\-]*$")
FOLDERS = ("www", "templates/pages")


class Page(NamedTuple):
	"""A page of an app."""

	app: str
	route: str
	path: str
	module: str | None


def find_page(route: str) -> Page | None:
	"""Return the page of a route, of the app installed last that has one; None without one."""
	parts = (route or "index").split("/")
	if not all(_PART.match(part.rsplit(".", 1)[0]) for part in parts):
		return None
	for app in reversed(frappe.get_installed_apps()):
		for folder in FOLDERS:
			found = _find_in(app, folder, "/".join(parts))
			if found:
				return found
	return None


def _find_in(app: str, folder: str, route: str) -> Page | None:
	root = os.path.join(os.path.dirname(frappe.get_module(app).__file__ or ""), *folder.split("/"))
	for candidate in (route, f"{route}/index"):
		base = os.path.join(root, candidate)
		names = [base] if candidate.endswith(EXTENSIONS) else [base + extension for extension in EXTENSIONS]
		for path in names:
			if os.path.isfile(path):
				return Page(app, route, path, _module_of(app, folder, path))
	return None


def _module_of(app: str, folder: str, path: str) -> str | None:
	stem = os.path.splitext(path)[0]
	script = os.path.join(os.path.dirname(stem), os.path.basename(stem).replace("-", "_") + ".py")
	if not os.path.isfile(script):
		return None
	root = os.path.dirname(frappe.get_module(app).__file__ or "")
	return f"{app}." + os.path.splitext(os.path.relpath(script, root))[0].replace(os.sep, ".")


def render_page(page: Page, http_status_code: int = 200) -> Response:
	"""Return a page, rendered with what its `get_context` answers.

	Raises:
		Redirect, PermissionError, DoesNotExistError: as `get_context` decides.
	"""
	module = importlib.import_module(page.module) if page.module else None
	context = _context(page, module)
	extension = os.path.splitext(page.path)[1]
	with open(page.path, encoding="utf-8") as file:
		source = file.read()
	text = frappe.render_template(source, context, safe_render=False)
	response = Response(text, status=http_status_code, mimetype=TYPES.get(extension, "text/html"))
	if context.get("no_cache") is not None or module is not None:
		response.headers["Cache-Control"] = "no-store"
	return response


def _context(page: Page, module: Any) -> dict[str, Any]:
	context = frappe._dict(
		path=page.route,
		pathname=page.route,
		lang=frappe.local.lang,
		csrf_token=None,
		session_user=frappe.session.user,
		form_dict=frappe.form_dict,
	)
	if frappe.session.user != "Guest":
		from frappe.sessions import get_csrf_token

		context.csrf_token = get_csrf_token()
	for key in ("title", "no_cache", "no_sitemap"):
		if hasattr(module, key):
			context[key] = getattr(module, key)
	if hasattr(module, "get_context"):
		answer = frappe.call(module.get_context, context)
		if answer:
			context.update(answer)
	for method in frappe.get_hooks("update_website_context"):
		extra = frappe.get_attr(method)(context)
		if extra:
			context.update(extra)
	return context
