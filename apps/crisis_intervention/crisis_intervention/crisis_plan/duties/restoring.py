"""Duties to contact guardians arise again when the suspicion against a guardian is cleared (art. 4, 18).

While a guardian was suspected some were lifted and some never arose. Each of them that is still called for
comes with a fresh clock; what was met, or waived by persons for another reason, does not.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import frappe
from frappe.utils import get_datetime

from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.clocks.site import school_calendar, this_second
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.guardians import CLEARED, GUARDIAN_CONTACT, INSTEAD, REPORT
from crisis_intervention.crisis_plan.duties.planner import (
	PlannedDuty,
	plan_for_document,
	plan_for_period,
)
from crisis_intervention.crisis_plan.duties.raising import raise_planned
from crisis_intervention.crisis_plan.duties.recurrence import DOCTYPE_OF, due_of, pauses, period_for
from crisis_intervention.crisis_plan.duties.states import WAIVED
from crisis_intervention.crisis_plan.people.context import built, context_of
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.match import stands
from crisis_intervention.crisis_plan.rules.rule import EVENT, Rule

# What is settled calls for nothing again.
UNSETTLED = {
	REPORT: {"status": ["!=", "Closed"]},
	"Student Case": {"workflow_state": ["not in", CLOSED_STATES]},
}


def restore_guardian_duties(student: str, since: datetime) -> list[str]:
	"""Raise again the duties to contact the guardians of a student, each once.

	:param student: code of the Student Profile
	:param since: when the suspicion began, naive site time; what was settled before had its duty then
	:returns: codes of the new duties
	"""
	raised = []
	for rule in _rules():
		for doc in _documents(rule, student):
			duty = _raise_again(rule, doc, since)
			if duty:
				# Who cleared the suspicion may be a hidden reporter: the line names nobody.
				ledger.log(duty, "Raised", at=duty.raised_at, detail=CLEARED)
				raised.append(duty.name)
	return raised


def _rules() -> list[Rule]:
	return [rule for rule in rules().by_name.values() if rule.fulfil_doctype == GUARDIAN_CONTACT]


def _documents(rule: Rule, student: str) -> Iterator[Any]:
	"""Yield the student's unsettled documents that a rule is about."""
	doctype = rule.document_type if rule.trigger_type == EVENT else DOCTYPE_OF.get(rule.recurrence_per, "")
	if not built(doctype) or not frappe.get_meta(doctype).has_field("student"):
		return
	filters = {"student": student, **UNSETTLED.get(doctype, {})}
	for name in frappe.get_all(doctype, filters=filters, pluck="name", order_by="creation asc"):
		yield frappe.get_doc(doctype, name)


def _raise_again(rule: Rule, doc: Any, since: datetime) -> Any:
	now = this_second()
	plan = _plan_for_document if rule.trigger_type == EVENT else _plan_for_period
	planned = plan(rule, doc, now, since)
	return (
		raise_planned(planned) if planned and holds_or_default(rule.condition, doc, True, rule.name) else None
	)


def _plan_for_document(rule: Rule, doc: Any, now: datetime, since: datetime) -> PlannedDuty | None:
	known = _known(rule, doc)
	# Without a duty there was none to lift: the rule was called while the suspicion stood, or never.
	called = _is_lifted(known[-1]) if known else stands(rule, doc) and get_datetime(doc.modified) >= since
	return plan_for_document(rule, doc, now, len(known)) if called else None


def _plan_for_period(rule: Rule, doc: Any, now: datetime, since: datetime) -> PlannedDuty | None:
	calendar = school_calendar()
	period = period_for(rule, doc, now.date(), calendar)
	due_at = due_of(rule, period, calendar, pauses(rule), now) if period else None
	if not due_at:
		return None
	known = _known(rule, doc, period=period.key)
	if known and not _is_lifted(known[-1]):
		return None
	return plan_for_period(rule, context_of(doc), now, due_at, period.key, len(known))


def _known(rule: Rule, doc: Any, **more: str) -> list[Any]:
	"""Return the duties that a rule raised for a document, the latest last."""
	filters = {"rule": rule.name, "reference_doctype": doc.doctype, "reference_name": doc.name, **more}
	return frappe.get_all(
		"Duty", filters=filters, fields=["name", "state"], order_by="raised_at asc, creation asc"
	)


def _is_lifted(duty: Any) -> bool:
	lifted = {"duty": duty.name, "step": "Waived", "detail": INSTEAD}
	return duty.state == WAIVED and bool(frappe.db.exists("Duty Log", lifted))
