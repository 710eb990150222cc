"""Fixtures: records an app ships in `fixtures/*.json` and writes anew at every migrate, as Frappe does."""

from __future__ import annotations

import os
from typing import Any

import frappe

STAMPS = ("modified_by", "creation", "owner", "idx", "lft", "rgt")
CHILD_STAMPS = (*STAMPS, "modified", "parent", "parenttype", "parentfield", "docstatus", "doctype", "name")


def sync_fixtures(app: str | None = None) -> None:
	"""Write the fixtures of an app, or of every installed app, over what is stored.

	Args:
		app: package name.
	"""
	for name in [app] if app else frappe.get_installed_apps():
		import_fixtures(name)
		frappe.flags.in_fixtures = False


def import_fixtures(app: str) -> None:
	"""Write the records in the top level of an app's `fixtures` folder, file by file in alphabetical
	order.
	"""
	folder = frappe.get_app_path(app, "fixtures")
	if not os.path.isdir(folder):
		return
	for name in sorted(os.listdir(folder)):
		if name.endswith(".json"):
			import_file(os.path.join(folder, name))


def import_file(path: str) -> None:
	"""Insert or replace the records of one JSON file."""
	records = frappe.get_file_json(path)
	frappe.flags.in_fixtures = True
	try:
		for values in records if isinstance(records, list) else [records]:
			_import_values(values)
	finally:
		frappe.flags.in_fixtures = False


def _import_values(values: dict[str, Any]) -> None:
	doctype, name = values["doctype"], values.get("name")
	if name and frappe.db.exists(doctype, name) and _is_same(values):
		return
	from frappe.modules.import_file import import_doc

	import_doc(dict(values), data_import=True, ignore_version=True)


def _is_same(values: dict[str, Any]) -> bool:
	"""Tell whether the stored record already says what the fixture says; most do, at most migrates."""
	doctype = values["doctype"]
	if frappe.get_meta(doctype).issingle:
		return False
	stored = frappe.get_doc(doctype, values["name"]).as_dict(convert_dates_to_str=True)
	return all(
		_equal(value, stored.get(key)) for key, value in values.items() if key not in (*STAMPS, "modified")
	)


def _equal(fixture: Any, stored: Any) -> bool:
	if isinstance(fixture, list):
		return len(fixture) == len(stored or []) and all(map(_same_row, fixture, stored or []))
	return fixture == stored or (fixture in (None, "", 0) and stored in (None, "", 0))


def _same_row(fixture: dict[str, Any], stored: dict[str, Any]) -> bool:
	return all(_equal(value, stored.get(key)) for key, value in fixture.items() if key not in CHILD_STAMPS)


def export_fixtures(app: str | None = None, app_prefix: str | None = None) -> None:
	"""Write what the `fixtures` hook of an app names into its `fixtures` folder.

	Args:
		app: package name; every installed app unless given.
		app_prefix: put before each file's name.
	"""
	for name in [app] if app else frappe.get_installed_apps():
		for fixture in frappe.get_hooks("fixtures", app_name=name):
			_export_one(name, fixture, app_prefix)


def _export_one(app: str, fixture: Any, app_prefix: str | None) -> None:
	fixture = fixture if isinstance(fixture, dict) else {"doctype": fixture}
	doctype = fixture.get("doctype") or fixture.get("dt")
	prefix = fixture.get("prefix") or app_prefix
	folder = frappe.get_app_path(app, "fixtures")
	os.makedirs(folder, exist_ok=True)
	filename = "_".join(filter(None, (prefix, frappe.scrub(doctype)))) + ".json"
	records = _records(doctype, fixture.get("filters"), fixture.get("or_filters"))
	with open(os.path.join(folder, filename), "w", encoding="utf-8") as file:
		file.write(frappe.as_json(records))


def _records(doctype: str, filters: Any, or_filters: Any) -> list[dict[str, Any]]:
	if frappe.get_meta(doctype).issingle:
		return [_clean(frappe.get_single(doctype))]
	order = "idx asc, creation asc"
	names = frappe.get_all(
		doctype, filters=filters, or_filters=or_filters, order_by=order, pluck="name", limit_page_length=0
	)
	return [_clean(frappe.get_doc(doctype, name)) for name in names]


def _clean(doc: Any) -> dict[str, Any]:
	values = doc.as_dict(convert_dates_to_str=True)
	for key in STAMPS:
		values.pop(key, None)
	for table in doc.meta.get_table_fields():
		for row in values.get(table.fieldname) or ():
			for key in CHILD_STAMPS:
				if key not in ("parent", "parenttype", "parentfield"):
					row.pop(key, None)
	return values
