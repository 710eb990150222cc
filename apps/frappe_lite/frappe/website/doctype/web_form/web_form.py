from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json
from frappe.website.web_form import accept

__all__ = ["WebForm", "accept"]


class WebForm(Document):
	"""A form for people outside the desk."""

	def autoname(self) -> None:
		self.name = self.name or frappe.scrub(self.title).replace("_", "-")

	def validate(self) -> None:
		self.set_route()
		self.module = self.module or frappe.db.get_value("DocType", self.doc_type, "module")
		self.check_standard()
		self.check_fields()
		self.check_guests()

	def set_route(self) -> None:
		"""A form without an address gets one from its title."""
		if not self.route:
			self.route = frappe.scrub(self.title).replace("_", "-")
		self.route = self.route.strip("/. ")

	def check_standard(self) -> None:
		"""A standard web form is a file of an app."""
		from_file = frappe.flags.in_import or frappe.flags.in_migrate or frappe.flags.in_install
		if self.is_standard and not frappe.conf.developer_mode and not from_file:
			frappe.throw(_("You need to be in developer mode to edit a Standard Web Form"))

	def check_fields(self) -> None:
		"""Refuse fields the DocType does not have.

		Raises:
			ValidationError: with their names.
		"""
		if frappe.flags.in_import or frappe.flags.in_migrate:
			return
		meta = frappe.get_meta(self.doc_type)
		missing = [
			row.fieldname
			for row in self.web_form_fields
			if row.fieldname and not meta.has_field(row.fieldname)
		]
		layout = ("Section Break", "Column Break", "Page Break", "HTML", "Heading")
		missing = [
			row.fieldname
			for row in self.web_form_fields
			if row.fieldname in missing and row.fieldtype not in layout
		]
		if missing:
			frappe.throw(_("Following fields are missing:") + "<br>" + "<br>".join(missing))

	def check_guests(self) -> None:
		"""What needs an owner needs somebody who signed in."""
		needs_owner = (self.allow_edit, self.allow_delete, self.allow_multiple and self.show_list)
		if not self.login_required and any(needs_owner):
			self.login_required = 1

	def on_update(self) -> None:
		if self.is_standard:
			export_module_json(self, True, self.module)
		frappe.clear_cache()

	def load_translations(self) -> dict[str, str]:
		"""Return the translations of the form's texts in the user's language."""
		texts = [
			self.title,
			self.introduction_text,
			self.success_title,
			self.success_message,
			self.button_label,
		]
		texts += [row.label for row in self.web_form_fields] + [
			row.description for row in self.web_form_fields
		]
		return {text: _(text) for text in texts if text}

	def visible_fields(self) -> list[Any]:
		"""Return the rows a visitor fills in."""
		return [row for row in self.web_form_fields if row.fieldname and not row.hidden]
