"""Records that name a template."""

from frappe import _


def get_data() -> dict:
	"""Return the groups of records that name a template; each reader counts those he may read."""
	return {
		"fieldname": "template",
		"transactions": [
			{"label": _("Duties"), "items": ["Dispatch Log"]},
		],
	}
