"""Begins a column of a section."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class ColumnBreak(LayoutType):
	name = "Column Break"
