from frappe import _

from crisis_intervention.crisis_plan.selfcheck import findings


def execute(filters: dict | None = None) -> tuple:
	"""Return what the configuration lacks, errors first."""
	rows = [finding.as_row() for finding in findings()]
	return _columns(), rows


def _columns() -> list[dict]:
	return [
		{"fieldname": "severity", "label": _("Severity"), "fieldtype": "Data", "width": 100},
		{"fieldname": "check", "label": _("Check"), "fieldtype": "Data", "width": 200},
		{"fieldname": "subject", "label": _("Subject"), "fieldtype": "Data", "width": 200},
		{"fieldname": "message", "label": _("What to do"), "fieldtype": "Data", "width": 520},
	]
