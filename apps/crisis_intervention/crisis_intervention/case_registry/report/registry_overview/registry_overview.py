"""The registry at a glance: cases by level, grade or class and by state; who came and left each week."""

from collections import Counter
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from crisis_intervention.case_registry import figures
from crisis_intervention.case_registry.figures import STATES, column
from crisis_intervention.case_registry.states import CLOSED_STATES, ENTRY_OPENED

FIELDS = (
	"current_level",
	"workflow_state",
	"school_class",
	"creation",
	"exit_confirmed_at",
	"special_watch",
	"urgency",
)
LEVEL, GRADE, CLASS = "Level", "Grade", "Class"
OTHER = "Other"


def execute(filters: dict | None = None) -> tuple:
	"""Return the cases that the reader may see, counted by level, grade or class and by state.

	:param filters: `group_by` (`Level`, `Grade` or `Class`) and `weeks` of the trend
	"""
	chosen = frappe._dict(filters or {})
	group_by = chosen.group_by if chosen.group_by in (GRADE, CLASS) else LEVEL
	cases = figures.visible_cases(FIELDS)
	weeks = max(1, min(cint(chosen.weeks) or 12, 52))
	return _columns(group_by), _rows(cases, group_by), None, _chart(cases, weeks), _summary(cases)


def _columns(group_by: str) -> list[dict[str, Any]]:
	return [
		column("group", _(group_by), width=180),
		*(column(frappe.scrub(state), _(state), "Int", 110) for state in (*STATES, OTHER)),
		column("open", _("Open cases"), "Int", 110),
		column("total", _("Total"), "Int", 90),
	]


def _rows(cases: list[Any], group_by: str) -> list[dict[str, Any]]:
	known, key_of = _grouping(group_by)
	counts = Counter((key_of(case), _state(case)) for case in cases)
	keys = [*known, *sorted({key for key, _state_of in counts} - set(known))]
	rows = [_row(known.get(key) or key or _("Not set"), key, counts) for key in keys]
	return [row for row in rows if row["total"] or group_by == LEVEL]


def _grouping(group_by: str) -> tuple[dict[str, str], Any]:
	if group_by == LEVEL:
		return figures.levels(), lambda case: case.current_level or ""
	if group_by == CLASS:
		titles = figures.titles_of_classes()
		return titles, lambda case: case.school_class or ""
	grades = figures.grades_of_classes()
	return {
		grade: grade for grade in sorted(set(grades.values()), key=figures.grade_order)
	}, lambda case: grades.get(case.school_class, "")


def _row(label: str, key: str, counts: Counter) -> dict[str, Any]:
	by_state = {state: counts[key, state] for state in (*STATES, OTHER)}
	total = sum(by_state.values())
	closed = by_state["Exited"]
	values = {frappe.scrub(state): number for state, number in by_state.items()}
	return {"group": label, **values, "open": total - closed, "total": total}


def _state(case: Any) -> str:
	if case.workflow_state in CLOSED_STATES:
		return "Exited"
	return case.workflow_state if case.workflow_state in STATES else OTHER


def _chart(cases: list[Any], weeks: int) -> dict[str, Any]:
	mondays = figures.last_weeks(weeks, getdate())
	came = Counter(figures.week_of(case.creation) for case in cases)
	left = Counter(figures.week_of(case.exit_confirmed_at) for case in cases if case.exit_confirmed_at)
	return {
		"type": "line",
		"data": {
			"labels": [f"{monday:%m-%d}" for monday in mondays],
			"datasets": [
				{"name": _("Entered"), "values": [came[monday] for monday in mondays]},
				{"name": _("Left the registry"), "values": [left[monday] for monday in mondays]},
			],
		},
	}


def _summary(cases: list[Any]) -> list[dict[str, Any]]:
	current = [case for case in cases if case.workflow_state not in CLOSED_STATES]
	waiting = [case for case in current if case.workflow_state == ENTRY_OPENED]
	watched = [case for case in current if case.special_watch]
	return [
		{"label": _("Open cases"), "value": len(current), "datatype": "Int"},
		{
			"label": _("Entries to confirm"),
			"value": len(waiting),
			"datatype": "Int",
			"indicator": "orange" if waiting else "green",
		},
		{
			"label": _("Watches running"),
			"value": len(watched),
			"datatype": "Int",
			"indicator": "red" if watched else "green",
		},
	]
