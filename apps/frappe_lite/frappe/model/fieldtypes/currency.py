"""An amount of money."""

from __future__ import annotations

from frappe.model.fieldtypes.base import FloatType


class Currency(FloatType):
	name = "Currency"
