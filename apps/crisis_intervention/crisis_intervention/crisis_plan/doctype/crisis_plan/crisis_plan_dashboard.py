"""Records that name a version of the plan."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a version of the plan; each reader counts those he may read."""
	return {
		"fieldname": "plan",
		"transactions": [
			{"label": _("Duties"), "items": ["Duty"]},
		],
	}
