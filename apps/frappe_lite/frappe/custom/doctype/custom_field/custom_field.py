from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.doctype.field_rules import check_fieldname_conflicts, check_illegal_characters
from frappe.core.doctype.doctype.reserved import RESTRICTED
from frappe.core.doctype.doctype.standard_fields import BREAKS, TRANSLATABLE
from frappe.custom.field_types import is_change_allowed
from frappe.model.document import Document

# Their meta follows from files alone, so a custom field would never appear.
NOT_CUSTOMISABLE = (
	"DocType",
	"DocField",
	"DocPerm",
	"Custom Field",
	"Property Setter",
	"Patch Log",
	"Module Def",
)


class CustomField(Document):
	"""A field that a site adds to a DocType."""

	def autoname(self) -> None:
		self.set_fieldname()
		self.name = f"{self.dt}-{self.fieldname}"

	def set_fieldname(self) -> None:
		"""Derive the fieldname from the label; the prefix keeps it apart from fields of a later release."""
		if self.fieldname:
			self.fieldname = self.fieldname.lower()
			return
		label = self.label
		if not label:
			if self.fieldtype not in BREAKS:
				frappe.throw(_("Label is mandatory"))
			label = f"{self.fieldtype}_{self.idx}"
		letters = [c for c in label.replace(" ", "_") if c.isdigit() or c.isalpha() or c == "_"]
		self.fieldname = f"custom_{''.join(letters)}".lower()

	def before_insert(self) -> None:
		self.set_fieldname()

	def validate(self) -> None:
		self.check_name()
		self.check_doctype()
		self.place()
		self.check_type_change()
		if self.translatable and self.fieldtype not in TRANSLATABLE:
			self.translatable = 0
		if not self.flags.ignore_validate:
			check_fieldname_conflicts(self)

	def check_name(self) -> None:
		"""Refuse names that cannot be columns, or that every table has."""
		if not self.fieldname:
			frappe.throw(_("Fieldname not set for Custom Field"))
		check_illegal_characters(self.fieldname)
		if self.fieldname in RESTRICTED:
			self.fieldname = f"{self.fieldname}1"

	def check_doctype(self) -> None:
		"""Refuse DocTypes whose form cannot have custom fields, and names that are taken."""
		if self.dt in NOT_CUSTOMISABLE:
			frappe.throw(_("Custom Fields cannot be added to core DocTypes."))
		meta = frappe.get_meta(self.dt, cached=False)
		self.flags.fieldnames = [field.fieldname for field in meta.fields]
		if self.is_new() and self.fieldname in self.flags.fieldnames:
			message = _("A field with the name {0} already exists in {1}")
			frappe.throw(message.format(frappe.bold(self.fieldname), self.dt))

	def place(self) -> None:
		"""Remember the place behind the field it follows."""
		fieldnames = self.flags.fieldnames
		if self.insert_after == "append" and fieldnames:
			self.insert_after = fieldnames[-1]
		if self.insert_after and self.insert_after in fieldnames:
			self.idx = fieldnames.index(self.insert_after) + 1
		if self.insert_after == self.fieldname:
			frappe.throw(_("Insert After cannot be set as {0}").format(self.fieldname))

	def check_type_change(self) -> None:
		"""Refuse a change of type that would lose values."""
		before = None if self.is_new() else self.db_get("fieldtype")
		if before and before != self.fieldtype and not is_change_allowed(before, self.fieldtype):
			message = _("Fieldtype cannot be changed from {0} to {1}")
			frappe.throw(message.format(before, self.fieldtype))

	def on_update(self) -> None:
		frappe.clear_cache(doctype=self.dt)
		if frappe.flags.in_create_custom_fields:
			return
		if not self.flags.ignore_validate:
			from frappe.core.doctype.doctype.doctype import validate_fields_for_doctype

			validate_fields_for_doctype(self.dt)
		sync_column(self.dt)

	def on_trash(self) -> None:
		if self.owner == "Administrator" and frappe.session.user != "Administrator":
			message = _(
				"Custom Field {0} is created by the Administrator and can only be deleted through it."
			)
			frappe.throw(message.format(frappe.bold(self.label)))
		frappe.db.delete("Property Setter", {"doc_type": self.dt, "field_name": self.fieldname})
		frappe.clear_cache(doctype=self.dt)


def sync_column(doctype: str) -> None:
	"""Let the table of a DocType follow its meta; values of removed fields stay in their columns."""
	meta = frappe.get_meta(doctype)
	if not meta.issingle and not meta.get("is_virtual"):
		frappe.db.updatedb(doctype)


@frappe.whitelist()
def get_fields_label(doctype: str | None = None) -> Any:
	"""Return the fields of a DocType as the list "insert after" offers them.

	Args:
		doctype: name of the DocType.
	"""
	if not frappe.has_permission("Custom Field", "read"):
		raise frappe.PermissionError
	meta = frappe.get_meta(doctype)
	if doctype in NOT_CUSTOMISABLE:
		frappe.throw(_("Custom Fields cannot be added to core DocTypes."))
	if meta.custom:
		frappe.throw(_("Custom Fields can only be added to a standard DocType."))
	return [
		{"value": field.fieldname or "", "label": _(field.label, context=field.parent) if field.label else ""}
		for field in meta.fields
	]


def create_custom_field_if_values_exist(doctype: str, df: dict[str, Any]) -> None:
	"""Add a custom field for a column that holds values but has no field."""
	df = frappe._dict(df)
	if df.fieldname in frappe.db.get_table_columns(doctype) and frappe.db.count(
		doctype, {df.fieldname: ("is", "set")}
	):
		create_custom_field(doctype, df)


def create_custom_field(
	doctype: str, df: dict[str, Any], ignore_validate: bool = False, is_system_generated: bool = True
) -> Any:
	"""Add a custom field unless the DocType has a field of that name.

	Args:
		doctype: DocType to extend.
		df: properties of the field.
		ignore_validate: skip the rules for fields.
		is_system_generated: made by an app, not by an admin.

	Returns:
		the Custom Field, None when there was one.
	"""
	df = frappe._dict(df)
	if not df.fieldname and df.label:
		df.fieldname = frappe.scrub(df.label)
	if frappe.db.get_value("Custom Field", {"dt": doctype, "fieldname": df.fieldname}):
		return None
	field = frappe.get_doc(
		{
			"doctype": "Custom Field",
			"dt": doctype,
			"permlevel": 0,
			"fieldtype": "Data",
			"hidden": 0,
			"is_system_generated": int(is_system_generated),
			**df,
		}
	)
	field.flags.update(ignore_validate=ignore_validate, ignore_permissions=True)
	return field.insert()


def create_custom_fields(
	custom_fields: dict[Any, Any], ignore_validate: bool = False, update: bool = True
) -> None:
	"""Add or change custom fields of several DocTypes, each table changed once.

	Args:
		custom_fields: {DocType or tuple of DocTypes: one field or a list of fields}.
		ignore_validate: skip the rules for fields.
		update: change fields that exist; else they are left as they are.
	"""
	touched: set[str] = set()
	frappe.flags.in_create_custom_fields = True
	try:
		for doctypes, fields in custom_fields.items():
			fields = [fields] if isinstance(fields, dict) else fields
			for doctype in (doctypes,) if isinstance(doctypes, str) else doctypes:
				touched.add(doctype)
				for df in fields:
					_create_or_update(doctype, df, ignore_validate, update)
	finally:
		frappe.flags.in_create_custom_fields = False
	for doctype in sorted(touched):
		frappe.clear_cache(doctype=doctype)
		sync_column(doctype)


def _create_or_update(doctype: str, df: dict[str, Any], ignore_validate: bool, update: bool) -> None:
	name = frappe.db.get_value("Custom Field", {"dt": doctype, "fieldname": df["fieldname"]})
	if not name:
		df = {**df, "owner": "Administrator"}
		create_custom_field(doctype, df, ignore_validate=ignore_validate)
	elif update:
		field = frappe.get_doc("Custom Field", name)
		field.flags.update(ignore_validate=ignore_validate, ignore_permissions=True)
		field.update(df)
		field.save()


@frappe.whitelist()
def rename_fieldname(custom_field: str, fieldname: str) -> None:
	"""Give a custom field another name; its column and values go with it.

	Args:
		custom_field: name of the Custom Field.
		fieldname: the new name.
	"""
	frappe.only_for("System Manager")
	field = frappe.get_doc("Custom Field", custom_field)
	check_illegal_characters(fieldname)
	if field.is_system_generated:
		frappe.throw(_("System Generated Fields can not be renamed"))
	if frappe.db.has_column(field.dt, fieldname):
		frappe.throw(_("Can not rename as column {0} is already present on DocType.").format(fieldname))
	if fieldname in RESTRICTED or not fieldname:
		frappe.throw(_("Fieldname {0} is restricted").format(frappe.bold(fieldname)))
	_rename(field, field.fieldname, fieldname)


def _rename(field: Any, old: str, new: str) -> None:
	from frappe.model.utils.rename_field import update_property_setters, update_reports

	if frappe.get_meta(field.dt).issingle:
		frappe.db.sql(
			"update `tabSingles` set `field` = %s where `doctype` = %s and `field` = %s", (new, field.dt, old)
		)
	else:
		frappe.db.rename_column(field.dt, old, new)
	field.db_set("fieldname", new, notify=True)
	frappe.db.set_value("Custom Field", {"insert_after": old, "dt": field.dt}, "insert_after", new)
	update_property_setters(field.dt, old, new)
	update_reports(field.dt, old, new)
	frappe.clear_cache(doctype=field.dt)
