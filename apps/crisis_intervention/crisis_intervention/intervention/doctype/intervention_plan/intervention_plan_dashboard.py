"""Records that name a plan."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a plan; each reader counts those he may read."""
	return {
		"fieldname": "intervention_plan",
		"transactions": [
			{"label": _("Registry"), "items": ["Student Case"]},
		],
	}
