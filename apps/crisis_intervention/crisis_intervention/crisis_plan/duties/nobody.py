"""A duty without a person is itself an urgent duty: the team leader must name somebody (art. 5, 7)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import frappe

from crisis_intervention.crisis_plan.clocks.due import SAFETY
from crisis_intervention.crisis_plan.dispatch.dispatcher import Message, dispatch
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.document import duty_document
from crisis_intervention.crisis_plan.duties.planner import PlannedDuty, dedupe_key
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.context import Context
from crisis_intervention.crisis_plan.people.resolver import resolve
from crisis_intervention.crisis_plan.rules.cache import default_steps, rule_of
from crisis_intervention.crisis_plan.rules.rule import URGENT, Rule

# The school may change ladder and texts of this rule; without it the duty arises all the same.
RULE_CODE = "07-ASSIGN"


def raise_unassigned(duty: Any, context: Context, now: datetime) -> Any:
	"""Raise the team leader's duty to name a person for a duty that has none.

	:param duty: the Duty document without a responsible person
	:param context: what that duty is about
	:param now: naive site time
	:returns: the new Duty document, or None when it stands already; it too may lack a person, which the
		self-check shows
	"""
	ledger.log(duty, "Nobody Found", at=now, function=duty.responsible_function)
	asked = _asked_before(duty)
	if any(state in UNFULFILLED for state in asked):
		return None
	leader = resolve(F.TEAM_LEADER, context, now)
	planned = PlannedDuty(
		rule=assign_rule(),
		context=replace(context, doctype="Duty", name=duty.name),
		responsible=leader,
		raised_at=now,
		due_at=now + timedelta(minutes=_minutes()),
		clock=SAFETY,
		dedupe_key=dedupe_key(RULE_CODE, duty.name, str(len(asked))),
	)
	assign = ledger.write(duty_document(planned))
	ledger.log(
		assign, "Raised", at=now, recipient=leader.user or None, function=F.TEAM_LEADER, detail=leader.via
	)
	if leader.found:
		dispatch(assign, leader.user, Message("Raised", URGENT))
	return assign


def _asked_before(duty: Any) -> list[str]:
	filters = {"kind": "Assign", "reference_doctype": "Duty", "reference_name": duty.name}
	return frappe.get_all("Duty", filters=filters, pluck="state")


def assign_rule() -> Rule:
	"""Return the rule behind these duties: the school's row, or the built-in one."""
	return rule_of(RULE_CODE) or Rule(
		name=RULE_CODE, kind="Assign", tier=URGENT, article=7, source="Default", steps=default_steps()
	)


def _minutes() -> int:
	return int(frappe.db.get_single_value("Crisis Settings", "nobody_found_minutes") or 10)
