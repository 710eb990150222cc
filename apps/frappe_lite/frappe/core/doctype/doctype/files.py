"""Files of a standard DocType: in developer mode they follow what is saved."""

from __future__ import annotations

import os
import shutil
from typing import Any

import frappe

CONTROLLER = """# Copyright (c) {year}, {publisher} and contributors
# For license information, please see license.txt

from frappe.model.document import Document


class {classname}(Document):
	pass
"""
TEST = """# Copyright (c) {year}, {publisher} and Contributors
# See license.txt

from frappe.tests.utils import FrappeTestCase


class Test{classname}(FrappeTestCase):
	pass
"""
FORM = """// Copyright (c) {year}, {publisher} and contributors
// For license information, please see license.txt

frappe.ui.form.on("{doctype}", {{
	refresh(frm) {{
	}},
}});
"""


def is_written(doc: Any) -> bool:
	"""Tell whether saving a DocType writes its files: a standard one, in developer mode, not from a file."""
	flags = frappe.flags
	if (
		doc.custom
		or flags.in_import
		or flags.in_install
		or flags.in_migrate
		or flags.in_patch
		or flags.in_test
	):
		return False
	return bool(frappe.conf.developer_mode)


def write(doc: Any) -> None:
	"""Write a DocType's JSON, and a controller, a form script and a test unless they exist."""
	if not is_written(doc):
		return
	from frappe.modules.export_file import export_to_files

	export_to_files(record_list=[[doc.doctype, doc.name]], create_init=True)
	folder = _folder(doc, doc.name)
	values = _values(doc)
	scrubbed = frappe.scrub(doc.name)
	_write_new(os.path.join(folder, f"{scrubbed}.py"), CONTROLLER.format(**values))
	if not doc.istable:
		_write_new(os.path.join(folder, f"{scrubbed}.js"), FORM.format(**values))
		_write_new(os.path.join(folder, f"test_{scrubbed}.py"), TEST.format(**values))


def _values(doc: Any) -> dict[str, Any]:
	from frappe.utils import nowdate

	app = frappe.local.module_app.get(frappe.scrub(doc.module), "frappe")
	return {
		"year": nowdate()[:4],
		"publisher": frappe.get_hooks("app_publisher", [""], app_name=app)[0],
		"classname": doc.name.replace(" ", "").replace("-", ""),
		"doctype": doc.name,
	}


def _write_new(path: str, text: str) -> None:
	if not os.path.exists(path):
		with open(path, "w", encoding="utf-8") as file:
			file.write(text)


def _folder(doc: Any, name: str) -> str:
	return os.path.join(frappe.get_module_path(doc.module), "doctype", frappe.scrub(name))


def rename(doc: Any, old: str, new: str) -> None:
	"""Move a DocType's folder and its files to the new name."""
	if not is_written(doc):
		return
	source, target = _folder(doc, old), _folder(doc, new)
	if not os.path.isdir(source) or os.path.exists(target):
		return
	shutil.move(source, target)
	for name in os.listdir(target):
		if frappe.scrub(old) in name:
			renamed = name.replace(frappe.scrub(old), frappe.scrub(new))
			os.rename(os.path.join(target, name), os.path.join(target, renamed))
	doc.name = new
	write(doc)


def remove(doc: Any) -> None:
	"""Remove a DocType's folder from the developer's app."""
	if is_written(doc):
		shutil.rmtree(_folder(doc, doc.name), ignore_errors=True)
