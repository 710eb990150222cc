"""`/assets/<app>/…`: the public folders of the apps."""

from __future__ import annotations

import functools
import mimetypes
import os
import re
from importlib.util import find_spec

from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from frappe.website.headers import add_security_headers

HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.(js|css|woff2?|ttf|svg|png|jpe?g|webp|map)$")
YEAR = 31536000
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


def serve_asset(request: Request, sites_path: str) -> Response:
	"""Answer a request for an asset; hashed names may be kept for a year, others are asked for again each
	time."""
	path = find_asset(request.path, sites_path) if request.method in ("GET", "HEAD") else None
	if path is None:
		return Response("Not Found", status=404, mimetype="text/plain")
	compressed = _compressed(path, request)
	response = send_file(
		compressed or path,
		request.environ,
		mimetype=mimetypes.guess_type(path)[0] or "application/octet-stream",
		conditional=True,
		etag=True,
	)
	if compressed:
		response.headers["Content-Encoding"] = "gzip"
	response.headers["Vary"] = "Accept-Encoding"
	hashed = HASHED.search(os.path.basename(path))
	response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if hashed else "no-cache"
	add_security_headers(response)
	return response


def _compressed(path: str, request: Request) -> str | None:
	if "gzip" not in request.headers.get("Accept-Encoding", ""):
		return None
	return f"{path}.gz" if os.path.isfile(f"{path}.gz") else None


def find_asset(path: str, sites_path: str) -> str | None:
	"""Return the file of an address `/assets/<app>/<path>`, None when it is missing or leaves the public
	folder.

	Args:
		sites_path: the bench's `sites` folder; what a build put into its `assets` counts too.
	"""
	parts = path.split("/", 3)
	if len(parts) < 4 or "\x00" in path:
		return None
	app, rest = parts[2], parts[3]
	for folder in (_public_folder(app), os.path.join(os.path.abspath(sites_path), "assets", app)):
		found = folder and _inside(folder, rest)
		if found:
			return found
	return None


def _inside(folder: str, rest: str) -> str | None:
	path = os.path.realpath(os.path.join(folder, rest))
	root = os.path.realpath(folder)
	return path if path.startswith(root + os.sep) and os.path.isfile(path) else None


@functools.lru_cache(maxsize=64)
def _public_folder(app: str) -> str | None:
	if not app.isidentifier():
		return None
	spec = find_spec(app)
	folder = os.path.dirname(spec.origin) if spec and spec.origin else None
	if not folder or not os.path.isfile(os.path.join(folder, "hooks.py")):
		return None
	return os.path.join(folder, "public")
