"""Paths and imports of module folders, with Frappe's names."""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any

import frappe
from frappe.kernel.apps import scrub


def get_module_app(module: str) -> str:
	"""Return the app that owns a module.

	Raises:
		DoesNotExistError: no app of the bench has the module.
	"""
	app = frappe.local.module_app.get(scrub(module))
	if not app:
		app = _app_of_module_record(module)
	if not app:
		frappe.throw(frappe._("Module {0} not found").format(module), frappe.DoesNotExistError)
	return app


def _app_of_module_record(module: str) -> str | None:
	if not frappe.local.db or frappe.flags.in_install_db:
		return None
	return frappe.db.get_value("Module Def", module, "app_name")


def get_doctype_module(doctype: str) -> str:
	"""Return the module of a DocType.

	Raises:
		DoesNotExistError: there is no such DocType.
	"""
	from frappe.model.meta_source import load_definition

	if frappe.local.db and not frappe.flags.in_install_db:
		module = frappe.db.get_value("DocType", doctype, "module", cache=True)
		if module:
			return module
	return load_definition(doctype)["module"]


def get_module_name(
	doctype: str, module: str, prefix: str = "", suffix: str = "", app: str | None = None
) -> str:
	"""Return the dotted name of a DocType's Python module."""
	app = scrub(app or get_module_app(module))
	name = scrub(doctype)
	return f"{app}.{scrub(module)}.doctype.{name}.{prefix}{name}{suffix}"


def load_doctype_module(
	doctype: str, module: str | None = None, prefix: str = "", suffix: str = ""
) -> ModuleType:
	"""Import and return the Python module of a DocType.

	Args:
		prefix, suffix: name a neighbour instead, such as suffix="_dashboard".

	Raises:
		ImportError: the file does not exist or cannot be imported.
	"""
	module = module or get_doctype_module(doctype)
	name = get_module_name(doctype, module, prefix, suffix)
	try:
		return frappe.get_module(name)
	except ImportError as error:
		raise ImportError(f"Module import failed for {doctype} ({name}): {error}") from error


def get_module_path(module: str) -> str:
	"""Return the folder of a module."""
	return frappe.get_module_path(module)


def get_doc_path(module: str, doctype: str, name: str) -> str:
	"""Return the folder of a standard record."""
	return os.path.join(get_module_path(module), *scrub_dt_dn(doctype, name))


def scrub_dt_dn(dt: str, dn: str) -> tuple[str, str]:
	"""Return the folder names of a record: of its DocType and its name."""
	return scrub(dt), scrub(dn)


def reload_doc(
	module: str,
	dt: str | None = None,
	dn: str | None = None,
	force: bool = False,
	reset_permissions: bool = False,
) -> Any:
	"""Import a standard record from its file."""
	from frappe.modules.import_file import import_files

	return import_files(module, dt, dn, force=force, reset_permissions=reset_permissions)


def export_module_json(doc: Any, is_standard: bool, module: str) -> str | None:
	"""Write a standard record into its module in developer mode and return the path without extension."""
	if frappe.flags.in_import or not is_standard or not frappe.conf.developer_mode:
		return None
	from frappe.modules.export_file import export_to_files

	export_to_files(record_list=[[doc.doctype, doc.name]], record_module=module, create_init=is_standard)
	return os.path.join(get_module_path(module), scrub(doc.doctype), scrub(doc.name), scrub(doc.name))


def export_doc(doctype: str, name: str, module: str | None = None) -> None:
	"""Write a record into the folder of its module."""
	from frappe.modules.export_file import write_document_file

	write_document_file(frappe.get_doc(doctype, name), module)


def get_app_publisher(module: str) -> str:
	"""Return the publisher of the app that owns a module."""
	publishers = frappe.get_hooks("app_publisher", app_name=get_module_app(module))
	if not publishers:
		frappe.throw(frappe._("App not found for module: {0}").format(module))
	return publishers[0]
