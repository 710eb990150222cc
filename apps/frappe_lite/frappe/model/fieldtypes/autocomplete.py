"""Short text with suggestions."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Autocomplete(ShortTextType):
	name = "Autocomplete"
