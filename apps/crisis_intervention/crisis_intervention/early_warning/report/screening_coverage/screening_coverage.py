"""Coverage of a screening by class (art. 11), and for those permitted, who is not screened yet.

Names come from the consents that the user may read: psychology teachers and the leader, class teachers their
own class. Everybody else who commands sees numbers.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from crisis_intervention.access import roles
from crisis_intervention.early_warning.screening.consents import DECLINED, GIVEN, WAITING, WITHDRAWN
from crisis_intervention.early_warning.screening.coverage import percent

STATES = {"consented": GIVEN, "waiting": WAITING, "declined": DECLINED, "withdrawn": WITHDRAWN}
SEES_CONSENT = frozenset((roles.LEADER, roles.PSYCHOLOGIST, roles.CLASS_TEACHER))
SEES_ALL_CLASSES = roles.COMMAND | {roles.PSYCHOLOGIST}


def execute(filters: dict | None = None) -> tuple:
	"""Return coverage by class, or the students who are missing.

	:param filters: `campaign`, and `names` for the students
	:raises frappe.PermissionError: for a campaign or for names that the user may not read
	"""
	chosen = frappe._dict(filters or {})
	if not chosen.campaign:
		return _columns(frozenset()), []
	frappe.has_permission("Screening Campaign", "read", doc=chosen.campaign, throw=True)
	if frappe.utils.cint(chosen.names):
		return _name_columns(), _missing(chosen.campaign)
	rows = _by_class(chosen.campaign)
	return _columns(roles.roles_of(frappe.session.user)), rows, None, _chart(rows)


def _missing(campaign: str) -> list[dict[str, Any]]:
	rows = frappe.get_list(
		"Screening Consent",
		filters={"campaign": campaign, "tested": 0, "state": ["in", (WAITING, GIVEN)]},
		fields=["student", "school_class", "state"],
		order_by="school_class asc, student asc",
		limit_page_length=0,
	)
	enrolled = {
		row.name: row
		for row in frappe.get_all(
			"Student Profile",
			filters={"name": ["in", [*(row.student for row in rows), ""]], "status": "Enrolled"},
			fields=["name", "student_name", "student_number"],
		)
	}
	return [
		{
			"student": row.student,
			"student_name": enrolled[row.student].student_name,
			"student_number": enrolled[row.student].student_number,
			"school_class": row.school_class,
			"state": _(row.state),
		}
		for row in rows
		if row.student in enrolled
	]


def _by_class(campaign: str) -> list[dict[str, Any]]:
	counts: dict[str, dict[str, int]] = {}
	for school_class, state, number, tested in _counts(campaign):
		row = counts.setdefault(school_class, dict.fromkeys(("eligible", "tested", *STATES), 0))
		row["eligible"] += number
		row["tested"] += int(tested or 0)
		row[next(key for key, value in STATES.items() if value == state)] += number
	titles = _titles(list(counts))
	lines = [
		{"school_class": name, "title": titles[name], **row, "coverage": _coverage(row)}
		for name, row in counts.items()
		if name in titles
	]
	return sorted(lines, key=lambda line: line["title"])


def _counts(campaign: str) -> list[tuple]:
	"""Screened is who has a result that may be used."""
	consent, student, result = (
		DocType("Screening Consent"),
		DocType("Student Profile"),
		DocType("Screening Result"),
	)
	usable = (
		(result.campaign == consent.campaign) & (result.student == consent.student) & (result.blocked == 0)
	)
	return list(
		frappe.qb.from_(consent)
		.join(student)
		.on(student.name == consent.student)
		.left_join(result)
		.on(usable)
		.select(consent.school_class, consent.state, Count(consent.name), Count(result.name))
		.where((consent.campaign == campaign) & ((student.status == "Enrolled") | (consent.tested == 1)))
		.groupby(consent.school_class, consent.state)
		.run()
	)


def _titles(classes: list[str]) -> dict[str, str]:
	"""Return the classes that the user sees, a class teacher the own ones."""
	filters: list[list[Any]] = [["name", "in", [*classes, ""]]]
	user, own = frappe.session.user, []
	if not SEES_ALL_CLASSES & roles.roles_of(user):
		own = [["class_teacher", "=", user], ["deputy_teacher", "=", user]]
	rows = frappe.get_list(
		"School Class", filters=filters, or_filters=own, fields=["name", "title"], limit_page_length=0
	)
	return {row.name: row.title for row in rows}


def _coverage(row: dict[str, int]) -> float:
	return percent(row["tested"], row["eligible"], row["declined"], row["withdrawn"])


def _columns(held: frozenset[str]) -> list[dict[str, Any]]:
	numbers = [("eligible", _("Eligible")), ("tested", _("Screened"))]
	if SEES_CONSENT & held:
		numbers += [
			("consented", _("Consent given")),
			("waiting", _("Waiting")),
			("declined", _("Declined")),
			("withdrawn", _("Withdrawn")),
		]
	return [
		{"fieldname": "title", "label": _("Class"), "fieldtype": "Data", "width": 180},
		*({"fieldname": name, "label": label, "fieldtype": "Int", "width": 100} for name, label in numbers),
		{"fieldname": "coverage", "label": _("Coverage"), "fieldtype": "Percent", "width": 110},
	]


def _name_columns() -> list[dict[str, Any]]:
	return [
		{"fieldname": "school_class", "label": _("Class"), "fieldtype": "Link", "options": "School Class"},
		{"fieldname": "student_name", "label": _("Name"), "fieldtype": "Data", "width": 120},
		{"fieldname": "student_number", "label": _("Student number"), "fieldtype": "Data", "width": 140},
		{"fieldname": "state", "label": _("Consent"), "fieldtype": "Data", "width": 120},
	]


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
	if not rows:
		return None
	return {
		"type": "bar",
		"data": {
			"labels": [row["title"] for row in rows],
			"datasets": [{"name": _("Coverage"), "values": [row["coverage"] for row in rows]}],
		},
	}
