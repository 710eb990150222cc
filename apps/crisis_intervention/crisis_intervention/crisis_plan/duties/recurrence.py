"""Recurring obligations: each period of each class, case, campaign or of the school brings one duty."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import frappe
from frappe.utils import getdate

from crisis_intervention.access.closures.jobs import fails_in_codes
from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.clocks.calendar import SchoolCalendar
from crisis_intervention.crisis_plan.clocks.due import due_time
from crisis_intervention.crisis_plan.clocks.periods import EVERY_N_DAYS, Period, period_of
from crisis_intervention.crisis_plan.clocks.site import school_calendar, this_second
from crisis_intervention.crisis_plan.duties.fulfilment import fulfil_by
from crisis_intervention.crisis_plan.duties.planner import (
	PlannedDuty,
	dedupe_key,
	is_known,
	plan_for_period,
)
from crisis_intervention.crisis_plan.duties.raising import raise_planned
from crisis_intervention.crisis_plan.people.context import Context, built, context_of
from crisis_intervention.crisis_plan.people.resolver import holders, in_person
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default, linked_value
from crisis_intervention.crisis_plan.rules.rule import Rule

SCHOOL, CLASS, PERSON = "School", "Class", "Person"
DOCTYPE_OF = {
	CLASS: "School Class",
	"Case": "Student Case",
	"Campaign": "Screening Campaign",
	PERSON: "User",
}
# Cases left and classes closed call for nothing more.
IN_FORCE = {
	"Student Case": {"workflow_state": ["not in", CLOSED_STATES]},
	"School Class": {"enabled": 1},
}


@fails_in_codes
def raise_recurring() -> int:
	"""Raise what the current periods call for and what was not raised yet; safe to call at any time.

	:returns: how many duties arose
	"""
	now = this_second()
	raised = 0
	for rule in rules().recurring:
		if rule.recurrence:
			raised += sum(bool(_raise_for(rule, doc, now)) for doc in subjects(rule))
	return raised


def subjects(rule: Rule) -> Iterator[Any]:
	"""Yield the documents that a recurrence runs for; None stands for the school."""
	if rule.recurrence_per == SCHOOL:
		yield None
		return
	if rule.recurrence_per == PERSON:
		yield from (frappe.get_doc("User", user) for user in holders(rule.responsible))
		return
	doctype = DOCTYPE_OF.get(rule.recurrence_per) or rule.document_type
	if not built(doctype):
		return
	for name in frappe.get_all(doctype, filters=IN_FORCE.get(doctype, {}), pluck="name", order_by="name asc"):
		yield frappe.get_doc(doctype, name)


def due_of(
	rule: Rule, period: Period, calendar: SchoolCalendar, pauses: bool, now: datetime
) -> datetime | None:
	"""Return when the duty of a period is due, or None when there is nothing left to do in it.

	A rule with a number counts from the first day of the period, or from now when that time is over: who
	installs in mid-term is not late. A rule without one is due with the last school day of the period.

	:param pauses: whether this recurrence pauses in vacation
	"""
	if rule.due_value:
		nominal = datetime.combine(period.first, time.min)
		due = due_time(nominal, rule.due_value, rule.due_unit, rule.clock, calendar)
		return due if due > now else due_time(now, rule.due_value, rule.due_unit, rule.clock, calendar)
	end = period.due(calendar)
	due = end if end or pauses else calendar.ends(period.last)
	return due if due and due > now else None


def period_for(rule: Rule, doc: Any, day: date, calendar: SchoolCalendar) -> Period | None:
	"""Return the period of a recurrence that contains a day, or None when the document gives no interval.

	:param doc: document that the recurrence runs for; None stands for the school
	"""
	if rule.recurrence != EVERY_N_DAYS:
		return period_of(day, rule.recurrence, calendar)
	interval = _interval(rule, doc)
	return period_of(day, rule.recurrence, calendar, interval, _anchor(rule, doc)) if interval else None


def pauses(rule: Rule) -> bool:
	"""Say whether a recurrence pauses in vacation, by the rule and by the settings."""
	return rule.pauses_in_vacation and bool(
		frappe.db.get_single_value("Crisis Settings", "pause_reports_in_vacation")
	)


def _raise_for(rule: Rule, doc: Any, now: datetime) -> Any:
	calendar = school_calendar()
	period = period_for(rule, doc, now.date(), calendar)
	if not period:
		return None
	due_at = due_of(rule, period, calendar, pauses(rule), now)
	doctype, name = (doc.doctype, doc.name) if doc else ("", "")
	if not due_at or is_known(dedupe_key(rule.name, doctype, name, period.key)):
		return None
	if doc and not holds_or_default(rule.condition, doc, True, rule.name):
		return None
	context = context_of(doc) if doc else Context()
	planned = plan_for_period(rule, context, now, due_at, period.key)
	if rule.recurrence_per == PERSON:
		planned = replace(planned, responsible=in_person(rule.responsible, doc.name, now))
		if not planned.responsible.found:
			return None
	duty = raise_planned(planned)
	prove_by_stored(rule, planned)
	return duty


def prove_by_stored(rule: Rule, planned: PlannedDuty) -> None:
	"""Close a duty whose evidence was there before it: a report that names its period proves that period.

	Without this, whoever reports before the duty of the week arises would be reminded of it, and late.
	"""
	if not built(rule.fulfil_doctype) or not frappe.get_meta(rule.fulfil_doctype).has_field("period"):
		return
	for name in frappe.get_all(rule.fulfil_doctype, filters={"period": planned.period}, pluck="name"):
		fulfil_by(frappe.get_doc(rule.fulfil_doctype, name), (rule,))


def _interval(rule: Rule, doc: Any) -> int:
	"""The interval of the document, of a record it links to (`link.field`), or of the rule."""
	if not doc or not rule.interval_field:
		return rule.interval_days
	if "." in rule.interval_field:
		return int(linked_value(doc, rule.interval_field) or rule.interval_days)
	return int(doc.get(rule.interval_field) or rule.interval_days)


def _anchor(rule: Rule, doc: Any) -> date | None:
	if not doc:
		return None
	return getdate(doc.get(rule.due_from_field) if rule.due_from_field else doc.creation)
