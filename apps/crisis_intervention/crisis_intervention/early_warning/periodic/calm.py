"""Always calm: barometers that have had nothing to tell for suspiciously long.

A monitor who taps "all calm" for months may be right, or may not dare, or may not look. The psychology
teacher talks with him; nobody is blamed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe

from crisis_intervention.case_registry.states import CLOSED_STATES

DESPITE_REPORTS, FOR_LONG = "Calm Despite Reports", "Calm for Long"
TALKS = ("Talked With the Monitor", "Talked With the Student")
DEFAULT_PERIODS = 4
LOOK_BACK = 80


@dataclass(frozen=True)
class Barometer:
	"""What the detector knows of a barometer."""

	period: str
	at: datetime
	calm: bool


@dataclass(frozen=True)
class Run:
	"""Calm periods in a row up to the newest barometer, and since when."""

	periods: int
	since: datetime | None = None


def run_of(barometers: Iterable[Barometer], talked_at: datetime | None = None) -> Run:
	"""Count the calm periods in a row.

	:param barometers: of one class, the newest first
	:param talked_at: when the psychology teacher last talked about it; the count begins anew there
	"""
	periods: dict[str, datetime] = {}
	for one in barometers:
		if not one.calm or (talked_at and one.at <= talked_at):
			break
		periods[one.period] = one.at
	return Run(len(periods), min(periods.values(), default=None))


def reason_for(run: Run, limit: int, matters: bool) -> str:
	"""Return why a run calls for a talk, or an empty text; it calls again after as many periods more.

	:param limit: calm periods in a row that are suspicious while there are reports or cases
	:param matters: whether there are
	"""
	if matters:
		return DESPITE_REPORTS if _reached(run.periods, limit) else ""
	return FOR_LONG if _reached(run.periods, 2 * limit) else ""


def standing(run: Run, limit: int, matters: bool) -> str:
	"""Return why a class counts as always calm at this moment, or an empty text.

	:param limit: as for `reason_for`
	:param matters: as for `reason_for`
	"""
	if matters and run.periods >= limit:
		return DESPITE_REPORTS
	return FOR_LONG if run.periods >= 2 * limit else ""


def calm_run(school_class: str) -> Run:
	"""Return the calm run of a class as it stands."""
	rows = frappe.get_all(
		"Class Barometer",
		filters={"school_class": school_class},
		fields=["period", "entry_time", "all_calm"],
		order_by="entry_time desc, creation desc",
		limit_page_length=LOOK_BACK,
	)
	barometers = (Barometer(row.period, row.entry_time, bool(row.all_calm)) for row in rows)
	return run_of(barometers, _talked_at(school_class))


def has_matters(school_class: str, since: datetime | None) -> bool:
	"""Say whether a class has an open case, or had a warning report since a moment."""
	if frappe.db.exists(
		"Student Case", {"school_class": school_class, "workflow_state": ["not in", CLOSED_STATES]}
	):
		return True
	recent = {"school_class": school_class, "event_time": [">=", since]}
	return bool(since and frappe.db.exists("Warning Report", recent))


def limit() -> int:
	"""Return how many calm periods in a row are suspicious, from Crisis Settings."""
	return int(frappe.db.get_single_value("Crisis Settings", "always_calm_periods") or DEFAULT_PERIODS)


def _reached(periods: int, step: int) -> bool:
	return periods > 0 and periods % step == 0


def _talked_at(school_class: str) -> datetime | None:
	filters = {"school_class": school_class, "outcome": ["in", TALKS]}
	return frappe.db.get_value("Barometer Review", filters, "reviewed_at", order_by="reviewed_at desc")
