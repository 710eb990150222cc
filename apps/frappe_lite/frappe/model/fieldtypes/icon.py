"""Name of an icon."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Icon(ShortTextType):
	name = "Icon"
