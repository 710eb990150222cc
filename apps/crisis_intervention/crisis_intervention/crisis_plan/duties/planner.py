"""From a rule and a document to an obligation with person and times; it reads and computes only.

The ledger writes what is planned here, the dry run shows it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import frappe
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.clocks.due import due_time
from crisis_intervention.crisis_plan.clocks.site import school_calendar
from crisis_intervention.crisis_plan.duties.ladder import Timeline, fresh, next_step_at
from crisis_intervention.crisis_plan.people.context import Context, context_of
from crisis_intervention.crisis_plan.people.resolver import Resolution, resolve
from crisis_intervention.crisis_plan.rules.rule import Rule


@dataclass(frozen=True)
class PlannedDuty:
	"""An obligation before it is written."""

	rule: Rule
	context: Context
	responsible: Resolution
	raised_at: datetime
	due_at: datetime
	clock: str
	dedupe_key: str
	period: str = ""

	@property
	def line(self) -> Timeline:
		"""The timeline of the duty at its beginning."""
		return fresh(self.raised_at, self.due_at)

	@property
	def next_step_at(self) -> datetime | None:
		"""When the tick must look at the duty first."""
		return next_step_at(self.rule.steps, self.line, overdue=False)


def plan_for_document(rule: Rule, doc: Any, now: datetime, occurrence: int = 0) -> PlannedDuty:
	"""Plan the obligation that a document calls.

	:param rule: the rule that matched
	:param doc: the document
	:param now: naive site time
	:param occurrence: how often the rule was already called by this document
	"""
	deadline = rule.deadline_for(doc)
	start = max(now, _counted_from(rule, doc, now))
	due = due_time(start, deadline.due_value, deadline.due_unit, deadline.clock, school_calendar())
	context = context_of(doc)
	return PlannedDuty(
		rule=rule,
		context=context,
		responsible=resolve(rule.responsible, context, now),
		raised_at=now,
		due_at=due,
		clock=deadline.clock,
		dedupe_key=dedupe_key(rule.name, doc.doctype, doc.name or "", str(occurrence)),
	)


def plan_for_period(
	rule: Rule, context: Context, now: datetime, due_at: datetime, period: str, occurrence: int = 0
) -> PlannedDuty:
	"""Plan the obligation of one period of a recurrence.

	:param context: class, case, campaign or nothing for the school
	:param due_at: end of the period
	:param period: stable key of the period
	:param occurrence: how often the rule was already called in this period
	"""
	again = (str(occurrence),) if occurrence else ()
	return PlannedDuty(
		rule=rule,
		context=context,
		responsible=resolve(rule.responsible, context, now),
		raised_at=now,
		due_at=max(due_at, now),
		clock=rule.clock,
		dedupe_key=dedupe_key(rule.name, context.doctype, context.name, period, *again),
		period=period,
	)


def dedupe_key(*parts: str) -> str:
	"""Return the key under which an obligation exists once, as 40 hexadecimal digits."""
	return hashlib.sha256("|".join(parts).encode()).hexdigest()[:40]


def _counted_from(rule: Rule, doc: Any, now: datetime) -> datetime:
	value = doc.get(rule.due_from_field) if rule.due_from_field else None
	if not value:
		return now
	moment = get_datetime(value)
	return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)


def is_known(key: str) -> bool:
	"""Say whether an obligation of this key was raised already."""
	return bool(frappe.db.exists("Duty", {"dedupe_key": key}))
