"""Source text; never cleaned as HTML."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class Code(TextType):
	name = "Code"
	sanitized = False
