"""From a DocType to the class of its documents."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared
from frappe.modules.utils import get_doctype_module, load_doctype_module


def get_controller(doctype: str) -> type:
	"""Return the class of a DocType's documents.

	The class lies in the module of the DocType under its name without spaces; an app may replace it by the
	hook `override_doctype_class`. DocTypes made in the desk are plain documents, trees are nested sets.

	Raises:
		DoesNotExistError: there is no such DocType.
		ImportError: the module exists but has not the class.
	"""
	known = shared("controllers")
	controller = known.get(doctype)
	if controller is None:
		controller = _import_controller(doctype)
		if frappe.local.flags.in_install_db:
			return controller
		known[doctype] = controller
	return controller


def _import_controller(doctype: str) -> type:
	from frappe.model.document import Document

	module_name, custom, is_tree = _module_of(doctype)
	if custom:
		return _plain_class(is_tree)
	overrides = frappe.get_hooks("override_doctype_class") or {}
	if overrides.get(doctype):
		controller = _overriding_class(overrides[doctype][-1])
	else:
		module = load_doctype_module(doctype, module_name)
		controller = getattr(module, class_name(doctype), None)
		if controller is None:
			raise ImportError(f"{doctype}: {class_name(doctype)} does not exist in {module.__name__}")
	if not issubclass(controller, Document):
		raise ImportError(f"{doctype}: {controller.__name__} is not a subclass of Document")
	return controller


def class_name(doctype: str) -> str:
	"""Return the name of a DocType's class: "ToDo Item" → "ToDoItem"."""
	return doctype.replace(" ", "").replace("-", "")


def _module_of(doctype: str) -> tuple[str, bool, bool]:
	row: Any = None
	if not frappe.flags.in_install_db:
		try:
			row = frappe.db.sql(
				"select `module`, `custom`, `is_tree` from `tabDocType` where `name` = %s", doctype
			)
		except Exception as error:
			if not frappe.db.is_table_missing(error):
				raise
	if row:
		module, custom, is_tree = row[0]
		return module, bool(custom), bool(is_tree)
	return get_doctype_module(doctype), False, False


def _plain_class(is_tree: bool) -> type:
	from frappe.model.document import Document

	if is_tree:
		from frappe.utils.nestedset import NestedSet

		return NestedSet
	return Document


def _overriding_class(path: str) -> type:
	return frappe.get_attr(path)
