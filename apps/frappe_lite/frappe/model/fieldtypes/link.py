"""Name of a document of the DocType in the options."""

from __future__ import annotations

from frappe.model.fieldtypes.base import ShortTextType


class Link(ShortTextType):
	name = "Link"
