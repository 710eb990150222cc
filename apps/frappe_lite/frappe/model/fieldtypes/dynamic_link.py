"""Name of a document of the DocType that another field names."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class DynamicLink(ShortTextType):
	name = "Dynamic Link"
