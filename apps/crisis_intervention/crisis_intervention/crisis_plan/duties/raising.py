"""Raising obligations: the planned duty becomes a line of the ledger, in the transaction of its cause."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.clocks.site import this_second
from crisis_intervention.crisis_plan.dispatch.dispatcher import Message, dispatch
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.document import duty_document
from crisis_intervention.crisis_plan.duties.guardians import is_barred
from crisis_intervention.crisis_plan.duties.joining import join, settle
from crisis_intervention.crisis_plan.duties.nobody import raise_unassigned
from crisis_intervention.crisis_plan.duties.planner import (
	PlannedDuty,
	is_known,
	plan_for_document,
)
from crisis_intervention.crisis_plan.duties.standing import close_by_standing
from crisis_intervention.crisis_plan.duties.states import UNFULFILLED
from crisis_intervention.crisis_plan.rules.match import REPEATABLE
from crisis_intervention.crisis_plan.rules.rule import Rule


def raise_for_event(rule: Rule, doc: Any) -> Any:
	"""Raise the duty that a document event calls; None when it stands already.

	:param rule: the rule that matched
	:param doc: the document, inserted
	:returns: the Duty document or None
	"""
	occurrence = 0
	if rule.trigger_event in REPEATABLE:
		known = frappe.get_all(
			"Duty",
			filters={"rule": rule.name, "reference_doctype": doc.doctype, "reference_name": doc.name},
			pluck="state",
		)
		if any(state in UNFULFILLED for state in known):
			return None
		occurrence = len(known)
	return raise_planned(plan_for_document(rule, doc, this_second(), occurrence))


def raise_planned(planned: PlannedDuty) -> Any:
	"""Write a planned duty, tell the responsible person, and see to it that there is one.

	:returns: the Duty document, or None when a duty of the same key exists, must not arise, or joins another
	"""
	if is_known(planned.dedupe_key) or is_barred(planned.rule, planned.context.student):
		return None
	duty = duty_document(planned)
	if join(planned.rule, duty):
		return None
	ledger.write(duty)
	ledger.log(
		duty,
		"Raised",
		at=planned.raised_at,
		recipient=planned.responsible.user or None,
		function=planned.responsible.function,
		detail=planned.responsible.via,
	)
	if close_by_standing(planned.rule, duty):
		return duty
	if planned.responsible.found:
		dispatch(duty, planned.responsible.user, Message("Raised", planned.rule.tier))
	else:
		raise_unassigned(duty, planned.context, planned.raised_at)
	if planned.rule.joins:
		settle(planned.context.doctype, planned.context.name)
	return duty
