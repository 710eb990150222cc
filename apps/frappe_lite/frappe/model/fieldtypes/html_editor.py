"""HTML written by hand."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class HTMLEditor(TextType):
	name = "HTML Editor"
