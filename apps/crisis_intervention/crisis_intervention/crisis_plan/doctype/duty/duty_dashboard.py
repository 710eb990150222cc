"""Records that name a duty."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a duty; each reader counts those he may read."""
	return {
		"fieldname": "duty",
		"transactions": [
			{"label": _("Duties"), "items": ["Duty Log", "Dispatch Log", "Accountability Record"]},
		],
	}
