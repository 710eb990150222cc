"""Records that name a result."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a result; each reader counts those he may read."""
	return {
		"fieldname": "screening_result",
		"transactions": [
			{"label": _("Screening"), "items": ["Joint Follow Up"]},
		],
	}
