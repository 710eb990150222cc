"""Markup or a mount point in the form."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class Html(LayoutType):
	name = "HTML"
