"""Records beside a case, in the order in which they are made."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name the case."""
	return {
		"fieldname": "student_case",
		"transactions": [
			{
				"label": _("Assess and feed back"),
				"items": ["Risk Assessment", "Case Feedback", "Warning Report"],
			},
			{
				"label": _("Protect"),
				"items": ["Intervention Plan", "Special Watch", "Guardian Contact", "Safety Plan"],
			},
			{"label": _("Keep up"), "items": ["Case Review", "Case Handover", "Duty"]},
			{"label": _("Who may know"), "items": ["Need To Know Card", "Access Grant"]},
		],
	}
