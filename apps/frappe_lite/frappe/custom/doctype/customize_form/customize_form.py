from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.doctype.doctype import (
	validate_autoincrement_autoname,
	validate_fields_for_doctype,
	validate_series,
)
from frappe.custom.doctype.customize_form.field_changes import is_change_of_property_allowed
from frappe.custom.doctype.customize_form.properties import (
	DOCTYPE_PROPERTIES,
	FIELD_PROPERTIES,
	ROW_PROPERTIES,
	SCHEMA_PROPERTIES,
)
from frappe.custom.doctype.property_setter.property_setter import delete_property_setter, make_property_setter
from frappe.custom.field_types import is_change_allowed
from frappe.model.document import Document

NOT_CUSTOMISABLE = (
	"DocType",
	"DocField",
	"DocPerm",
	"Custom Field",
	"Property Setter",
	"Customize Form",
	"Patch Log",
)


class CustomizeForm(Document):
	"""The form in which an admin changes a DocType; what is saved are Property Setters and Custom Fields."""

	def on_update(self) -> None:
		"""Keep nothing of the form itself."""
		frappe.db.delete("Singles", {"doctype": "Customize Form"})
		frappe.db.delete("Customize Form Field")

	@frappe.whitelist()
	def fetch_to_customize(self) -> None:
		"""Fill the form with the DocType as it is now."""
		self.clear_existing_doc()
		if not self.doc_type:
			return
		meta = frappe.get_meta(self.doc_type, cached=False)
		check_customisable(meta)
		self.load_properties(meta)

	def clear_existing_doc(self) -> None:
		"""Empty the form but for the DocType chosen."""
		chosen = self.doc_type
		for field in self.meta.fields:
			if field.fieldtype == "Table":
				self.set(field.fieldname, [])
			elif field.fieldname != "doc_type":
				self.set(field.fieldname, None)
		self.doc_type = chosen
		self.name = "Customize Form"

	def load_properties(self, meta: Any) -> None:
		"""Copy the DocType's properties and rows into the form."""
		for name in DOCTYPE_PROPERTIES:
			self.set(name, meta.get(name))
		for field in meta.fields:
			values = {name: field.get(name) for name in FIELD_PROPERTIES if name != "idx"}
			marks = ("name", "fieldname", "is_custom_field", "is_system_generated")
			self.append("fields", {**values, **{mark: field.get(mark) for mark in marks}})
		for part in ROW_PROPERTIES:
			for row in meta.get(part) or ():
				self.append(part, row.as_dict() if hasattr(row, "as_dict") else dict(row))

	@frappe.whitelist()
	def save_customization(self) -> None:
		"""Store what differs from the DocType.

		Raises:
			ValidationError: a change is not allowed or breaks a rule for fields; nothing is stored.
		"""
		if not self.doc_type:
			return
		self.check_permission("write")
		check_customisable(frappe.get_meta(self.doc_type, cached=False))
		validate_series(self, self.autoname, self.doc_type)
		validate_autoincrement_autoname(self)
		self.flags.update_db = False
		frappe.flags.in_customize_form = True
		try:
			self.store()
		finally:
			frappe.flags.in_customize_form = False
		if not self.flags.hide_success:
			frappe.msgprint(_("{0} updated").format(_(self.doc_type)), alert=True)
		frappe.clear_cache(doctype=self.doc_type)
		self.fetch_to_customize()

	def store(self) -> None:
		"""Write setters, custom fields and rows, then let the table follow."""
		meta = frappe.get_meta(self.doc_type, cached=False)
		self.store_doctype_properties(meta)
		for field in self.get("fields"):
			self.store_field_properties(meta, field)
		self.store_rows(meta)
		self.store_custom_fields(meta)
		self.store_order()
		frappe.clear_cache(doctype=self.doc_type)
		validate_fields_for_doctype(self.doc_type)
		if self.flags.update_db:
			from frappe.custom.doctype.custom_field.custom_field import sync_column

			sync_column(self.doc_type)

	def store_doctype_properties(self, meta: Any) -> None:
		"""Set properties of the DocType that differ."""
		for name, kind in DOCTYPE_PROPERTIES.items():
			if name != "istable" and (self.get(name) or "") != (meta.get(name) or ""):
				self.set_property(name, self.get(name), kind)

	def store_field_properties(self, meta: Any, field: Any) -> None:
		"""Set properties of a standard field that differ; those of custom fields are their own."""
		before = meta.get_field(field.fieldname) if field.fieldname else None
		if not before or not is_standard(before):
			return
		for name, kind in FIELD_PROPERTIES.items():
			if name == "idx" or (field.get(name) or "") == (before.get(name) or ""):
				continue
			if not is_change_of_property_allowed(self, name, before, field):
				continue
			self.flags.update_db |= name in SCHEMA_PROPERTIES
			self.set_property(name, field.get(name), kind, field.fieldname)

	def set_property(
		self,
		name: str,
		value: Any,
		kind: str,
		fieldname: str | None = None,
		row: tuple[str, str] | None = None,
	) -> None:
		"""Make a Property Setter in place of an earlier one, or only remove that when the standard is wanted.

		Args:
			name, value, kind: property, its value and type.
			fieldname: field it is of; the DocType itself without one.
			row: DocType and name of the row of links, actions or states it is of.
		"""
		delete_property_setter(self.doc_type, name, fieldname, row[1] if row else None)
		if not row and self.get_existing_value(name, fieldname) == value:
			return
		setter = frappe.get_doc(
			{
				"doctype": "Property Setter",
				"doctype_or_field": row[0] if row else ("DocField" if fieldname else "DocType"),
				"doc_type": self.doc_type,
				"field_name": fieldname,
				"row_name": row[1] if row else None,
				"property": name,
				"value": value,
				"property_type": kind,
				"is_system_generated": 0,
			}
		)
		setter.flags.update(ignore_permissions=True, validate_fields_for_doctype=False)
		setter.insert()

	def get_existing_value(self, name: str, fieldname: str | None) -> Any:
		"""Return the value of a property as the standard DocType has it."""
		if fieldname:
			return frappe.db.get_value("DocField", {"parent": self.doc_type, "fieldname": fieldname}, name)
		if not frappe.get_meta("DocType").has_field(name):
			return None
		return frappe.db.get_value("DocType", self.doc_type, name)

	def store_rows(self, meta: Any) -> None:
		"""Store changed, new and removed links, actions and states."""
		for part, (child, properties) in ROW_PROPERTIES.items():
			known = {row.name: row for row in meta.get(part) or ()}
			kept = set()
			for idx, row in enumerate(self.get(part) or (), start=1):
				if row.name in known:
					kept.add(row.name)
					self.store_row(child, properties, known[row.name], row)
				else:
					self.insert_row(part, child, properties, row, idx)
			for name, row in known.items():
				if name not in kept and row.custom:
					frappe.db.delete(child, {"name": name})

	def store_row(self, child: str, properties: dict[str, str], before: Any, row: Any) -> None:
		"""Set the properties of one row that differ."""
		for name, kind in properties.items():
			if (row.get(name) or "") == (before.get(name) or ""):
				continue
			if before.custom:
				frappe.db.set_value(child, before.name, name, row.get(name))
			else:
				self.set_property(name, row.get(name), kind, row=(child, before.name))

	def insert_row(self, part: str, child: str, properties: dict[str, str], row: Any, idx: int) -> None:
		"""Add a row of the site's own to the DocType."""
		values = {name: row.get(name) for name in properties}
		place = {"parent": self.doc_type, "parenttype": "DocType", "parentfield": part, "custom": 1}
		doc = frappe.get_doc({"doctype": child, **values, **place})
		doc.idx = idx
		doc.set_new_name()
		doc.db_insert()

	def store_custom_fields(self, meta: Any) -> None:
		"""Add, change and remove custom fields."""
		fields = self.get("fields")
		for idx, field in enumerate(fields):
			before = meta.get_field(field.fieldname) if field.fieldname else None
			if before and is_standard(before):
				continue
			if before or frappe.db.exists(
				"Custom Field", {"dt": self.doc_type, "fieldname": field.fieldname}
			):
				self.change_custom_field(field, fields[idx - 1].fieldname if idx else None)
			else:
				self.add_custom_field(field, fields[idx - 1].fieldname if idx else None, idx)
		kept = {field.fieldname for field in fields}
		for before in meta.fields:
			if before.fieldname not in kept and before.is_custom_field and not before.is_system_generated:
				frappe.delete_doc("Custom Field", before.name, ignore_permissions=True)
				self.flags.update_db = True

	def add_custom_field(self, field: Any, insert_after: str | None, idx: int) -> None:
		"""Add one custom field."""
		doc = frappe.new_doc("Custom Field")
		doc.update({name: field.get(name) for name in FIELD_PROPERTIES if name != "idx"})
		doc.update(
			{"dt": self.doc_type, "fieldname": field.fieldname, "insert_after": insert_after, "idx": idx}
		)
		doc.flags.ignore_permissions = True
		doc.insert()
		field.fieldname = doc.fieldname
		self.flags.update_db = True

	def change_custom_field(self, field: Any, insert_after: str | None) -> None:
		"""Write what differs into one custom field."""
		name = frappe.db.get_value("Custom Field", {"dt": self.doc_type, "fieldname": field.fieldname})
		doc = frappe.get_doc("Custom Field", name)
		before = doc.as_dict()
		for prop in FIELD_PROPERTIES:
			if prop != "idx" and (doc.get(prop) or "") != (field.get(prop) or ""):
				self.check_type(prop, doc, field)
				doc.set(prop, field.get(prop))
		doc.insert_after = insert_after
		if any(doc.get(key) != before.get(key) for key in (*FIELD_PROPERTIES, "insert_after")):
			self.flags.update_db |= any(doc.get(key) != before.get(key) for key in SCHEMA_PROPERTIES)
			doc.flags.ignore_permissions = True
			doc.save()

	def check_type(self, prop: str, before: Any, field: Any) -> None:
		"""Refuse a change of type that would lose values."""
		if prop == "fieldtype":
			validate_fieldtype_change(before.fieldtype, field.fieldtype, field.label)

	def store_order(self) -> None:
		"""Remember the order of fields where it is not the one that follows from the fields themselves."""
		wanted = [field.fieldname for field in self.get("fields")]
		delete_property_setter(self.doc_type, "field_order")
		frappe.clear_cache(doctype=self.doc_type)
		meta = frappe.get_meta(self.doc_type, cached=False)
		if [field.fieldname for field in meta.fields] != wanted:
			make_property_setter(
				self.doc_type,
				None,
				"field_order",
				json.dumps(wanted),
				"Data",
				for_doctype=True,
				validate_fields_for_doctype=False,
				is_system_generated=False,
			)

	@frappe.whitelist()
	def reset_to_defaults(self) -> None:
		"""Throw the admin's changes of the DocType away; what apps made stays."""
		if not self.doc_type:
			return
		self.check_permission("write")
		reset_customization(self.doc_type)
		self.fetch_to_customize()

	@frappe.whitelist()
	def reset_layout(self) -> None:
		"""Throw the admin's order of fields away."""
		if not self.doc_type:
			return
		self.check_permission("write")
		delete_property_setter(self.doc_type, "field_order")
		frappe.clear_cache(doctype=self.doc_type)
		self.fetch_to_customize()

	@classmethod
	def allow_fieldtype_change(cls, old_type: str, new_type: str) -> bool:
		"""Tell whether a field may change its type and keep its values."""
		return is_change_allowed(old_type, new_type)


def is_standard(field: Any) -> bool:
	"""Tell whether a field is of the DocType or of an app, so that only setters may change it."""
	return not field.get("is_custom_field") or bool(field.get("is_system_generated"))


def check_customisable(meta: Any) -> None:
	"""Refuse DocTypes that Customize Form cannot change.

	Raises:
		ValidationError: it is one of those that describe DocTypes, a Single or a custom DocType.
	"""
	if meta.name in NOT_CUSTOMISABLE:
		frappe.throw(_("Core DocTypes cannot be customized."))
	if meta.issingle:
		frappe.throw(_("Single DocTypes cannot be customized."))
	if meta.custom:
		frappe.throw(_("Only standard DocTypes are allowed to be customized from Customize Form."))


def validate_fieldtype_change(old: str, new: str, label: str | None) -> None:
	"""Refuse a change of type that would lose values.

	Raises:
		ValidationError: it would.
	"""
	if old != new and not is_change_allowed(old, new):
		message = _("Fieldtype cannot be changed from {0} to {1} in row {2}")
		frappe.throw(message.format(old, new, label))


def reset_customization(doctype: str) -> None:
	"""Remove the custom fields and setters that admins made for a DocType.

	Args:
		doctype: the DocType.
	"""
	filters = {"doc_type": doctype, "field_name": ("!=", "naming_series"), "is_system_generated": 0}
	for name in frappe.get_all("Property Setter", filters=filters, pluck="name", limit_page_length=0):
		frappe.delete_doc("Property Setter", name, ignore_permissions=True)
	custom = frappe.get_all(
		"Custom Field", filters={"dt": doctype, "is_system_generated": 0}, pluck="name", limit_page_length=0
	)
	for name in custom:
		frappe.delete_doc("Custom Field", name, ignore_permissions=True)
	frappe.clear_cache(doctype=doctype)


@frappe.whitelist()
def get_link_filters_from_doc_without_customisations(doctype: str, fieldname: str) -> str | None:
	"""Return the link filters of a field as the standard DocType has them."""
	frappe.only_for("System Manager")
	return frappe.db.get_value("DocField", {"parent": doctype, "fieldname": fieldname}, "link_filters")
