"""Records that name a campaign."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a campaign; each reader counts those he may read."""
	return {
		"fieldname": "campaign",
		"transactions": [
			{"label": _("Screening"), "items": ["Screening Consent", "Screening Result", "Screening Import"]},
		],
	}
