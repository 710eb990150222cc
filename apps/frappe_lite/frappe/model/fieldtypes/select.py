"""One of the options."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Select(ShortTextType):
	name = "Select"
