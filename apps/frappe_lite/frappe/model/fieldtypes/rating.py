"""Stars as a share from 0 to 1."""

from __future__ import annotations

from typing import Any

from frappe.model.fieldtypes.base import FieldType, to_float


def clamp(value: Any) -> float:
	"""Return the share kept between 0 and 1."""
	return max(0, min(to_float(value), 1))


class Rating(FieldType):
	name = "Rating"
	from_text = staticmethod(to_float)
	empty = 0.0
	sanitized = False
