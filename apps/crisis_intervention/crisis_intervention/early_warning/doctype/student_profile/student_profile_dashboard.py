"""Records that name a student."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a student; each reader counts those he may read."""
	return {
		"fieldname": "student",
		"transactions": [
			{
				"label": _("Early warning"),
				"items": ["Warning Report", "Help Request", "Psychological File", "Screening Result"],
			},
			{"label": _("Registry"), "items": ["Student Case", "Risk Assessment", "Safety Plan"]},
			{"label": _("Protect"), "items": ["Special Watch", "Guardian Contact"]},
			{"label": _("Who may know"), "items": ["Need To Know Card", "Access Grant"]},
		],
	}
