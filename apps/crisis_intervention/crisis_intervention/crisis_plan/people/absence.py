"""Who is away, and who stands in."""

from datetime import datetime

import frappe


def absence_of(user: str, at: datetime) -> tuple[bool, str]:
	"""Say whether a person is away at a moment, and who stands in.

	:returns: away, and the substitute or an empty text
	"""
	row = frappe.db.get_value(
		"Staff Absence",
		{"user": user, "from_time": ["<=", at], "to_time": [">", at]},
		["name", "substitute"],
		as_dict=True,
		order_by="creation desc",
	)
	return bool(row), (row.substitute or "") if row else ""
