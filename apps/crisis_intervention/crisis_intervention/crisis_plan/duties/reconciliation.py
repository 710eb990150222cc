"""The nightly reconciliation: what raised no event (imports, `db_set`, SQL) still counts."""

from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from crisis_intervention.access.closures.jobs import fails_in_codes
from crisis_intervention.crisis_plan.clocks.site import this_second
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.fulfilment import fulfil_by
from crisis_intervention.crisis_plan.duties.joining import was_joined
from crisis_intervention.crisis_plan.duties.planner import plan_for_document
from crisis_intervention.crisis_plan.duties.raising import raise_planned
from crisis_intervention.crisis_plan.duties.reassignment import hand_over, reassign_all_of
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.people.context import built, context_of_duty
from crisis_intervention.crisis_plan.people.resolver import resolve
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.match import stands
from crisis_intervention.crisis_plan.rules.rule import Rule

# A night may be missed, and the night after has to see what happened before it.
LOOK_BACK = timedelta(days=3)


@fails_in_codes
def reconcile() -> dict[str, int]:
	"""Compare the last days' documents with the ledger and make good what is missing.

	:returns: counts of `raised`, `closed` and `reassigned` duties
	"""
	since = _since()
	found = rules()
	counts = {
		"closed": sum(_close_for(doctype, group, since) for doctype, group in found.evidence.items()),
		"raised": sum(_raise_for(doctype, group, since) for doctype, group in found.triggers.items()),
		"reassigned": _find_persons(),
	}
	frappe.db.set_single_value(
		"Crisis Settings", "last_reconciliation", now_datetime(), update_modified=False
	)
	return counts


def _since() -> datetime:
	last = frappe.db.get_single_value("Crisis Settings", "last_reconciliation", cache=False)
	floor = now_datetime() - LOOK_BACK
	if not last or get_datetime(last).year == 1:
		# The host gives the first of all days for a value that was never set.
		return floor
	return min(get_datetime(last) - timedelta(hours=1), floor)


def _changed(doctype: str, since: datetime) -> list[Any]:
	if not built(doctype):
		return []
	names = frappe.get_all(
		doctype, filters={"modified": [">=", since]}, pluck="name", order_by="modified asc"
	)
	return [frappe.get_doc(doctype, name) for name in names]


def _close_for(doctype: str, group: tuple[Rule, ...], since: datetime) -> int:
	return sum(len(fulfil_by(doc, group, at=get_datetime(doc.modified))) for doc in _changed(doctype, since))


def _raise_for(doctype: str, group: tuple[Rule, ...], since: datetime) -> int:
	raised = 0
	for doc in _changed(doctype, since):
		for rule in group:
			if _is_missing(rule, doc):
				raised += bool(raise_planned(plan_for_document(rule, doc, this_second())))
	return raised


def _is_missing(rule: Rule, doc: Any) -> bool:
	if not stands(rule, doc):
		return False
	known = {"rule": rule.name, "reference_doctype": doc.doctype, "reference_name": doc.name}
	if frappe.db.exists("Duty", known) or was_joined(rule, doc):
		return False
	return holds_or_default(rule.condition, doc, True, rule.name)


def _find_persons() -> int:
	"""Duties of persons who left go on to others; duties without a person get one as soon as there is one."""
	held = frappe.get_all(
		"Duty",
		filters={"state": ["in", UNFULFILLED]},
		pluck="responsible",
		distinct=True,
		order_by="responsible asc",
	)
	gone = [user for user in held if user and not frappe.db.get_value("User", user, "enabled")]
	moved = sum(len(reassign_all_of(user, "Left")) for user in gone)
	return moved + sum(map(_find_person, _orphans()))


def _orphans() -> list[str]:
	filters = {"state": ["in", UNFULFILLED], "responsible": ["is", "not set"]}
	return frappe.get_all("Duty", filters=filters, pluck="name")


def _find_person(name: str) -> bool:
	duty = frappe.get_doc("Duty", name)
	found = resolve(duty.responsible_function, context_of_duty(duty), now_datetime())
	if found.found:
		hand_over(duty, found, None, "Found")
	else:
		ledger.change(name, resolved_via="")
	return found.found
