"""A bar code as SVG; never cleaned as HTML."""

from __future__ import annotations

from frappe.model.fieldtypes.base import TextType


class Barcode(TextType):
	name = "Barcode"
	sanitized = False
