"""Records that name a watch."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a watch; each reader counts those he may read."""
	return {
		"fieldname": "special_watch",
		"transactions": [
			{"label": _("Registry"), "items": ["Student Case"]},
		],
	}
