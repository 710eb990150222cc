"""Records that name a report."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a report; each reader counts those he may read."""
	return {
		"fieldname": "warning_report",
		"transactions": [
			{"label": _("Assess and feed back"), "items": ["Risk Assessment", "Student Case"]},
			{"label": _("Protect"), "items": ["Special Watch", "Guardian Contact"]},
			{"label": _("Who may know"), "items": ["Warning Report Observer"]},
		],
	}
