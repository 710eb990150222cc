"""Records that name a level."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a level; each reader counts those he may read."""
	return {
		"fieldname": "level",
		"non_standard_fieldnames": {"Student Case": "current_level"},
		"transactions": [
			{"label": _("Registry"), "items": ["Student Case", "Risk Assessment"]},
		],
	}
