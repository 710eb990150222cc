"""Text of several lines."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class Text(TextType):
	name = "Text"
