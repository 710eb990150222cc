"""Records that name a rule."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a rule; each reader counts those he may read."""
	return {
		"fieldname": "rule",
		"transactions": [
			{"label": _("Duties"), "items": ["Duty"]},
		],
	}
