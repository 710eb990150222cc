"""A telephone number with country code."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Phone(ShortTextType):
	name = "Phone"
