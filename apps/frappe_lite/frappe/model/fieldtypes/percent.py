"""A number of per cents."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FloatType


class Percent(FloatType):
	name = "Percent"
