"""REST: `/api/…` and `/api/v1/…` as in Frappe 14, `/api/v2/…` as in Frappe 15."""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule, Submount
from werkzeug.wrappers import Request, Response

import frappe
from frappe.api import v1, v2
from frappe.utils.response import build_response

URL_MAP = Map(
	[
		Submount("/api", v1.url_rules(Rule)),
		Submount("/api/v1", v1.url_rules(Rule)),
		Submount("/api/v2", v2.url_rules(Rule)),
	],
	strict_slashes=False,
	merge_slashes=False,
)
_bound: Any = None


def handle(request: Request) -> Response:
	"""Answer an API request.

	Raises:
		DoesNotExistError: no route has this path.
		werkzeug.exceptions.MethodNotAllowed: the route does not take this verb.
	"""
	try:
		endpoint, arguments = URL_MAP.bind("").match(request.path, method=request.method)
	except NotFound:
		raise frappe.DoesNotExistError from None
	data = endpoint(**arguments)
	if isinstance(data, Response):
		return data
	if data is not None:
		frappe.response["data"] = data
	return build_response("json")


def get_api_version() -> str | None:
	"""Return "v1" or "v2" for an API request, None for any other."""
	request = getattr(frappe.local, "request", None)
	if request is None or not request.path.startswith("/api/"):
		return None
	return "v2" if request.path.startswith("/api/v2") else "v1"
