"""Export of records as the JSON files of a module."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.modules.utils import get_module_path, scrub_dt_dn

_NEVER_EXPORTED = (
	"_user_tags",
	"_liked_by",
	"_comments",
	"_assign",
	"_seen",
	"__onload",
	"__unsaved",
	"__islocal",
)
_ROW_FIELDS = (
	"owner",
	"creation",
	"modified",
	"modified_by",
	"docstatus",
	"idx",
	"name",
	"parent",
	"parentfield",
	"parenttype",
	"doctype",
)


def export_to_files(
	record_list: Iterable | None = None,
	record_module: str | None = None,
	verbose: int = 0,
	create_init: bool | None = None,
) -> None:
	"""Write records into the folders of their modules; nothing while files are being imported.

	Args:
		record_list: (DocType, name) pairs.
		record_module: module to write into, that of each record unless given.
		create_init: make the folders Python packages.
	"""
	if frappe.flags.in_import:
		return
	for doctype, name, *_rest in record_list or ():
		write_document_file(frappe.get_doc(doctype, name), record_module, create_init)


export_doc = export_to_files


def write_document_file(doc: Any, record_module: str | None = None, create_init: bool | None = True) -> str:
	"""Write the JSON file of a record and return its folder."""
	doc.run_method("before_export", values := strip_default_fields(doc, doc.as_dict(no_nulls=True)))
	module = record_module or get_module_name(doc)
	folder = create_folder(module, doc.doctype, doc.name, bool(create_init))
	path = os.path.join(folder, f"{frappe.scrub(doc.name)}.json")
	with open(path, "w+", encoding="utf-8") as file:
		file.write(frappe.as_json(values) + "\n")
	return folder


def strip_default_fields(doc: Any, doc_export: dict) -> dict:
	"""Leave out what a file should not carry: identities of rows, counters, what users added."""
	for key in _NEVER_EXPORTED:
		doc_export.pop(key, None)
	if doc.doctype == "DocType" and doc.migration_hash:
		doc_export.pop("migration_hash", None)
	for df in doc.meta.get_table_fields():
		for row in doc_export.get(df.fieldname) or ():
			for key in (*_NEVER_EXPORTED, *_ROW_FIELDS):
				row.pop(key, None)
	return doc_export


def get_module_name(doc: Any) -> str:
	"""Return the module that a record belongs to."""
	if doc.doctype == "Module Def":
		return doc.name
	if doc.get("module"):
		return doc.module
	return frappe.db.get_value("DocType", doc.doctype, "module")


def create_folder(module: str, dt: str, dn: str, create_init: bool) -> str:
	"""Create the folder of a record and return it."""
	folder = os.path.join(get_module_path(module), *scrub_dt_dn(dt, dn))
	os.makedirs(folder, exist_ok=True)
	if create_init:
		for path in (os.path.dirname(folder), folder):
			init = os.path.join(path, "__init__.py")
			if not os.path.exists(init):
				with open(init, "w", encoding="utf-8"):
					pass
	return folder
