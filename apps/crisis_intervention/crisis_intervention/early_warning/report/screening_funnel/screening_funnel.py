"""The screening funnel: from the eligible students to those in the registry (art. 11, 13, 24.1).

Counts only. Whoever does not work clinically sees no count below five from the results on. Each stage is part
of the one before and nothing else is broken down, so no other figure gives a kept-back one away.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType

from crisis_intervention.access import roles
from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.case_registry.suppression import SMALLEST_SHOWN
from crisis_intervention.early_warning.screening.coverage import counts_of

CLINICAL = frozenset((roles.LEADER, roles.PSYCHOLOGIST))
KEPT_BACK = "<5"
# The numbers of consent and attendance are nobody's secret: they stand on the campaign.
OPEN_STAGES = ("eligible", "consented", "tested")


def execute(filters: dict | None = None) -> tuple:
	"""Return one row for each stage of a campaign.

	:param filters: `campaign`
	:raises frappe.PermissionError: for a campaign that the user may not read
	"""
	campaign = frappe._dict(filters or {}).campaign
	if not campaign:
		return _columns(), []
	frappe.has_permission("Screening Campaign", "read", doc=campaign, throw=True)
	counts = stages(campaign)
	is_clinical = bool(CLINICAL & roles.roles_of(frappe.session.user))
	rows = [_row(stage, counts[stage], counts["eligible"], is_clinical) for stage in counts]
	note = None if is_clinical else _("Counts of results below {0} are kept back.").format(SMALLEST_SHOWN)
	return _columns(), rows, note, _chart(rows)


def stages(campaign: str) -> dict[str, int]:
	"""Return how many students reached each stage, in the order of the stages.

	Results whose consent was withdrawn count nowhere.
	"""
	counts = counts_of(campaign)
	noticed = _noticed(campaign)
	assessed = _assessed(noticed)
	talked = {student for student, talked_at, _since in noticed if talked_at} | assessed
	return {
		**{stage: counts[stage] for stage in (*OPEN_STAGES, "valid")},
		"noticed": len(noticed),
		"talked": len(talked),
		"assessed": len(assessed),
		"in_registry": len(_in_registry(assessed)),
	}


def _noticed(campaign: str) -> list[tuple[str, Any, Any]]:
	"""Students with a critical item or a score to be looked at: student, talked at, entered at."""
	result = DocType("Screening Result")
	return list(
		frappe.qb.from_(result)
		.select(result.student, result.talked_at, result.creation)
		.where(
			(result.campaign == campaign)
			& (result.blocked == 0)
			& ((result.critical_item == 1) | (result.flagged == 1))
		)
		.run()
	)


def _assessed(noticed: list[tuple[str, Any, Any]]) -> set[str]:
	"""Those whom a person assessed after the result was there."""
	since = {student: entered for student, _talked, entered in noticed}
	submitted = frappe.get_all(
		"Risk Assessment",
		filters={"student": ["in", [*since, ""]], "docstatus": 1},
		fields=["student", "creation"],
	)
	return {row.student for row in submitted if row.creation >= since[row.student]}


def _in_registry(students: set[str]) -> set[str]:
	filters = {"student": ["in", [*sorted(students), ""]], "workflow_state": ["not in", CLOSED_STATES]}
	return set(frappe.get_all("Student Case", filters=filters, pluck="student"))


def _label(stage: str) -> str:
	labels = {
		"eligible": _("Eligible"),
		"consented": _("Consent given"),
		"tested": _("Screened"),
		"valid": _("Valid results"),
		"noticed": _("To be looked at"),
		"talked": _("Talked with"),
		"assessed": _("Assessed by a person"),
		"in_registry": _("In the registry"),
	}
	return labels[stage]


def _row(stage: str, count: int, eligible: int, is_clinical: bool) -> dict[str, Any]:
	hidden = not is_clinical and stage not in OPEN_STAGES and 0 < count < SMALLEST_SHOWN
	share = round(100 * count / eligible, 1) if eligible else 0
	return {
		"stage": _label(stage),
		"students": KEPT_BACK if hidden else str(count),
		"share": "" if hidden else f"{share:g} %",
	}


def _columns() -> list[dict[str, Any]]:
	return [
		{"fieldname": "stage", "label": _("Stage"), "fieldtype": "Data", "width": 220},
		{"fieldname": "students", "label": _("Students"), "fieldtype": "Data", "width": 110},
		{"fieldname": "share", "label": _("Of those eligible"), "fieldtype": "Data", "width": 140},
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
	"""What is kept back is not drawn: the height of a bar would tell it."""
	drawn = [row for row in rows if row["students"] != KEPT_BACK]
	return {
		"type": "bar",
		"data": {
			"labels": [row["stage"] for row in drawn],
			"datasets": [{"name": _("Students"), "values": [int(row["students"]) for row in drawn]}],
		},
	}
