"""Rows of the seed files, and hashes that tell whether anybody touched a record."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frappe

APP = "crisis_intervention"
# What the host itself writes on every record.
VOLATILE = frozenset(
	(
		"name",
		"owner",
		"creation",
		"modified",
		"modified_by",
		"docstatus",
		"idx",
		"parent",
		"parentfield",
		"parenttype",
		"doctype",
	)
)


def seed_rows() -> Iterator[dict[str, Any]]:
	"""Yield the rows of all seed files, files in the order of their names."""
	folder = Path(frappe.get_app_path(APP, "fixtures", "seed"))
	for path in sorted(folder.glob("*.json")):
		yield from json.loads(path.read_text(encoding="utf-8"))


def row_hash(row: dict[str, Any]) -> str:
	"""Return the hash of a seed row."""
	return _digest(row)


def document_hash(doc: Any) -> str:
	"""Return the hash of everything an admin could have changed in a document, its child rows included.

	Empty values do not count, so that a new field of a later version does not look like an edit.
	"""
	return _digest(_content(doc))


def _content(doc: Any) -> dict[str, Any]:
	values = {}
	for field in doc.meta.get("fields"):
		value = doc.get(field.fieldname)
		if field.fieldname in VOLATILE or field.fieldtype in ("HTML", "Button", "Password"):
			continue
		# What the app itself notes on a record, as the last tick in the settings, is no edit.
		if field.read_only and not field.reqd:
			continue
		if field.fieldtype in ("Table", "Table MultiSelect"):
			value = [_content(row) for row in value or []]
		if value not in (None, "", 0, 0.0, [], "0"):
			values[field.fieldname] = value if isinstance(value, list) else str(value)
	return values


def _digest(value: Any) -> str:
	text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
	return hashlib.sha256(text.encode()).hexdigest()
