"""A DocType as its form needs it: definition, scripts, print formats, dashboard, workflow."""

from __future__ import annotations

import os
from typing import Any

import frappe
from frappe.kernel.cache import shared

SCRIPTS = {
	"__js": "{name}.js",
	"__css": "{name}.css",
	"__list_js": "{name}_list.js",
	"__calendar_js": "{name}_calendar.js",
	"__tree_js": "{name}_tree.js",
}
SCRIPT_HOOKS = {
	"__js": "doctype_js",
	"__list_js": "doctype_list_js",
	"__tree_js": "doctype_tree_js",
	"__calendar_js": "doctype_calendar_js",
}


def get_meta_bundle(doctype: str) -> list[dict]:
	"""Return a DocType and its child DocTypes as dicts; they are kept until the site's version changes."""
	bundle = [get_meta(doctype)]
	bundle.extend(get_meta(df.options) for df in frappe.get_meta(doctype).get_table_fields())
	return bundle


def get_meta(doctype: str, cached: bool = True) -> dict[str, Any]:
	"""Return a DocType with what the desk adds; keys with two leading underscores are not of the DocType."""
	kept = shared("form_meta")
	key = (doctype, frappe.local.lang)
	if not cached or key not in kept:
		kept[key] = FormMeta(doctype).as_dict()
	return kept[key]


class FormMeta:
	"""Gathers what the form of a DocType needs."""

	def __init__(self, doctype: str) -> None:
		self.doctype = doctype
		self.meta = frappe.get_meta(doctype)
		self.extra: dict[str, Any] = {}

	def as_dict(self) -> dict[str, Any]:
		"""Return the definition of the DocType and its scripts."""
		if not self.meta.istable:
			self.add_scripts()
			self.add_client_scripts()
			self.add_print_formats()
			self.add_workflow()
			self.add_dashboard()
		values = {**self.meta.as_dict(), **self.extra}
		for field in values["fields"]:
			field.setdefault("is_custom_field", None)
		return values

	def add_scripts(self) -> None:
		"""Read the scripts of the DocType's folder and those that apps hook to it."""
		for key in SCRIPTS:
			text = "\n".join(part for part in (self._own_script(key), *self._hooked_scripts(key)) if part)
			self.extra[key] = text

	def _own_script(self, key: str) -> str:
		if self.meta.get("custom"):
			return ""
		name = frappe.scrub(self.doctype)
		folder = frappe.get_module_path(self.meta.module, "doctype", name)
		return _read(os.path.join(folder, SCRIPTS[key].format(name=name)))

	def _hooked_scripts(self, key: str) -> list[str]:
		texts = []
		for app in frappe.get_installed_apps():
			hooked = (
				frappe.get_hooks(SCRIPT_HOOKS.get(key, ""), {}, app_name=app) if key in SCRIPT_HOOKS else {}
			)
			paths = hooked.get(self.doctype, []) if isinstance(hooked, dict) else []
			for path in [paths] if isinstance(paths, str) else paths:
				texts.append(_read(os.path.join(frappe.get_app_path(app), *path.split("/"))))
		return texts

	def add_client_scripts(self) -> None:
		"""Add the scripts written on this site."""
		rows = frappe.get_all(
			"Client Script",
			filters={"dt": self.doctype, "enabled": 1},
			fields=["script", "view"],
			order_by="creation",
		)
		for view, key in (("Form", "__custom_js"), ("List", "__custom_list_js")):
			self.extra[key] = "\n".join(row.script or "" for row in rows if (row.view or "Form") == view)

	def add_print_formats(self) -> None:
		"""Add the print formats of the DocType."""
		self.extra["__print_formats"] = frappe.get_all(
			"Print Format",
			filters={"doc_type": self.doctype, "disabled": 0},
			fields=["name", "doc_type", "standard", "custom_format", "disabled"],
			limit_page_length=0,
		)

	def add_workflow(self) -> None:
		"""Add the active workflow and its states."""
		name = self.meta.get_workflow()
		docs: list[dict] = []
		if name:
			workflow = frappe.get_cached_doc("Workflow", name)
			docs.append(workflow.as_dict())
			states = {row.state for row in workflow.get("states") or []}
			docs.extend(
				frappe.get_cached_doc("Workflow State", state).as_dict()
				for state in states
				if frappe.db.exists("Workflow State", state)
			)
		self.extra["__workflow_docs"] = docs

	def add_dashboard(self) -> None:
		"""Add the connections the form shows."""
		self.extra["__dashboard"] = self.meta.get_dashboard_data()


def _read(path: str) -> str:
	if not os.path.isfile(path):
		return ""
	with open(path, encoding="utf-8") as file:
		return file.read()
