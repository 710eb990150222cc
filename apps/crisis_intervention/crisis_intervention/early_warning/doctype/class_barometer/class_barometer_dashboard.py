"""Records that name a barometer."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a barometer; each reader counts those he may read."""
	return {
		"fieldname": "class_barometer",
		"transactions": [
			{"label": _("Regular reports"), "items": ["Barometer Review"]},
		],
	}
