"""Records that name a class."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a class; each reader counts those he may read."""
	return {
		"fieldname": "school_class",
		"transactions": [
			{"label": _("Students"), "items": ["Student Profile", "Psychological File"]},
			{"label": _("Regular reports"), "items": ["Class Weekly Report", "Class Log", "Class Barometer"]},
			{
				"label": _("Early warning"),
				"items": ["Warning Report", "Screening Consent", "Joint Follow Up"],
			},
			{"label": _("Registry"), "items": ["Student Case", "Special Watch", "Duty"]},
		],
	}
