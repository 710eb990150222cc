"""Begins a tab of the form."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class TabBreak(LayoutType):
	name = "Tab Break"
