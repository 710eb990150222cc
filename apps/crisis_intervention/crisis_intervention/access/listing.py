"""Which list of records a request handed out, read from its path, its arguments and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

RESOURCE_PATHS = ("/api/resource/", "/api/v1/resource/", "/api/v2/document/")
LIST, EXPORT, REPORT = "List", "Export", "Report"


@dataclass(frozen=True)
class Listing:
	"""A list that left the server: DocType, how, codes as far as the answer shows them, number of records."""

	doctype: str
	channel: str
	codes: tuple[str, ...]
	count: int


def listing_of(path: str, arguments: Mapping[str, Any], answer: Mapping[str, Any]) -> Listing | None:
	"""Return the list that a request handed out, or None.

	:param path: path of the request
	:param arguments: its arguments
	:param answer: Frappe's response with `message`, `data` or `docs`
	"""
	doctype = _of_resource(path) or _of_method(path, arguments)
	if not doctype:
		return None
	rows = answer.get("data") if "data" in answer else answer.get("message")
	if _is_record(path, rows):
		return None
	codes, count = codes_in(rows)
	return Listing(doctype, _channel(path), codes, count)


def codes_in(rows: Any) -> tuple[tuple[str, ...], int]:
	"""Return codes and number of records of an answer, in any of the shapes Frappe uses."""
	if isinstance(rows, Mapping) and "keys" in rows and "values" in rows:
		keys, values = list(rows["keys"]), rows["values"]
		at = keys.index("name") if "name" in keys else None
		return tuple(str(value[at]) for value in values) if at is not None else (), len(values)
	if isinstance(rows, Mapping):
		return ((str(rows["name"]),), 1) if rows.get("name") else ((), 1)
	if isinstance(rows, list | tuple):
		found = (row.get("name") or row.get("value") for row in rows if isinstance(row, Mapping))
		return tuple(str(code) for code in found if code), len(rows)
	return (), 0


def _of_resource(path: str) -> str:
	for start in RESOURCE_PATHS:
		if path.startswith(start):
			parts = unquote(path[len(start) :]).strip("/").split("/")
			return parts[0] if len(parts) == 1 else ""
	return ""


def _of_method(path: str, arguments: Mapping[str, Any]) -> str:
	if "/method/" not in path:
		return ""
	if "query_report" in path:
		# What a report hands out is told by its columns, see `report_listing`.
		return ""
	if not any(part in path for part in ("reportview", "frappe.client.get", "search", "export")):
		return ""
	doctype = arguments.get("doctype")
	return doctype if isinstance(doctype, str) else ""


def _is_record(path: str, rows: Any) -> bool:
	"""A single document is noted by its own methods, and a count hands out no record."""
	return path.endswith(("frappe.client.get", "get_count")) or (
		isinstance(rows, Mapping) and "docstatus" in rows and "keys" not in rows
	)


def _channel(path: str) -> str:
	if "export" in path:
		return EXPORT
	return REPORT if "report" in path and "reportview" not in path else LIST
