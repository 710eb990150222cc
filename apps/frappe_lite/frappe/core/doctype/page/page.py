from __future__ import annotations

import os
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json


class Page(Document):
	"""A page of the desk that is an app's own script."""

	def validate(self) -> None:
		from_file = frappe.flags.in_import or frappe.flags.in_migrate or frappe.flags.in_install
		if self.is_new() and not frappe.conf.developer_mode and not from_file:
			frappe.throw(_("Not in Developer Mode"))

	def on_update(self) -> None:
		export_module_json(self, self.standard == "Yes", self.module)

	def on_trash(self) -> None:
		if not frappe.conf.developer_mode and not frappe.flags.in_migrate and not frappe.flags.in_uninstall:
			frappe.throw(_("Deletion of this document is only permitted in developer mode."))

	def is_permitted(self) -> bool:
		"""Tell whether the user has a role of the page; without roles it is for everybody."""
		name = frappe.db.get_value("Custom Role", {"page": self.name})
		parent, parenttype = (name, "Custom Role") if name else (self.name, "Page")
		roles = frappe.get_all("Has Role", {"parent": parent, "parenttype": parenttype}, pluck="role")
		return not roles or bool(set(roles) & set(frappe.get_roles()))

	def load_assets(self) -> None:
		"""Read the page's script, style and templates from its folder."""
		from frappe.modules.utils import get_module_path, scrub

		folder = os.path.join(get_module_path(self.module), "page", scrub(self.name))
		scrubbed = scrub(self.name)
		self.script = frappe.read_file(os.path.join(folder, f"{scrubbed}.js")) or ""
		self.style = frappe.read_file(os.path.join(folder, f"{scrubbed}.css")) or ""
		self.content = frappe.read_file(os.path.join(folder, f"{scrubbed}.html")) or ""

	def as_dict(self, no_nulls: bool = False, **options: Any) -> Any:
		"""Return the page with what load_assets read."""
		values = super().as_dict(no_nulls=no_nulls, **options)
		values.update(
			{key: self.get(key) for key in ("script", "style", "content") if self.get(key) is not None}
		)
		return values
