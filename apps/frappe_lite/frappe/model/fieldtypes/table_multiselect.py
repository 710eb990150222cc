"""Rows of a child DocType, shown as chosen links."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FieldType


class TableMultiSelect(FieldType):
	name = "Table MultiSelect"
	has_column = False
	sanitized = False
