"""Records that name an assessment."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name an assessment; each reader counts those he may read."""
	return {
		"fieldname": "risk_assessment",
		"transactions": [
			{
				"label": _("Assess and feed back"),
				"items": ["Risk Assessment Clinical Record", "Case Feedback"],
			},
		],
	}
