"""Formatted text, kept as cleaned HTML."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class TextEditor(TextType):
	name = "Text Editor"
