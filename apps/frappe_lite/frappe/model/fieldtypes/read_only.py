"""Short text that only the server sets."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class ReadOnly(ShortTextType):
	name = "Read Only"
