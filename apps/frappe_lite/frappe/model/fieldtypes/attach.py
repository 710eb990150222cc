"""URL of an attached file."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType


class Attach(FieldType):
	name = "Attach"
	sanitized = False
