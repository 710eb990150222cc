"""Closing duties by evidence: a document proves that an obligation was met."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.events import event_of
from crisis_intervention.crisis_plan.duties.states import DONE, DONE_LATE, UNFULFILLED
from crisis_intervention.crisis_plan.people.context import Context, context_of
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.rule import ACKNOWLEDGEMENT, ANY, LINK, SAME_DOCUMENT, Rule


def fulfil_by(doc: Any, rules: Iterable[Rule], at: datetime | None = None) -> list[str]:
	"""Close the open duties that a document proves.

	:param doc: the evidence, saved; a submittable one counts when it is submitted
	:param rules: rules whose evidence is of this DocType
	:param at: when the evidence was entered, now by default
	:returns: codes of the closed duties
	"""
	if not is_complete(doc):
		return []
	context = context_of(doc)
	closed = []
	for rule in rules:
		for duty in _open_duties(rule, doc, context):
			if _counts(rule, doc, duty, at) and holds_or_default(
				rule.fulfil_condition, doc, False, rule.name, duty
			):
				close(duty, at or now_datetime(), doc.doctype, doc.name, by_user=doc.modified_by)
				closed.append(duty.name)
	return closed


def close(
	duty: Any, at: datetime, evidence_doctype: str, evidence_name: str, by_user: str | None = None
) -> None:
	"""Close a duty with its evidence, in time or late.

	:param duty: Duty document or row with name, due_at and article
	:param at: moment at which the evidence was entered
	:param by_user: who brought it, the user of the session by default
	"""
	late = bool(duty.due_at and at > duty.due_at)
	ledger.change(
		duty.name,
		state=DONE_LATE if late else DONE,
		done_at=at,
		evidence_doctype=evidence_doctype,
		evidence_name=evidence_name,
		next_step_at=None,
	)
	line = ledger.log(
		duty, "Fulfilled", at=at, by_user=by_user or frappe.session.user, detail=evidence_doctype
	)
	close_assignment(duty, at, line.name)


def close_assignment(duty: Any, at: datetime, line: str) -> None:
	"""Close the leader's duty to name a person for a duty: what is met, waived or has its person needs none.

	:param duty: the duty that lacked a person
	:param line: line of the Duty Log that proves it
	"""
	rows = frappe.get_all(
		"Duty", filters=_open_assignment_of(duty.name), fields=["name", "due_at", "article"]
	)
	for row in rows:
		close(row, at, "Duty Log", line)


def _open_assignment_of(duty: str) -> dict[str, Any]:
	return {
		"kind": "Assign",
		"reference_doctype": "Duty",
		"reference_name": duty,
		"state": ["in", UNFULFILLED],
	}


def is_complete(doc: Any) -> bool:
	"""Say whether a document is evidence at all: a draft of a submittable one is not."""
	docstatus = int(doc.get("docstatus") or 0)
	if frappe.get_meta(doc.doctype).is_submittable:
		return docstatus == 1
	return docstatus == 0


def _counts(rule: Rule, doc: Any, duty: Any, at: datetime | None) -> bool:
	"""Evidence is what came after the duty arose: an old record that is saved again proves nothing.

	The document of the duty itself, and what the school keeps as a whole, prove by being saved. A report that
	names its period proves the duty of that period whenever it was written.
	"""
	if duty.period and doc.get("period") == duty.period:
		return True
	if rule.fulfil_match in (SAME_DOCUMENT, ANY) or not duty.raised_at:
		return at is None or not duty.raised_at or at >= duty.raised_at
	if frappe.get_meta(doc.doctype).is_submittable:
		return at is None or at >= duty.raised_at
	return get_datetime(doc.creation) >= duty.raised_at or _was_continued(rule, doc, duty)


def _was_continued(rule: Rule, doc: Any, duty: Any) -> bool:
	"""A record that goes on, as attempts to reach a family do, counts by the time of what proves."""
	done = doc.get(rule.evidence_time_field) if rule.evidence_time_field else None
	return bool(done) and get_datetime(done) >= duty.raised_at


def _open_duties(rule: Rule, doc: Any, context: Context) -> list[Any]:
	belongs = _belongs(rule, doc, context)
	if belongs is None:
		return []
	return frappe.get_all(
		"Duty",
		filters={"rule": rule.name, "state": ["in", UNFULFILLED], **belongs},
		fields=[
			"name",
			"due_at",
			"raised_at",
			"article",
			"responsible",
			"reference_doctype",
			"reference_name",
			"student",
			"student_case",
			"school_class",
			"period",
		],
	)


def _belongs(rule: Rule, doc: Any, context: Context) -> dict[str, Any] | None:
	"""Return the filter that ties the evidence to its duties, or None when nothing can tie them."""
	if rule.fulfil_match == ACKNOWLEDGEMENT:
		return None
	if rule.fulfil_match == ANY:
		return {}
	if rule.fulfil_match == SAME_DOCUMENT:
		return {"reference_doctype": doc.doctype, "reference_name": _event(rule, doc.doctype, doc.name)}
	if rule.fulfil_match == LINK:
		linked = doc.get(rule.fulfil_field) if rule.fulfil_field else None
		return {"reference_name": _event(rule, rule.document_type, linked)} if linked else None
	fields = {
		"Same Student": ("student", context.student),
		"Same Case": ("student_case", context.student_case),
		"Same Class": ("school_class", context.school_class),
		"Same Person": ("responsible", ["in", [doc.owner, doc.modified_by]]),
	}
	field, value = fields.get(rule.fulfil_match, ("", ""))
	return {field: value} if value else None


def _event(rule: Rule, doctype: str, name: str) -> Any:
	"""What proves a duty that joins others proves it for every document of the event."""
	return ["in", event_of(doctype, name)] if rule.joins else name
