"""Which properties of a standard field an admin may change, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.custom.doctype.customize_form.properties import OPTIONS_MAY_CHANGE
from frappe.custom.field_types import is_change_allowed

MAX_VARCHAR = 255


def is_change_of_property_allowed(form: Any, name: str, before: Any, field: Any) -> bool:
	"""Tell whether a property may get the value it has in the form; a harmless wish is only reported.

	Args:
		form: the Customize Form document.
		name: name of the property.
		before: the field as it is.
		field: the row of the form.

	Raises:
		ValidationError: the change would lose values.
	"""
	rule = RULES.get(name)
	reason = rule(form, before, field) if rule else None
	if reason:
		frappe.msgprint(reason)
	return not reason


def _fieldtype(form: Any, before: Any, field: Any) -> str | None:
	if not is_change_allowed(before.fieldtype, field.fieldtype):
		message = _("Fieldtype cannot be changed from {0} to {1} in row {2}")
		frappe.throw(message.format(before.fieldtype, field.fieldtype, field.idx))
	return None


def _length(form: Any, before: Any, field: Any) -> str | None:
	length = frappe.cint(field.length)
	if not length or length >= (frappe.cint(before.length) or MAX_VARCHAR):
		return None
	table, column = frappe.qb.DocType(form.doc_type), frappe.qb.Field(field.fieldname)
	from frappe.query_builder.functions import Length

	too_long = frappe.qb.from_(table).select(column).where(Length(column) > length).limit(1).run()
	if too_long:
		message = _("Length of {0} cannot be reduced to {1}: there are longer values")
		frappe.throw(message.format(frappe.bold(field.label), length))
	return None


def _allow_on_submit(form: Any, before: Any, field: Any) -> str | None:
	if field.allow_on_submit and not frappe.db.get_value("DocType", form.doc_type, "is_submittable"):
		return _("Row {0}: Not allowed to enable Allow on Submit for standard fields").format(field.idx)
	return None


def _reqd(form: Any, before: Any, field: Any) -> str | None:
	standard = frappe.db.get_value(
		"DocField", {"parent": form.doc_type, "fieldname": field.fieldname}, "reqd"
	)
	if standard and not field.reqd:
		return _("Row {0}: Not allowed to disable Mandatory for standard fields").format(field.idx)
	return None


def _in_list_view(form: Any, before: Any, field: Any) -> str | None:
	if field.in_list_view and field.fieldtype in (
		"Section Break",
		"Column Break",
		"Tab Break",
		"HTML",
		"Table",
	):
		return _("'In List View' not allowed for type {0} in row {1}").format(field.fieldtype, field.idx)
	return None


def _precision(form: Any, before: Any, field: Any) -> str | None:
	if frappe.cint(field.precision) > 9:
		return _("Precision should be between 0 and 9 for {0}").format(field.label)
	return None


def _unique(form: Any, before: Any, field: Any) -> str | None:
	form.flags.update_db = True
	return None


def _read_only(form: Any, before: Any, field: Any) -> str | None:
	standard = frappe.db.get_value(
		"DocField",
		{"parent": form.doc_type, "fieldname": field.fieldname},
		["read_only", "set_only_once"],
		as_dict=True,
	)
	if standard and standard.read_only and not field.read_only:
		return _("You cannot unset 'Read Only' for field {0}").format(field.label)
	return None


def _options(form: Any, before: Any, field: Any) -> str | None:
	if field.fieldtype == "Select" or field.fieldtype in OPTIONS_MAY_CHANGE:
		return None
	return _("You can't set 'Options' for field {0}").format(field.label)


def _translatable(form: Any, before: Any, field: Any) -> str | None:
	if field.translatable and field.fieldtype not in ("Data", "Select", "Text", "Small Text", "Text Editor"):
		return _("You can't set 'Translatable' for field {0}").format(field.label)
	return None


RULES: dict[str, Callable[[Any, Any, Any], str | None]] = {
	"fieldtype": _fieldtype,
	"length": _length,
	"allow_on_submit": _allow_on_submit,
	"reqd": _reqd,
	"in_list_view": _in_list_view,
	"precision": _precision,
	"unique": _unique,
	"read_only": _read_only,
	"options": _options,
	"translatable": _translatable,
}
