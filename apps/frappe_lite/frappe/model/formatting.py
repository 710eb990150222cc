"""Values as people read them, and numbers rounded to the precision of their field."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import default_fields

_PLAIN_FIELDS = {"idx": "Int", "docstatus": "Int", "creation": "Datetime", "modified": "Datetime"}


class FormattedValues:
	"""What BaseDocument offers for reading its values."""

	def get_formatted(
		self,
		fieldname: str,
		doc: Any = None,
		currency: str | None = None,
		absolute_value: bool = False,
		translated: bool = False,
		format: str | None = None,
	) -> str:
		"""Return a field's value as people read it.

		Args:
			doc: document that names the currency, the document itself unless given.
			currency: currency of the value.
			absolute_value: without sign.
			translated: in the current language.
			format: pattern for dates and numbers.
		"""
		from frappe.utils.formatters import format_value

		df = self.meta.get_field(fieldname)
		if df is None and fieldname in default_fields:
			df = frappe._dict(fieldname=fieldname, fieldtype=_PLAIN_FIELDS.get(fieldname, "Data"))
		value = self.get(fieldname)
		if translated:
			value = frappe._(value, context=self.doctype)
		if absolute_value and isinstance(value, int | float):
			value = abs(value)
		return format_value(value, df=df, doc=doc or self, currency=currency, format=format)

	def get_value(self, fieldname: str) -> Any:
		"""Return a field's value in the type of the field."""
		return self.cast(self.get(fieldname), self.meta.get_field(fieldname))

	def cast(self, value: Any, df: Any) -> Any:
		"""Return a value in the type of a field."""
		from frappe.utils import cast

		return cast(df.fieldtype, value) if df is not None else value

	def get_label_from_fieldname(self, fieldname: str) -> str:
		"""Return the label of a field."""
		return self.meta.get_label(fieldname)

	def precision(self, fieldname: str, parentfield: str | None = None) -> int | None:
		"""Return the number of decimals of a field, or of a field of the rows of `parentfield`."""
		if parentfield and not isinstance(parentfield, str):
			parentfield = parentfield.parentfield
		known = self.__dict__.setdefault("_precision", {})
		key = (parentfield, fieldname)
		if key not in known:
			known[key] = self._read_precision(fieldname, parentfield)
		return known[key]

	def _read_precision(self, fieldname: str, parentfield: str | None) -> int | None:
		from frappe.model.meta import get_field_precision

		meta = self.meta
		if parentfield:
			meta = frappe.get_meta(meta.get_field(parentfield).options)
		df = meta.get_field(fieldname)
		if df is None or df.fieldtype not in ("Currency", "Float", "Percent"):
			return None
		return get_field_precision(df, self)

	def round_floats_in(self, doc: Any, fieldnames: list[str] | None = None) -> None:
		"""Round the numbers of a document or row to the precision of their fields.

		Args:
			doc: the document itself or one of its rows.
			fieldnames: all fields with decimals unless given.
		"""
		if not fieldnames:
			fieldnames = [
				df.fieldname
				for df in doc.meta.get("fields", {"fieldtype": ("in", ["Currency", "Float", "Percent"])})
			]
		parentfield = doc.get("parentfield") if doc is not self else None
		for fieldname in fieldnames:
			doc.set(fieldname, frappe.utils.flt(doc.get(fieldname), self.precision(fieldname, parentfield)))

	def in_format_data(self, fieldname: str) -> bool:
		"""Tell whether a print format shows the field."""
		shown = self.flags.get("format_fields")
		return fieldname in shown if shown else True

	def is_print_hide(self, fieldname: str, df: Any = None, for_print: bool = True) -> bool:
		"""Tell whether a print leaves the field out."""
		df = df or self.meta.get_field(fieldname)
		hidden = bool(df and df.print_hide and for_print)
		if not hidden and df and df.print_hide_if_no_value and not self.get(fieldname):
			hidden = True
		return hidden
