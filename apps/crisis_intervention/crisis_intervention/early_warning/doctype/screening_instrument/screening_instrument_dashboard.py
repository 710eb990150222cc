"""Records that name an instrument."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name an instrument; each reader counts those he may read."""
	return {
		"fieldname": "instrument",
		"transactions": [
			{"label": _("Screening"), "items": ["Screening Campaign"]},
		],
	}
