from __future__ import annotations

import os

import frappe
from frappe.model.document import Document


class ModuleDef(Document):
	"""A module of an app, or of the site itself."""

	def on_update(self) -> None:
		if frappe.conf.developer_mode and not self.custom and not frappe.flags.in_install:
			self.create_modules_folder()
			self.add_to_modules_txt()
		frappe.clear_cache()

	def create_modules_folder(self) -> None:
		"""Make the module's package in its app."""
		folder = frappe.get_app_path(self.app_name, frappe.scrub(self.name))
		if os.path.isdir(folder):
			return
		os.makedirs(folder)
		open(os.path.join(folder, "__init__.py"), "w", encoding="utf-8").close()

	def add_to_modules_txt(self) -> None:
		"""Name the module in the app's modules.txt."""
		modules = frappe.get_module_list(self.app_name)
		if self.name not in modules:
			path = frappe.get_app_path(self.app_name, "modules.txt")
			with open(path, "w", encoding="utf-8") as file:
				file.write("\n".join([*modules, self.name]) + "\n")
			frappe.setup_module_map()

	def on_trash(self) -> None:
		"""The package stays, for it may hold code; only its name goes from modules.txt."""
		in_files = frappe.conf.developer_mode and not self.custom and not frappe.flags.in_uninstall
		modules = frappe.get_module_list(self.app_name) if in_files else []
		if self.name not in modules:
			return
		modules.remove(self.name)
		with open(frappe.get_app_path(self.app_name, "modules.txt"), "w", encoding="utf-8") as file:
			file.write("\n".join(modules) + "\n")
		frappe.setup_module_map()
