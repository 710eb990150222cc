"""How much of the school the activities of a term have reached."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe.utils import getdate

from crisis_intervention.crisis_plan.clocks.periods import TERMLY, period_of
from crisis_intervention.crisis_plan.clocks.site import school_calendar


@dataclass(frozen=True)
class Reach:
	"""Number of classes reached and their share of the classes in use, 0–100."""

	classes: int
	percent: float


def term_of(day: Any) -> str:
	"""Return the key of the term a day belongs to, as the duties of the term bear it; empty without a day."""
	return period_of(getdate(day), TERMLY, school_calendar()).key if day else ""


def reached_up_to(activity: Any) -> Reach:
	"""Return what the term has reached with an activity and those before it.

	:param activity: Awareness Activity, saved or about to be
	"""
	in_use = set(frappe.get_all("School Class", filters={"enabled": 1}, pluck="name"))
	day = getdate(activity.held_on)
	if activity.whole_school:
		reached = in_use
	else:
		reached = {row.school_class for row in activity.classes} | _reached_before(activity, day, in_use)
	reached &= in_use
	return Reach(len(reached), round(100 * len(reached) / len(in_use), 1) if in_use else 0.0)


def _reached_before(activity: Any, day: date, in_use: set[str]) -> set[str]:
	term = period_of(day, TERMLY, school_calendar())
	if not term:
		return set()
	others = frappe.get_all(
		"Awareness Activity",
		filters={"held_on": ["between", [term.first, day]], "name": ["!=", activity.name or ""]},
		fields=["name", "whole_school"],
	)
	if any(other.whole_school for other in others):
		return in_use
	parents = [other.name for other in others] or [""]
	filters = {"parent": ["in", parents], "parenttype": "Awareness Activity"}
	return set(frappe.get_all("Awareness Activity Class", filters=filters, pluck="school_class"))
