"""Rows of a child DocType."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType


class Table(FieldType):
	name = "Table"
	has_column = False
	sanitized = False
