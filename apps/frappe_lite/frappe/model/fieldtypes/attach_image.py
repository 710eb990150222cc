"""URL of an attached picture."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType


class AttachImage(FieldType):
	name = "Attach Image"
	sanitized = False
