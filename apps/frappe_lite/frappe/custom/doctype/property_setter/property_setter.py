from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.custom.field_types import is_change_allowed
from frappe.model.document import Document

NOT_CUSTOMISABLE = ("DocType", "DocField", "DocPerm", "Property Setter", "Custom Field")
# Properties a column depends on.
COLUMN_PROPERTIES = ("fieldtype", "length", "precision", "unique", "search_index", "default", "options")
ROW_TYPES = {"DocType Link": "links", "DocType Action": "actions", "DocType State": "states"}


class PropertySetter(Document):
	"""A site's own value for a property of a DocType or of one of its fields."""

	def autoname(self) -> None:
		self.name = "-".join((self.doc_type, self.field_name or self.row_name or "main", self.property))

	def validate(self) -> None:
		self.check_doctype()
		self.check_type_change()
		if self.is_new():
			delete_property_setter(self.doc_type, self.property, self.field_name, self.row_name)
		frappe.clear_cache(doctype=self.doc_type)

	def check_doctype(self) -> None:
		"""Refuse DocTypes whose meta follows from files alone, and fields that do not exist."""
		if self.doc_type in NOT_CUSTOMISABLE:
			frappe.throw(_("Property Setters cannot be made for {0}").format(_(self.doc_type)))
		if self.doctype_or_field == "DocField" and not self.field_name:
			frappe.throw(_("Field Name is mandatory for a property of a field"))

	def check_type_change(self) -> None:
		"""Refuse a change of type that would lose values."""
		if self.property != "fieldtype" or not self.field_name:
			return
		field = frappe.get_meta(self.doc_type).get_field(self.field_name)
		if field and field.fieldtype != self.value and not is_change_allowed(field.fieldtype, self.value):
			message = _("Fieldtype cannot be changed from {0} to {1}")
			frappe.throw(message.format(field.fieldtype, self.value))

	def on_update(self) -> None:
		frappe.clear_cache(doctype=self.doc_type)
		if frappe.flags.in_patch or self.flags.validate_fields_for_doctype is False:
			return
		from frappe.core.doctype.doctype.doctype import validate_fields_for_doctype

		validate_fields_for_doctype(self.doc_type)
		if self.property in COLUMN_PROPERTIES and not frappe.flags.in_customize_form:
			from frappe.custom.doctype.custom_field.custom_field import sync_column

			sync_column(self.doc_type)

	def on_trash(self) -> None:
		frappe.clear_cache(doctype=self.doc_type)


def make_property_setter(
	doctype: str,
	fieldname: str | None,
	property: str,
	value: Any,
	property_type: str,
	for_doctype: bool = False,
	validate_fields_for_doctype: bool = True,
	is_system_generated: bool = True,
) -> Any:
	"""Set a property of a DocType or of one of its fields, in place of an earlier setter.

	Args:
		doctype: DocType to change.
		fieldname: field to change; None with `for_doctype`.
		property: name of the property, such as "reqd".
		value: its value.
		property_type: field type of the property, such as "Check".
		for_doctype: change the DocType itself.
		validate_fields_for_doctype: check the fields afterwards.
		is_system_generated: made by an app, not by an admin.

	Returns:
		the Property Setter.
	"""
	setter = frappe.get_doc(
		{
			"doctype": "Property Setter",
			"doctype_or_field": "DocType" if for_doctype else "DocField",
			"doc_type": doctype,
			"field_name": fieldname,
			"property": property,
			"value": value,
			"property_type": property_type,
			"is_system_generated": int(is_system_generated),
		}
	)
	setter.flags.update(ignore_permissions=True, validate_fields_for_doctype=validate_fields_for_doctype)
	return setter.insert()


def delete_property_setter(
	doc_type: str, property: str | None = None, field_name: str | None = None, row_name: str | None = None
) -> None:
	"""Remove the setters of a DocType that match.

	Args:
		doc_type: the DocType.
		property, field_name, row_name: only setters with these values.
	"""
	filters = {"doc_type": doc_type}
	filters.update(
		{
			key: value
			for key, value in (("property", property), ("field_name", field_name), ("row_name", row_name))
			if value
		}
	)
	frappe.db.delete("Property Setter", filters)
