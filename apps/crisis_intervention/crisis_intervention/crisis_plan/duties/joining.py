"""Joining: what several documents of one event call is one duty, the strictest; in doubt one more arises.

Three teachers report the same event within ten minutes (art. 12): each report stays, and the student gets one
watch, one assessment, one call to the guardians. Which duties join is said by the rules.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe.utils import now_datetime

from crisis_intervention.crisis_plan.clocks.site import this_second
from crisis_intervention.crisis_plan.dispatch.dispatcher import Message, dispatch
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.events import event_of
from crisis_intervention.crisis_plan.duties.fulfilment import close_assignment
from crisis_intervention.crisis_plan.duties.states import DONE, DONE_LATE, OPEN, TAKEN_OVER, UNFULFILLED
from crisis_intervention.crisis_plan.rules.cache import rule_of, rules
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.match import stands
from crisis_intervention.crisis_plan.rules.rule import DUE, INFO, URGENT, Rule

JOINED, TOOK_OVER, REOPENED, ACKNOWLEDGE = "Joined", "Taken Over", "Reopened", "Acknowledge"
SAFETY = "Safety"
_RANK = {URGENT: 0, DUE: 1, INFO: 2}


def as_strict(one: Any, other: Any) -> bool:
	"""Say whether a duty asks at least as much as another: as loud, as short and as early.

	A clock of school days is never as short as one that runs day and night.

	:param one: duty with `tier`, `clock`, `raised_at` and `due_at`
	:param other: the same of the other duty
	"""
	if _RANK[one.tier] > _RANK[other.tier] or one.due_at > other.due_at:
		return False
	if other.clock != SAFETY:
		return True
	return one.clock == SAFETY and one.due_at - one.raised_at <= other.due_at - other.raised_at


def join(rule: Rule, duty: Any) -> bool:
	"""Let a duty that is about to arise join one of the same event that asks as much.

	The ledger says for which document the older duty stands as well; who acknowledges is told of it.

	:param rule: the rule that was called
	:param duty: unsaved Duty
	:returns: False when it has to arise
	"""
	standing = next((one for one in _of_event(rule, duty) if _covers(one, duty)), None)
	if not standing:
		return False
	if not _has_joined([standing.name], duty.reference_name):
		older = frappe.get_doc("Duty", standing.name)
		ledger.log(older, JOINED, at=duty.raised_at, recipient=older.responsible, detail=duty.reference_name)
		if rule.kind == ACKNOWLEDGE and older.responsible:
			dispatch(older, older.responsible, Message(JOINED, rule.tier, duty.reference_name))
	return True


def was_joined(rule: Rule, doc: Any) -> bool:
	"""Say whether the duty that a document calls joined another one, which has been answered or waived since.

	:param rule: the rule that the document calls
	:param doc: the document
	"""
	return bool(rule.joins) and _has_joined(_names(rule, doc.doctype, doc.name), doc.name)


def settle(doctype: str, name: str) -> None:
	"""Let the strictest open duties of an event take over the laxer ones of the same group.

	:param name: any document of the event
	"""
	for group in {rule.joins for rule in rules().by_name.values() if rule.joins}:
		_settle(group, event_of(doctype, name), doctype)


def part(doc: Any) -> None:
	"""Undo the joining after a document left its event: it calls duties of its own, and so does the rest.

	:param doc: stored document, its event changed
	"""
	for duty in _taken_over_across(doc):
		_reopen(duty)
	for rule in rules().triggers.get(doc.doctype, ()):
		if rule.joins:
			_raise_missing(rule, doc)


def reopen_taken_over_by(duty: str) -> None:
	"""Reopen what a duty took over: it was waived, the laxer duties of the event were not.

	:param duty: code of the waived duty
	"""
	for row in _taken_over({"evidence_name": duty}):
		_reopen(row)


def documents_answered(duty: Any) -> list[str]:
	"""Return the documents that a duty stands for: its own, those that joined it, those whose duties it took.

	:param duty: Duty document
	"""
	joined = frappe.get_all("Duty Log", filters={"duty": duty.name, "step": JOINED}, pluck="detail")
	taken = [row.reference_name for row in _taken_over({"evidence_name": duty.name})]
	event = event_of(duty.reference_doctype, duty.reference_name)
	return [name for name in event if name == duty.reference_name or name in (*joined, *taken)]


def standing_for(doctype: str, name: str, kind: str) -> list[str]:
	"""Return the open duties of a kind that stand for a document: of its own, or joined under the same rule.

	:returns: codes of the duties
	"""
	rows = frappe.get_all(
		"Duty",
		filters={
			"kind": kind,
			"reference_doctype": doctype,
			"reference_name": ["in", event_of(doctype, name)],
			"state": ["in", UNFULFILLED],
		},
		fields=["name", "rule", "reference_name"],
	)
	doc = frappe.get_doc(doctype, name)
	return [row.name for row in rows if row.reference_name == name or _calls(rule_of(row.rule), doc)]


def _calls(rule: Rule | None, doc: Any) -> bool:
	return bool(
		rule and rule.joins and stands(rule, doc) and holds_or_default(rule.condition, doc, False, rule.name)
	)


def _covers(standing: Any, duty: Any) -> bool:
	if not as_strict(standing, duty):
		return False
	if standing.state in UNFULFILLED:
		return True
	# What the document itself called and was done is over: it calls anew.
	return standing.reference_name != duty.reference_name and _still_proved(standing)


def _still_proved(duty: Any) -> bool:
	"""A watch that has ended since proves nothing for a report that comes later."""
	rule = rule_of(duty.rule)
	if not rule or not rule.joins_while:
		return True
	if not duty.evidence_name or not frappe.db.exists(duty.evidence_doctype, duty.evidence_name):
		return False
	evidence = frappe.get_doc(duty.evidence_doctype, duty.evidence_name)
	return holds_or_default(rule.joins_while, evidence, False, rule.name, duty)


def _of_event(rule: Rule, duty: Any) -> list[Any]:
	if not rule.joins or not duty.reference_name:
		return []
	states = (*UNFULFILLED, DONE, DONE_LATE)
	return _duties(
		rule.joins, duty.reference_doctype, event_of(duty.reference_doctype, duty.reference_name), states
	)


def _names(rule: Rule, doctype: str, name: str) -> list[str]:
	return [row.name for row in _duties(rule.joins, doctype, event_of(doctype, name))]


def _duties(group: str, doctype: str, names: Iterable[str], states: Iterable[str] = ()) -> list[Any]:
	codes = frappe.get_all("Duty Rule", filters={"joins": group}, pluck="name")
	filters = {"rule": ["in", codes], "reference_doctype": doctype, "reference_name": ["in", list(names)]}
	if states:
		filters["state"] = ["in", list(states)]
	return frappe.get_all(
		"Duty",
		filters=filters,
		fields=[
			"name",
			"rule",
			"article",
			"tier",
			"clock",
			"state",
			"raised_at",
			"due_at",
			"reference_name",
			"student",
			"evidence_doctype",
			"evidence_name",
		],
		order_by="raised_at asc, creation asc",
	)


def _has_joined(duties: list[str], document: str) -> bool:
	line = {"duty": ["in", duties], "step": JOINED, "detail": document}
	return bool(duties) and bool(frappe.db.exists("Duty Log", line))


def _settle(group: str, names: list[str], doctype: str) -> None:
	left = _duties(group, doctype, names, UNFULFILLED)
	# Of two that ask the same the older one stays: its ladder has begun.
	for duty in reversed(left[:]):
		stricter = next((one for one in left if one is not duty and as_strict(one, duty)), None)
		if stricter:
			left.remove(duty)
			_take_over(duty, stricter)


def _take_over(duty: Any, by: Any) -> None:
	ledger.change(
		duty.name, state=TAKEN_OVER, evidence_doctype="Duty", evidence_name=by.name, next_step_at=None
	)
	now = this_second()
	line = ledger.log(duty, TOOK_OVER, at=now, detail=by.name)
	close_assignment(duty, now, line.name)


def _taken_over(filters: dict[str, Any]) -> list[Any]:
	return frappe.get_all(
		"Duty",
		filters={"state": TAKEN_OVER, "evidence_doctype": "Duty", **filters},
		fields=["name", "article", "reference_name", "evidence_name"],
	)


def _taken_over_across(doc: Any) -> list[Any]:
	"""Duties of the document that others took over, and duties of others that its own took over."""
	about = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	own = frappe.get_all("Duty", filters=about, pluck="name")
	event = set(event_of(doc.doctype, doc.name))
	lost = [
		row
		for row in _taken_over(about)
		if frappe.db.get_value("Duty", row.evidence_name, "reference_name") not in event
	]
	taken = _taken_over({"evidence_name": ["in", own or [""]]})
	return lost + [row for row in taken if row.reference_name not in event]


def _reopen(duty: Any) -> None:
	"""The tick looks at it at once: what became due meanwhile is overdue."""
	now: datetime = now_datetime()
	ledger.change(duty.name, state=OPEN, evidence_doctype=None, evidence_name=None, next_step_at=now)
	ledger.log(duty, REOPENED, at=now)


def _raise_missing(rule: Rule, doc: Any) -> None:
	from crisis_intervention.crisis_plan.duties.planner import plan_for_document
	from crisis_intervention.crisis_plan.duties.raising import raise_planned

	about = {"rule": rule.name, "reference_doctype": doc.doctype, "reference_name": doc.name}
	if not stands(rule, doc) or frappe.db.exists("Duty", about):
		return
	if holds_or_default(rule.condition, doc, True, rule.name):
		raise_planned(plan_for_document(rule, doc, this_second()))
