"""A button in the form."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class Button(LayoutType):
	name = "Button"
