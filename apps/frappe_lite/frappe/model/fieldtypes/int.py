"""A whole number."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType, to_int


class Int(FieldType):
	name = "Int"
	cast = staticmethod(to_int)
	from_text = staticmethod(to_int)
	empty = 0
	max_int = 2_147_483_647
	sanitized = False
