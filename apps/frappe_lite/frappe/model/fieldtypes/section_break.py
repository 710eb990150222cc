"""Begins a section of the form."""

from __future__ import annotations

from frappe.model.fieldtypes.base import LayoutType


class SectionBreak(LayoutType):
	name = "Section Break"
