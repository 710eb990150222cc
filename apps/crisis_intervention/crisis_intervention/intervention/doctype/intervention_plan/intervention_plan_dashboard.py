"""Records beside a plan: its case, and the duties that ask for it."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that belong to the plan."""
	return {
		"fieldname": "intervention_plan",
		"non_standard_fieldnames": {"Duty": "reference_name"},
		"transactions": [{"label": _("Keep up"), "items": ["Student Case", "Duty"]}],
	}
