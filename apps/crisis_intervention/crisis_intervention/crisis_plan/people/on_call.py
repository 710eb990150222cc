"""Is somebody on call at every moment, for each function that cannot wait (art. 5)."""

from datetime import datetime
from typing import Any

import frappe
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.rule import URGENT

Span = tuple[datetime, datetime]
# Each class and each case names its own person for these; a slot only goes before him.
NAMED_ELSEWHERE = frozenset((F.CLASS_TEACHER, F.PSYCHOLOGY_TEACHER, F.CASE_MANAGER))


def on_call_functions() -> set[str]:
	"""Return the functions that urgent rules call first and that one person fills for the whole school."""
	called = {rule.responsible for rule in rules().by_name.values() if rule.tier == URGENT}
	return called & set(F.STANDING) - NAMED_ELSEWHERE


def uncovered(first: datetime, last: datetime, slot: Any = None) -> dict[str, list[Span]]:
	"""Return when nobody is on call, by function; functions without a gap are left out.

	A function that has slots although it need not have any is looked at as well: a school that plans it
	wants it whole.

	:param slot: On-call Roster document to be counted as it is going to be stored
	"""
	filters: dict[str, Any] = {"to_time": [">", first], "from_time": ["<", last]}
	if slot:
		filters["name"] = ["!=", slot.name or ""]
	rows = frappe.get_all("On-call Roster", filters=filters, fields=["function", "from_time", "to_time"])
	slots: dict[str, list[Span]] = {function: [] for function in on_call_functions()}
	for row in [*rows, *([slot] if slot else [])]:
		span = (get_datetime(row.from_time), get_datetime(row.to_time))
		slots.setdefault(row.function, []).append(span)
	found = {function: gaps(spans, first, last) for function, spans in slots.items()}
	return {function: spans for function, spans in sorted(found.items()) if spans}


def gaps(slots: list[Span], first: datetime, last: datetime) -> list[Span]:
	"""Return the uncovered spans between two moments.

	:param slots: pairs of beginning and end, in any order, overlapping or not
	"""
	found, covered = [], first
	for begins, ends in sorted(slots):
		if begins >= last:
			break
		if begins > covered:
			found.append((covered, begins))
		covered = max(covered, ends)
	if covered < last:
		found.append((covered, last))
	return found
