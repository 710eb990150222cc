"""Yes or no, stored as 1 or 0."""

from __future__ import annotations

from typing import Any

from frappe.model.fieldtypes.base import FieldType, to_int


def to_check(value: Any) -> int:
	"""Return 1 for what counts as yes, else 0."""
	return 1 if to_int(value) else 0


class Check(FieldType):
	name = "Check"
	cast = staticmethod(to_check)
	from_text = staticmethod(to_check)
	empty = 0
	sanitized = False
