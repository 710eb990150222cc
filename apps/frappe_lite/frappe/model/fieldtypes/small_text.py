"""A few lines of text."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class SmallText(TextType):
	name = "Small Text"
