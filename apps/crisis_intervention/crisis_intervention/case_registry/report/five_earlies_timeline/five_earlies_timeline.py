"""The five earlies of each case (art. 10): when each happened, how long each took, medians per level."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, add_months, getdate

from crisis_intervention.case_registry import figures
from crisis_intervention.case_registry.figures import column

STAMPS = ("discovered_at", "reported_at", "assessed_at", "fed_back_at", "intervened_at")

# Span, from which stamp to which. A measure may come before the assessment: it counts from the discovery.
SPANS = (
	("to_report", "discovered_at", "reported_at"),
	("to_assess", "reported_at", "assessed_at"),
	("to_feed_back", "assessed_at", "fed_back_at"),
	("to_intervene", "discovered_at", "intervened_at"),
)


def execute(filters: dict | None = None) -> tuple:
	"""Return a row per case and a row of medians per level, over the cases that the reader may see.

	:param filters: `from_date`, `to_date` of the discovery, `level`
	"""
	chosen = frappe._dict(filters or {})
	cases = _cases(chosen)
	labels = figures.levels()
	groups = {code: [case for case in cases if case.current_level == code] for code in labels}
	groups = {code: found for code, found in groups.items() if found}
	rows: list[dict[str, Any]] = []
	for code, found in groups.items():
		rows.append({**_medians(found, labels[code]), "indent": 0, "bold": 1})
		rows += [{**_row(case, labels[code]), "indent": 1} for case in found]
	return _columns(), rows, None, _chart(groups, labels)


def _cases(chosen: Any) -> list[Any]:
	last = getdate(chosen.to_date)
	first = getdate(chosen.from_date or add_months(last, -6))
	filters: dict[str, Any] = {"discovered_at": ["between", [str(first), str(add_days(last, 1))]]}
	if chosen.level:
		filters["current_level"] = chosen.level
	return figures.visible_cases(("current_level", *STAMPS), filters)


def _columns() -> list[dict[str, Any]]:
	return [
		column("student_case", _("Student Case"), "Link", 150, options="Student Case"),
		column("level", _("Level"), width=240),
		column("discovered_at", _("Discovered"), "Datetime", 150),
		column("reported_at", _("Reported"), "Datetime", 150),
		column("to_report", _("To report"), width=110),
		column("assessed_at", _("Assessed"), "Datetime", 150),
		column("to_assess", _("To assess"), width=110),
		column("fed_back_at", _("Fed back"), "Datetime", 150),
		column("to_feed_back", _("To feed back"), width=110),
		column("intervened_at", _("Intervened"), "Datetime", 150),
		column("to_intervene", _("To intervene"), width=110),
	]


def _row(case: Any, level: str) -> dict[str, Any]:
	spans = {name: figures.span_text(_span(case, first, last)) for name, first, last in SPANS}
	return {
		"student_case": case.name,
		"level": level,
		**{stamp: case.get(stamp) for stamp in STAMPS},
		**spans,
	}


def _medians(cases: list[Any], level: str) -> dict[str, Any]:
	spans = {name: figures.span_text(_median(cases, first, last)) for name, first, last in SPANS}
	return {"level": _("{0}: median of {1}").format(level, len(cases)), **spans}


def _chart(groups: dict[str, list[Any]], labels: dict[str, str]) -> dict[str, Any]:
	words = {
		"to_report": _("To report"),
		"to_assess": _("To assess"),
		"to_feed_back": _("To feed back"),
		"to_intervene": _("To intervene"),
	}
	hours = lambda cases, first, last: round((_median(cases, first, last) or 0) / 60, 1)  # noqa: E731
	return {
		"type": "bar",
		"data": {
			"labels": [labels[code] for code in groups],
			"datasets": [
				{
					"name": _("{0} (hours)").format(words[name]),
					"values": [hours(cases, first, last) for cases in groups.values()],
				}
				for name, first, last in SPANS
			],
		},
	}


def _median(cases: list[Any], first: str, last: str) -> int | None:
	return figures.middle(_span(case, first, last) for case in cases)


def _span(case: Any, first: str, last: str) -> int | None:
	return figures.minutes_between(case.get(first), case.get(last))
