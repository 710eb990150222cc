"""Shows the picture that another field names."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class Image(LayoutType):
	name = "Image"
