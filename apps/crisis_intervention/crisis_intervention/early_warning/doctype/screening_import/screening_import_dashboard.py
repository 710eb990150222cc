"""Records that name an import."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name an import; each reader counts those he may read."""
	return {
		"fieldname": "source",
		"transactions": [
			{"label": _("Screening"), "items": ["Screening Result"]},
		],
	}
