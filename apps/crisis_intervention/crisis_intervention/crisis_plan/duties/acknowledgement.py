"""Acknowledging: a person says "I have it", and the ladder stops."""

from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.fulfilment import close
from crisis_intervention.crisis_plan.duties.joining import documents_answered, standing_for
from crisis_intervention.crisis_plan.duties.ladder import Timeline, next_step_at
from crisis_intervention.crisis_plan.duties.states import OVERDUE, UNFULFILLED
from crisis_intervention.crisis_plan.rules.cache import ladder_of, rule_of
from crisis_intervention.crisis_plan.rules.rule import ACKNOWLEDGEMENT


def acknowledge(duty: Any, user: str, channel: str) -> bool:
	"""Record that a person acknowledged a duty; its ladder stops.

	:param duty: Duty document
	:param user: the person
	:param channel: `Desk` or `Link`
	:returns: False when it was acknowledged or closed before and nothing changed
	:raises frappe.PermissionError: for a person who was never told of this duty
	"""
	if not may_acknowledge(duty, user):
		frappe.throw(_("This duty was not given to you."), frappe.PermissionError)
	if duty.state not in UNFULFILLED or is_acknowledged(duty):
		return False
	now = now_datetime()
	rule = rule_of(duty.rule)
	ledger.change(duty.name, acknowledged_by=user, acknowledged_at=now, next_step_at=_next_step(duty, now))
	line = ledger.log(duty, "Acknowledged", at=now, by_user=user, recipient=user, channel=channel)
	if rule and rule.fulfil_match == ACKNOWLEDGEMENT:
		close(duty, now, "Duty Log", line.name, by_user=user)
	_tell_document(duty, user, now)
	return True


def acknowledge_document(doctype: str, name: str, user: str) -> list[str]:
	"""Acknowledge a person's duties to acknowledge a document, because he did so in the document itself.

	:returns: codes of the duties
	"""
	standing = map(_duty, standing_for(doctype, name, "Acknowledge"))
	return [duty.name for duty in standing if duty.responsible == user and acknowledge(duty, user, "Desk")]


def answer_document(doctype: str, name: str, evidence: Any, user: str) -> list[str]:
	"""Close the duties to acknowledge a document by what answers it: who has assessed it has it.

	Only where the rule says so: the team leader sees a key target himself (art. 3), whoever assesses.

	:param evidence: what answers the document
	:param user: who brought it; a duty of his own is acknowledged by him
	:returns: codes of the duties
	"""
	closed = acknowledge_document(doctype, name, user)
	for duty in map(_duty, standing_for(doctype, name, "Acknowledge")):
		rule = rule_of(duty.rule)
		if rule and rule.answered_by_assessment:
			close(duty, now_datetime(), evidence.doctype, evidence.name, by_user=user)
			closed.append(duty.name)
	return closed


def _duty(name: str) -> Any:
	return frappe.get_doc("Duty", name)


def _tell_document(duty: Any, user: str, at: datetime) -> None:
	"""Let the documents of an acknowledged duty follow, if their DocType has a method for that."""
	if duty.kind != "Acknowledge" or not duty.reference_name:
		return
	for name in documents_answered(duty):
		doc = frappe.get_doc(duty.reference_doctype, name)
		if hasattr(doc, "on_duty_acknowledged"):
			doc.on_duty_acknowledged(user, at)


def is_acknowledged(duty: Any) -> bool:
	"""Say whether the acknowledgement of a duty still holds.

	Who acknowledged in time and let it become overdue is asked again: then the ladder runs anew.
	"""
	if not duty.acknowledged_at:
		return False
	return duty.state != OVERDUE or duty.acknowledged_at >= duty.due_at


def may_acknowledge(duty: Any, user: str) -> bool:
	"""Say whether a person may acknowledge: the responsible one, and whoever the ladder reached.

	:param duty: Duty document
	"""
	if not user or not frappe.has_permission("Duty", "read", doc=duty, user=user):
		return False
	if user == duty.responsible:
		return True
	reached = {"duty": duty.name, "recipient": user, "step": ["in", ["Reminder", "Escalation"]]}
	return bool(frappe.db.exists("Duty Log", reached))


def _next_step(duty: Any, now: datetime) -> datetime | None:
	line = Timeline(duty.raised_at, duty.due_at, duty.handled_until or duty.raised_at, now)
	return next_step_at(ladder_of(duty), line, overdue=duty.state == OVERDUE)
