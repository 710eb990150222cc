from frappe import _

from crisis_intervention.intervention.plans import my_measures


def execute(filters: dict | None = None) -> tuple:
	"""List the measures of intervention plans that the reader is to do, and nothing else of a plan (art. 15).

	:param filters: `with_closed` to see those that are done or refused as well
	"""
	rows = my_measures((filters or {}).get("with_closed") or 0)
	return _columns(), [{**row, "kind": _(row.kind), "state_shown": _(row.state)} for row in rows]


def _columns() -> list[dict]:
	return [
		{"fieldname": "label", "label": _("Measure"), "fieldtype": "Data", "width": 200},
		{"fieldname": "kind", "label": _("Kind"), "fieldtype": "Data", "width": 90},
		{
			"fieldname": "student",
			"label": _("Student"),
			"fieldtype": "Link",
			"options": "Student Profile",
			"width": 150,
		},
		{"fieldname": "due_at", "label": _("By when"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "state_shown", "label": _("State"), "fieldtype": "Data", "width": 100},
		{"fieldname": "done_at", "label": _("Done at"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "reason", "label": _("Why it is not done"), "fieldtype": "Data", "width": 160},
		{"fieldname": "note", "label": _("Note"), "fieldtype": "Data", "width": 200},
	]
