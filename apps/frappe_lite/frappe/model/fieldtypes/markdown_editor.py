"""Text in Markdown."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class MarkdownEditor(TextType):
	name = "Markdown Editor"
