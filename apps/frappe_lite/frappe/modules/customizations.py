"""Customisations an app ships for DocTypes of other apps: `<module>/custom/<doctype>.json`."""

from __future__ import annotations

import json
import os
from typing import Any

import frappe
from frappe import _

PARTS = {
	"custom_fields": ("Custom Field", "dt"),
	"property_setters": ("Property Setter", "doc_type"),
	"custom_perms": ("Custom DocPerm", "parent"),
	"links": ("DocType Link", "parent"),
}


def sync_customizations(app: str | None = None) -> None:
	"""Write the customisations of an app, or of every installed app, that ask to be written at each migrate.

	Args:
		app: package name.
	"""
	for name in [app] if app else frappe.get_installed_apps():
		for path in _files(name):
			data = frappe.get_file_json(path)
			if data.get("sync_on_migrate"):
				_sync_one(data)


def _files(app: str) -> list[str]:
	found = []
	for module in frappe.get_module_list(app):
		folder = os.path.join(frappe.get_app_path(app), frappe.scrub(module), "custom")
		if os.path.isdir(folder):
			found += [
				os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".json")
			]
	return found


def _sync_one(data: dict[str, Any]) -> None:
	from frappe.custom.doctype.custom_field.custom_field import sync_column

	doctype = data["doctype"]
	if not frappe.db.exists("DocType", doctype):
		return
	before = frappe.flags.in_import
	frappe.flags.in_import = True
	try:
		for part, (child, _link) in PARTS.items():
			for row in data.get(part) or ():
				_write_row(child, row)
	finally:
		frappe.flags.in_import = before
	frappe.clear_cache(doctype=doctype)
	sync_column(doctype)


def _write_row(doctype: str, row: dict[str, Any]) -> None:
	values = {key: value for key, value in row.items() if key != "doctype"}
	stored = values.get("name") and frappe.db.exists(doctype, values["name"])
	doc = (
		frappe.get_doc(doctype, values["name"]) if stored else frappe.get_doc({"doctype": doctype, **values})
	)
	doc.update(values)
	doc.flags.update(ignore_permissions=True, ignore_validate=True, ignore_links=True)
	doc.flags.validate_fields_for_doctype = False
	if stored:
		doc.db_update()
	else:
		doc.db_insert()


@frappe.whitelist(methods=["POST"])
def export_customizations(
	module: str,
	doctype: str,
	sync_on_migrate: bool | int = 0,
	with_permissions: bool | int = 0,
	apply_module_export_filter: bool | int = 0,
) -> str | None:
	"""Write the customisations of a DocType into a module's `custom` folder, in developer mode.

	Args:
		module: module of the app that shall ship them.
		doctype: customised DocType.
		sync_on_migrate: write them at every migrate.
		with_permissions: export changed rights as well.
		apply_module_export_filter: only what names this module.

	Returns:
		path of the file.
	"""
	frappe.only_for("System Manager")
	if not frappe.conf.developer_mode:
		frappe.throw(_("Only allowed to export customizations in developer mode"))
	folder = os.path.join(frappe.get_module_path(module), "custom")
	os.makedirs(folder, exist_ok=True)
	path = os.path.join(folder, f"{frappe.scrub(doctype)}.json")
	data = _collect(doctype, bool(frappe.cint(with_permissions)))
	if frappe.cint(apply_module_export_filter):
		for part in ("custom_fields", "property_setters"):
			data[part] = [row for row in data[part] if row.get("module") == module]
	data.update(doctype=doctype, sync_on_migrate=frappe.cint(sync_on_migrate))
	with open(path, "w", encoding="utf-8") as file:
		file.write(frappe.as_json(data))
	return path


def _collect(doctype: str, with_permissions: bool) -> dict[str, list[Any]]:
	data: dict[str, list[Any]] = {}
	for part, (child, link) in PARTS.items():
		filters = {link: doctype, **({"custom": 1} if part == "links" else {})}
		wanted = part != "custom_perms" or with_permissions
		data[part] = (
			frappe.get_all(child, fields=["*"], filters=filters, order_by="name asc", limit_page_length=0)
			if wanted
			else []
		)
	return json.loads(frappe.as_json(data))
