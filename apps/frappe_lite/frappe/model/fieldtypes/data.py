"""Short text; its options may ask for the form of an address or a number."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Data(ShortTextType):
	name = "Data"
