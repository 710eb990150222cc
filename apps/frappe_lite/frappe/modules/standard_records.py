"""Standard records: what an app ships as JSON files in its module folders, and how it gets into the database.

DocTypes are written in bulk, without loading or saving documents: a file is a complete description, so
the rows follow from it alone. Everything else is inserted as documents, because its controllers may have
something to do.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator

import frappe
from frappe.modules.doctype_rows import DocTypeFile, write_doctypes

# Later kinds refer to earlier ones.
IMPORT_ORDER = (
	("core", "doctype"),
	("core", "page"),
	("core", "report"),
	("desk", "dashboard_chart_source"),
	("printing", "print_format"),
	("website", "web_form"),
	("email", "notification"),
	("desk", "number_card"),
	("desk", "dashboard_chart"),
	("desk", "dashboard"),
	("desk", "workspace"),
	("custom", "client_script"),
	("core", "server_script"),
)
BOOTSTRAP = ("DocType", "DocField", "DocPerm", "DocType Action", "DocType Link", "DocType State")
META_TABLES = (*BOOTSTRAP, "Custom Field", "Property Setter", "Custom DocPerm", "DefaultValue")


def doctype_paths(app: str) -> Iterator[str]:
	"""Yield the JSON files of an app's DocTypes."""
	yield from _record_paths(app, "doctype")


def _record_paths(app: str, kind: str) -> Iterator[str]:
	for module in frappe.get_module_list(app):
		folder = os.path.join(frappe.get_app_path(app), frappe.scrub(module), kind)
		if not os.path.isdir(folder):
			continue
		for name in sorted(os.listdir(folder)):
			path = os.path.join(folder, name, f"{name}.json")
			if os.path.exists(path):
				yield path


def read_doctypes(app: str) -> list[DocTypeFile]:
	"""Return the DocTypes an app ships, with the hash of each file."""
	return [read_doctype(path) for path in doctype_paths(app)]


def read_doctype(path: str) -> DocTypeFile:
	"""Return the DocType of one JSON file, with the hash of the file."""
	with open(path, "rb") as file:
		content = file.read()
	return DocTypeFile(json.loads(content), hashlib.md5(content, usedforsecurity=False).hexdigest())


def bootstrap() -> None:
	"""Create the tables that describe all others; the first step of a new site."""
	by_name = {file.name: file for file in read_doctypes("frappe")}
	create_tables(by_name[name] for name in META_TABLES)


def create_tables(files: Iterable[DocTypeFile]) -> None:
	"""Create or extend the tables of DocTypes from their files alone."""
	from frappe.model.meta import Meta

	for file in files:
		if not file.doc.get("is_virtual") and not file.doc.get("issingle"):
			frappe.db.updatedb(file.name, meta=Meta(file.doc))


def sync_all(force: int = 0, reset_permissions: bool = False) -> None:
	"""Bring the standard records of every installed app into the database."""
	for app in frappe.get_installed_apps():
		sync_for(app, force, reset_permissions)
	frappe.clear_cache()


def sync_for(app: str, force: int = 0, reset_permissions: bool = False) -> list[str]:
	"""Bring the standard records of one app into the database.

	Args:
		app: package name.
		force: write records whose file did not change as well.
		reset_permissions: kept for Frappe's signature; rows of files are always written, changed rights of an
			admin are Custom DocPerm and stay.

	Returns:
		names of the DocTypes whose file had changed.
	"""
	changed = sync_doctypes(app, force)
	for _module, kind in IMPORT_ORDER[1:]:
		for path in _record_paths(app, kind):
			_import_record(path, force)
	return changed


def sync_doctypes(app: str, force: int = 0) -> list[str]:
	"""Write the DocTypes of an app whose file changed since they were last written, and their tables."""
	files = read_doctypes(app)
	known = _known_hashes()
	changed = [file for file in files if force or known.get(file.name) != file.hash]
	if not changed:
		return []
	write_doctypes(changed, known)
	frappe.clear_cache()
	sync_tables(changed, known)
	run_doctype_updates(changed)
	return [file.name for file in changed]


def _known_hashes() -> dict[str, str | None]:
	return dict(frappe.db.sql("select `name`, `migration_hash` from `tabDocType`"))


def sync_tables(changed: list[DocTypeFile], known: dict[str, str | None]) -> None:
	"""Let tables follow; new ones follow from their file, those that may have custom fields from their meta.

	Args:
		changed: DocTypes just written.
		known: names that were stored before.
	"""
	create_tables(file for file in changed if file.name not in known)
	for file in changed:
		if file.name in known and not file.doc.get("is_virtual"):
			frappe.db.updatedb(file.name)


def run_doctype_updates(changed: list[DocTypeFile]) -> None:
	"""Call `on_doctype_update` of the controllers that have one, where they add indexes."""
	for file in changed:
		app = frappe.local.module_app.get(frappe.scrub(file.doc["module"]))
		scrubbed = frappe.scrub(file.name)
		path = f"{app}.{frappe.scrub(file.doc['module'])}.doctype.{scrubbed}.{scrubbed}"
		if app and _defines_update(path):
			frappe.get_module(path).on_doctype_update()


def _defines_update(path: str) -> bool:
	"""Look into the file first: importing every controller of an app would take longer than the whole
	sync.
	"""
	package, _, rest = path.partition(".")
	source = os.path.join(frappe.get_app_path(package), *rest.split(".")) + ".py"
	return "def on_doctype_update(" in (frappe.read_file(source) or "")


def _import_record(path: str, force: int) -> None:
	from frappe.modules.import_file import import_file_by_path

	if frappe.db.exists("DocType", frappe.get_file_json(path)["doctype"]):
		import_file_by_path(path, force=bool(force), ignore_version=True)
