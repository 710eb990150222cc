"""A length of time in seconds."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType, to_float


class Duration(FieldType):
	name = "Duration"
	from_text = staticmethod(to_float)
	empty = 0.0
	sanitized = False
