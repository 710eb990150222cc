"""Rows of DocType, DocField, DocPerm … that follow from a DocType's JSON file."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import frappe

CHILDREN = {
	"fields": "DocField",
	"permissions": "DocPerm",
	"actions": "DocType Action",
	"links": "DocType Link",
	"states": "DocType State",
}
STANDARD = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
CHILD_STANDARD = (*STANDARD, "parent", "parentfield", "parenttype")
NO_VALUE = {
	"Section Break",
	"Column Break",
	"Tab Break",
	"HTML",
	"Table",
	"Table MultiSelect",
	"Button",
	"Image",
}
NO_VALUE |= {"Fold", "Heading"}
NUMERIC = {"Check", "Int", "Float", "Currency", "Percent", "Duration", "Rating", "Long Int"}
CHUNK = 500


@dataclass(frozen=True)
class DocTypeFile:
	"""A DocType as its file describes it.

	Args:
		doc: the parsed JSON.
		hash: hexadecimal hash of the file, to notice changes.
	"""

	doc: dict[str, Any]
	hash: str

	@property
	def name(self) -> str:
		return self.doc["name"]


def write_doctypes(files: list[DocTypeFile], known: Any = ()) -> None:
	"""Write the rows of DocTypes, replacing those of the same name.

	Args:
		files: what to write.
		known: names that are stored already.
	"""
	stored = [file.name for file in files if file.name in known]
	if stored:
		_delete_rows(stored)
	_insert("DocType", [_doctype_row(file) for file in files], STANDARD)
	for fieldname, child in CHILDREN.items():
		rows = [row for file in files for row in _child_rows(file, fieldname)]
		_insert(child, rows, CHILD_STANDARD)


def _delete_rows(names: list[str]) -> None:
	frappe.db.delete("DocType", {"name": ("in", names)})
	for child in CHILDREN.values():
		frappe.db.delete(child, {"parent": ("in", names), "parenttype": "DocType"})


def _doctype_row(file: DocTypeFile) -> dict[str, Any]:
	return {**_stamps(file.doc), **file.doc, "idx": file.doc.get("idx") or 0, "migration_hash": file.hash}


def _child_rows(file: DocTypeFile, fieldname: str) -> Iterator[dict[str, Any]]:
	for idx, row in enumerate(file.doc.get(fieldname) or (), start=1):
		yield {
			**_stamps(file.doc),
			**row,
			"name": secrets.token_hex(5),
			"idx": idx,
			"parent": file.name,
			"parentfield": fieldname,
			"parenttype": "DocType",
		}


def _stamps(doc: dict[str, Any]) -> dict[str, Any]:
	return {
		"owner": doc.get("owner") or "Administrator",
		"modified_by": doc.get("modified_by") or "Administrator",
		"creation": doc.get("creation"),
		"modified": doc.get("modified"),
		"docstatus": 0,
	}


def _insert(doctype: str, rows: list[dict[str, Any]], standard: tuple[str, ...]) -> None:
	if not rows:
		return
	columns = {**dict.fromkeys(standard, "Data"), **columns_of(doctype)}
	values = [tuple(_value(row.get(column), kind) for column, kind in columns.items()) for row in rows]
	frappe.db.bulk_insert(doctype, list(columns), values, chunk_size=CHUNK)


def _value(value: Any, fieldtype: str) -> Any:
	if value in (None, ""):
		return 0 if fieldtype in NUMERIC else None
	return value


@lru_cache(maxsize=16)
def columns_of(doctype: str) -> dict[str, str]:
	"""Return fieldname → fieldtype of the stored fields of one of the DocTypes that describe DocTypes.

	Read from the runtime's own file, because at the first install nothing is stored yet.
	"""
	scrubbed = frappe.scrub(doctype)
	meta = frappe.get_file_json(
		frappe.get_app_path("frappe", "core", "doctype", scrubbed, f"{scrubbed}.json")
	)
	return {field["fieldname"]: field["fieldtype"] for field in meta["fields"] if _is_stored(field)}


def _is_stored(field: dict[str, Any]) -> bool:
	return field["fieldtype"] not in NO_VALUE and not field.get("is_virtual")
