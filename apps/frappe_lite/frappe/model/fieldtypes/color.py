"""A colour as #rrggbb."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Color(ShortTextType):
	name = "Color"
