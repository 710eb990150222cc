"""A heading in the form."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class Heading(LayoutType):
	name = "Heading"
