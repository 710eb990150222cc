"""Which version of the plan is in force on a day (art. 27)."""

from datetime import date

import frappe


def plan_in_force(day: date) -> str | None:
	"""Return the name of the plan version in force on a day, or None before the first one.

	:param day: date in the site's time zone
	"""
	return frappe.db.get_value(
		"Crisis Plan",
		{"status": ["in", ["In Force", "Superseded"]], "in_force_from": ["<=", day]},
		"name",
		order_by="in_force_from desc, creation desc",
		cache=False,
	)
