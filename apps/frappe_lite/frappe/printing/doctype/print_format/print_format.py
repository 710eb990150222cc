from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json


class PrintFormat(Document):
	"""How documents of a DocType look on paper."""

	def validate(self) -> None:
		self.check_standard()
		self.check_template()
		self.module = self.module or frappe.db.get_value("DocType", self.doc_type, "module")

	def check_standard(self) -> None:
		"""A standard print format is a file of an app."""
		from_file = frappe.flags.in_import or frappe.flags.in_migrate or frappe.flags.in_install
		if self.standard != "Yes" or from_file or frappe.conf.developer_mode:
			return
		if frappe.session.user != "Administrator" or not self.is_new():
			frappe.throw(_("Standard Print Format cannot be updated"))

	def check_template(self) -> None:
		"""Refuse a template that cannot be rendered, when it is written and not when it is printed.

		Raises:
			ValidationError: its syntax is wrong, or it is empty.
		"""
		if not self.custom_format:
			return
		if self.raw_printing and not self.raw_commands:
			frappe.throw(_("{0} are required").format(frappe.bold(_("Raw Commands"))), frappe.MandatoryError)
		if not self.raw_printing and not self.html:
			frappe.throw(_("{0} is required").format(frappe.bold(_("HTML"))), frappe.MandatoryError)
		if self.html and self.print_format_type != "JS":
			from frappe.utils.jinja import validate_template

			validate_template(self.html)

	def on_update(self) -> None:
		if hasattr(self, "old_doc_type") and self.old_doc_type:
			frappe.clear_cache(doctype=self.old_doc_type)
		frappe.clear_cache(doctype=self.doc_type)
		export_module_json(self, self.standard == "Yes", self.module)

	def after_rename(self, old: str, new: str, merge: bool = False) -> None:
		"""DocTypes that print by it follow."""
		frappe.db.set_value(
			"Property Setter", {"property": "default_print_format", "value": old}, "value", new
		)

	def on_trash(self) -> None:
		frappe.clear_cache(doctype=self.doc_type)


@frappe.whitelist(methods=["POST"])
def make_default(name: str) -> None:
	"""Print documents of a DocType by this format unless another is chosen.

	Args:
		name: of the Print Format.
	"""
	from frappe.custom.doctype.property_setter.property_setter import make_property_setter

	frappe.has_permission("Print Format", "write", throw=True)
	doc = frappe.get_doc("Print Format", name)
	if frappe.db.get_value("DocType", doc.doc_type, "custom"):
		frappe.db.set_value("DocType", doc.doc_type, "default_print_format", name)
		frappe.clear_cache(doctype=doc.doc_type)
	else:
		make_property_setter(
			doc.doc_type,
			None,
			"default_print_format",
			name,
			"Data",
			for_doctype=True,
			is_system_generated=False,
		)
	frappe.msgprint(_("{0} is now default print format for {1} doctype").format(name, _(doc.doc_type)))
