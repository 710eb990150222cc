"""Import of one standard record from its JSON file, by Frappe's rules."""

from __future__ import annotations

import json
import os
from typing import Any

import frappe

ignore_values: dict[str, list[str]] = {
	"Report": ["disabled", "prepared_report", "add_total_row"],
	"Print Format": ["disabled"],
	"Notification": ["enabled"],
	"Print Style": ["disabled"],
	"Module Onboarding": ["is_complete"],
	"Onboarding Step": ["is_complete", "is_skipped"],
	"Workspace": ["is_hidden"],
}
ignore_doctypes: list[str] = []


def import_files(
	module: str,
	dt: Any = None,
	dn: str | None = None,
	force: bool = False,
	pre_process: Any = None,
	reset_permissions: bool = False,
) -> Any:
	"""Import one record of a module, or several as [module, dt, dn] in `module`."""
	if isinstance(module, list):
		return [import_file(*each, force=force, pre_process=pre_process) for each in module]
	return import_file(module, dt, dn, force, pre_process, reset_permissions)


def import_file(
	module: str,
	dt: str,
	dn: str,
	force: bool = False,
	pre_process: Any = None,
	reset_permissions: bool = False,
) -> bool:
	"""Import the record of a module's folder, see `import_file_by_path`."""
	return import_file_by_path(
		get_file_path(module, dt, dn), force, pre_process=pre_process, reset_permissions=reset_permissions
	)


def get_file_path(module: str, dt: str, dn: str) -> str:
	"""Return the path of a record's JSON file."""
	dt, dn = frappe.scrub(dt), frappe.scrub(dn)
	return os.path.join(frappe.get_module_path(module), dt, dn, f"{dn}.json")


def import_file_by_path(
	path: str,
	force: bool = False,
	data_import: bool = False,
	pre_process: Any = None,
	ignore_version: bool | None = None,
	reset_permissions: bool = False,
) -> bool:
	"""Import the records of a JSON file that are newer than the stored ones.

	A DocType is compared by the hash of its file, other records by `modified`.

	Args:
		path: JSON file of one record or a list of records.
		force: import although nothing changed.
		data_import: values are taken as they are, as fixtures ask for.
		pre_process: called with every record before it is inserted.
		ignore_version: keep no versions.
		reset_permissions: also drop the customised permissions of a DocType.

	Returns:
		True when something was imported.
	"""
	if not os.path.exists(path):
		print(f"{path} missing")
		return False
	docs = read_doc_from_file(path)
	imported = False
	for values in docs if isinstance(docs, list) else [docs]:
		imported |= _import_one(
			values, path, force, data_import, pre_process, ignore_version, reset_permissions
		)
	return imported


def _import_one(
	values: dict,
	path: str,
	force: bool,
	data_import: bool,
	pre_process: Any,
	ignore_version: bool | None,
	reset_permissions: bool,
) -> bool:
	if values["doctype"] == "DocType":
		return _import_doctype(values, path, force, reset_permissions)
	stored = (
		frappe.db.get_value(values["doctype"], values.get("name"), "modified") if values.get("name") else None
	)
	# A stored record that is newer was changed by an admin; a file that is not newer has nothing to say.
	if stored and not force and str(values.get("modified", ""))[:19] <= str(stored)[:19]:
		return False
	import_doc(values, data_import=data_import, pre_process=pre_process, ignore_version=ignore_version)
	if values.get("modified"):
		update_modified(values["modified"], values)
	return True


def _import_doctype(values: dict, path: str, force: bool, reset_permissions: bool) -> bool:
	from frappe.modules.standard_records import (
		read_doctype,
		run_doctype_updates,
		sync_tables,
		write_doctypes,
	)

	known = dict(frappe.db.sql("select `name`, `migration_hash` from `tabDocType`"))
	file = read_doctype(path)
	if not force and known.get(file.name) == file.hash:
		return False
	if reset_permissions:
		frappe.db.delete("Custom DocPerm", {"parent": file.name})
	write_doctypes([file], known)
	frappe.clear_cache(doctype=file.name)
	sync_tables([file], known)
	run_doctype_updates([file])
	return True


def read_doc_from_file(path: str) -> Any:
	"""Return the parsed JSON of a file.

	Raises:
		ValueError: it is no JSON.
	"""
	with open(path, encoding="utf-8") as file:
		try:
			return json.loads(file.read())
		except ValueError as error:
			raise ValueError(f"bad json: {path}: {error}") from error


def update_modified(original_modified: str, doc: dict) -> None:
	"""Store the file's own timestamp, which tells at the next import whether the file changed."""
	if doc["doctype"] == doc["name"] and frappe.get_meta(doc["doctype"]).issingle:
		return
	frappe.db.sql(
		f"update `tab{doc['doctype']}` set `modified` = %s where `name` = %s",
		(original_modified, doc["name"]),
	)


def import_doc(
	docdict: dict,
	data_import: bool = False,
	pre_process: Any = None,
	ignore_version: bool | None = None,
	reset_permissions: bool = False,
) -> Any:
	"""Insert a record, replacing the stored one, and return it."""
	before = frappe.flags.in_import
	frappe.flags.in_import = True
	try:
		docdict["__islocal"] = 1
		doc = frappe.get_doc(docdict)
		ignore = ignore_values.get(doc.doctype)
		doc.flags.ignore_version = ignore_version
		if pre_process:
			pre_process(doc)
		_keep_values(doc, ignore or ())
		if frappe.db.exists(doc.doctype, doc.name):
			delete_old_doc(doc, reset_permissions)
		doc.flags.update(ignore_links=True)
		if not data_import:
			doc.flags.update(ignore_validate=True, ignore_permissions=True, ignore_mandatory=True)
		doc.insert()
	finally:
		frappe.flags.in_import = before
	return doc


def _keep_values(doc: Any, fields: Any) -> None:
	stored = frappe.db.get_value(doc.doctype, doc.name, list(fields), as_dict=True) if fields else None
	if stored:
		doc.update(stored)


def delete_old_doc(doc: Any, reset_permissions: bool) -> None:
	"""Delete the stored record that an import replaces."""
	frappe.delete_doc(
		doc.doctype,
		doc.name,
		force=1,
		ignore_permissions=True,
		for_reload=True,
		ignore_doctypes=[] if reset_permissions else ["DocPerm"],
	)


def reset_tree_properties(doc: Any) -> None:
	"""Forget the position in a tree, which the target site works out itself."""
	if getattr(doc.meta, "is_tree", None):
		doc.lft = doc.rgt = None
