"""Text without limit."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class LongText(TextType):
	name = "Long Text"
