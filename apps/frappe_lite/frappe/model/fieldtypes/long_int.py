"""A whole number of 64 bits."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType, to_int


class LongInt(FieldType):
	name = "Long Int"
	cast = staticmethod(to_int)
	from_text = staticmethod(to_int)
	empty = 0
	max_int = 9_223_372_036_854_775_807
	sanitized = False
