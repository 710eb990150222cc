from collections import Counter

import frappe
from frappe import _
from frappe.utils import add_days, get_fullname, getdate, now_datetime

from crisis_intervention.early_warning.monitors import in_office
from crisis_intervention.early_warning.periodic import missing
from crisis_intervention.early_warning.periodic.missing import Line, Subject
from crisis_intervention.early_warning.periodic.periods import BAROMETER, PSYCHOLOGY_WEEK
from crisis_intervention.early_warning.periodic.view import classes_in_view, psychologists_in_view

DEFAULT_DAYS = 35
ORDER = (missing.MISSING, missing.LATE, missing.NOT_YET, missing.WAIVED, missing.IN_TIME)
COLOURS = {missing.IN_TIME: "#5b9aa0", missing.LATE: "#e0a458", missing.MISSING: "#c8553d"}


def execute(filters: dict | None = None) -> tuple:
	"""List the periodic reports that were to be filed: in time, late, missing (art. 12, 22, 26).

	:param filters: `from_date`, `to_date`, `kind`, `status`, `school_class`
	"""
	chosen, now = frappe._dict(filters or {}), now_datetime()
	last = min(getdate(chosen.to_date), getdate())
	first = getdate(chosen.from_date or add_days(last, -DEFAULT_DAYS))
	lines = [
		line
		for kind in missing.KINDS
		if chosen.kind in (None, "", kind)
		for line in missing.lines_of(kind, _subjects(kind, chosen.school_class), first, last)
	]
	shown = [line for line in lines if chosen.status in (None, "", line.status(now))]
	shown.sort(key=lambda line: (ORDER.index(line.status(now)), -line.days_over(now), line.due))
	return _columns(), [_row(line, now) for line in shown], None, _chart(lines, now), _summary(lines, now)


def _subjects(kind: str, school_class: str | None) -> list[Subject]:
	user = frappe.session.user
	if kind == PSYCHOLOGY_WEEK:
		people = [] if school_class else psychologists_in_view(user)
		return [Subject("User", name, get_fullname(name), name, _since("User", name)) for name in people]
	classes = [row for row in classes_in_view(user) if school_class in (None, "", row.name)]
	return [
		Subject("School Class", row.name, row.title, _person(kind, row), getdate(row.creation))
		for row in classes
	]


def _since(doctype: str, name: str):
	return getdate(frappe.db.get_value(doctype, name, "creation"))


def _person(kind: str, school_class) -> str:
	if kind != BAROMETER:
		return school_class.class_teacher or ""
	monitors = frappe.get_cached_doc("School Class", school_class.name).monitors
	today = getdate()
	return next((row.user or "" for row in monitors if in_office(row.from_date, row.to_date, today)), "")


def _row(line: Line, now) -> dict:
	return {
		"kind": _(line.kind),
		"title": line.subject.title,
		"period": f"{line.period.first} – {line.period.last:%m-%d}",
		"due": line.due,
		"status": _(line.status(now)),
		"days_over": line.days_over(now) or None,
		"person": get_fullname(line.person) if line.person else _("Nobody"),
		"filed_at": line.filed.entry_time if line.filed else None,
		"duty": line.duty.name if line.duty else None,
		"is_missing": int(line.status(now) == missing.MISSING),
	}


def _columns() -> list[dict]:
	return [
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 90},
		{"fieldname": "days_over", "label": _("Days over"), "fieldtype": "Int", "width": 90},
		{"fieldname": "kind", "label": _("Report kind"), "fieldtype": "Data", "width": 140},
		{"fieldname": "title", "label": _("Class or person"), "fieldtype": "Data", "width": 140},
		{"fieldname": "period", "label": _("Period"), "fieldtype": "Data", "width": 170},
		{"fieldname": "person", "label": _("Person"), "fieldtype": "Data", "width": 120},
		{"fieldname": "due", "label": _("Due"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "filed_at", "label": _("Filed at"), "fieldtype": "Datetime", "width": 150},
		{"fieldname": "duty", "label": _("Duty"), "fieldtype": "Link", "options": "Duty", "width": 120},
	]


def _chart(lines: list[Line], now) -> dict | None:
	"""Stacked bars by the week in which the reports were due."""
	if not lines:
		return None
	counted = Counter((_week(line), line.status(now)) for line in lines)
	weeks = sorted({week for week, _status in counted})
	datasets = [
		{"name": _(status), "values": [counted[week, status] for week in weeks]} for status in COLOURS
	]
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": list(COLOURS.values()),
		"data": {"labels": [f"{week:%m-%d}" for week in weeks], "datasets": datasets},
	}


def _week(line: Line):
	day = line.due.date()
	return add_days(day, -day.weekday())


def _summary(lines: list[Line], now) -> list[dict]:
	counted = Counter(line.status(now) for line in lines)
	indicators = {missing.MISSING: "Red", missing.LATE: "Orange", missing.IN_TIME: "Green"}
	return [
		{"label": _(status), "value": counted[status], "datatype": "Int", "indicator": indicator}
		for status, indicator in indicators.items()
	]
