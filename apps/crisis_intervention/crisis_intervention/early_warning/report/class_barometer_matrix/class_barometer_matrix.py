from collections.abc import Iterable
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.clocks.periods import HALF_MONTHLY, WEEKLY, period_of
from crisis_intervention.crisis_plan.clocks.site import school_calendar
from crisis_intervention.early_warning.periodic import barometer, calm
from crisis_intervention.early_warning.periodic.periods import CLASS_WEEK
from crisis_intervention.early_warning.periodic.view import classes_in_view

DEFAULT_DAYS = 90
# A word stands beside every symbol, and no colour carries a meaning.
SYMBOLS = {"Sunny": "☀", "Cloudy": "⛅", "Rain": "🌧", "Storm": "⛈"}
COLOURS = {"Sunny": "#8fc1b5", "Cloudy": "#c3ccd3", "Rain": "#6f8fae", "Storm": "#3d4c63", "": "#eceff1"}
NONE = "–"


def execute(filters: dict | None = None) -> tuple:
	"""Return the weather of each class by week or half month, and which classes are always calm (art. 22).

	:param filters: `from_date`, `to_date`, `by` (`Half-monthly` or `Weekly`), `only_always_calm`
	"""
	chosen = frappe._dict(filters or {})
	last = min(getdate(chosen.to_date), getdate())
	first = getdate(chosen.from_date or add_days(last, -DEFAULT_DAYS))
	periods = _periods(chosen.by or HALF_MONTHLY, first, last)
	classes = classes_in_view(frappe.session.user)
	weathers = _weathers(chosen.by or HALF_MONTHLY, first, last)
	rows = [_row(school_class, periods, weathers) for school_class in classes]
	if frappe.utils.cint(chosen.only_always_calm):
		rows = [row for row in rows if row["always_calm"]]
	return _columns(periods), rows, None, _chart(rows, periods)


def _periods(by: str, first: date, last: date) -> list[Any]:
	calendar, day, found = school_calendar(), first, []
	while day <= last:
		period = period_of(day, WEEKLY if by == WEEKLY else HALF_MONTHLY, calendar)
		found.append(period)
		day = add_days(period.last, 1)
	return found


def _weathers(by: str, first: date, last: date) -> dict[tuple[str, str], list[str]]:
	"""Return what the barometers that the user may read say, by class and period."""
	rows = frappe.get_list(
		"Class Barometer",
		filters={"entry_time": ["between", [first, add_days(last, 1)]]},
		fields=["school_class", "weather", "alarm", "entry_time", "period_start"],
		limit_page_length=0,
	)
	calendar, found = school_calendar(), {}
	for row in rows:
		day = getdate(row.entry_time) if by == WEEKLY else getdate(row.period_start)
		key = period_of(day, WEEKLY if by == WEEKLY else HALF_MONTHLY, calendar).key
		# A sunny class with one classmate in a storm is no sunny cell.
		found.setdefault((row.school_class, key), []).append("Storm" if row.alarm else row.weather)
	return found


def _row(school_class: Any, periods: Iterable[Any], weathers: dict) -> dict[str, Any]:
	run = calm.calm_run(school_class.name)
	row = {
		"title": school_class.title,
		"grade": school_class.grade,
		"calm_run": run.periods,
		"always_calm": _always_calm(school_class.name, run),
		"zero_weeks": _zero_weeks(school_class.name),
	}
	for period in periods:
		worst = barometer.worst(weathers.get((school_class.name, period.key), []))
		row[_fieldname(period)] = f"{SYMBOLS[worst]} {_(worst)}" if worst else NONE
		row["weather_" + _fieldname(period)] = worst
	return row


def _always_calm(school_class: str, run: calm.Run) -> str:
	reason = calm.standing(run, calm.limit(), _has_matters(school_class, run))
	return _(reason) if reason else ""


def _has_matters(school_class: str, run: calm.Run) -> bool:
	"""As far as the user may read them: a report tells nobody of a case that he is shut out of."""
	recent = {"school_class": school_class, "event_time": [">=", run.since or getdate()]}
	cases = {"school_class": school_class, "workflow_state": ["not in", CLOSED_STATES]}
	return any(
		frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=1)
		for doctype, filters in (("Warning Report", recent), ("Student Case", cases))
	)


def _zero_weeks(school_class: str) -> int:
	"""Return how many weekly reports in a row had nothing to report, up to the newest."""
	rows = frappe.get_list(
		CLASS_WEEK,
		filters={"school_class": school_class},
		pluck="zero_report",
		order_by="period_start desc",
		limit_page_length=calm.LOOK_BACK,
	)
	return next((position for position, zero in enumerate(rows) if not zero), len(rows))


def _columns(periods: Iterable[Any]) -> list[dict]:
	return [
		{"fieldname": "title", "label": _("Class"), "fieldtype": "Data", "width": 120},
		{"fieldname": "always_calm", "label": _("Always calm"), "fieldtype": "Data", "width": 150},
		{"fieldname": "calm_run", "label": _("Calm in a row"), "fieldtype": "Int", "width": 110},
		{
			"fieldname": "zero_weeks",
			"label": _("Weeks without news in a row"),
			"fieldtype": "Int",
			"width": 120,
		},
		*(
			{"fieldname": _fieldname(period), "label": _label(period), "fieldtype": "Data", "width": 130}
			for period in periods
		),
	]


def _fieldname(period: Any) -> str:
	return f"p{period.first:%Y%m%d}"


def _label(period: Any) -> str:
	return f"{period.first:%m-%d} – {period.last:%m-%d}"


def _chart(rows: list[dict], periods: list[Any]) -> dict | None:
	if not rows or not periods:
		return None
	datasets = []
	for weather in COLOURS:
		counts = [sum(row["weather_" + _fieldname(period)] == weather for row in rows) for period in periods]
		datasets.append({"name": _(weather) if weather else _("No barometer"), "values": counts})
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": list(COLOURS.values()),
		"data": {"labels": [f"{period.first:%m-%d}" for period in periods], "datasets": datasets},
	}
