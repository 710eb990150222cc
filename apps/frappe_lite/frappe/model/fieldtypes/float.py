"""A number with decimals."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FloatType


class Float(FloatType):
	name = "Float"
