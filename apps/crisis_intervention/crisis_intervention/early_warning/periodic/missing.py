"""The missing-report detector: what was to be filed, what was, and how late (art. 12, 22, 26).

It counts from the classes and the calendar, not from the duties alone: a week for which no duty arose,
because a rule was off or the scheduler was down, is missing all the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import frappe

from crisis_intervention.crisis_plan.clocks.periods import Period
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.early_warning.periodic.periods import (
	BAROMETER,
	CLASS_LOG,
	CLASS_WEEK,
	PSYCHOLOGY_WEEK,
	due_of_period,
	reporting_period,
	rule_for,
)

IN_TIME, LATE, MISSING, NOT_YET, WAIVED = "In Time", "Late", "Missing", "Not Due Yet", "Waived"
KINDS = (CLASS_WEEK, PSYCHOLOGY_WEEK, BAROMETER, CLASS_LOG)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Subject:
	"""A class or a psychology teacher that is reported on, and who is to do it as it stands today."""

	doctype: str
	name: str
	title: str
	person: str
	since: date


@dataclass(frozen=True)
class Line:
	"""One report that was to be filed.

	:param filed: first filing of the period, None when there is none
	:param duty: the duty of the period, None when none arose
	"""

	kind: str
	subject: Subject
	period: Period
	due: datetime
	filed: Any = None
	duty: Any = None

	def status(self, now: datetime) -> str:
		"""Return how it stands at a moment."""
		if self.filed:
			return LATE if self.filed.entry_time > self.due else IN_TIME
		if self.duty and self.duty.state == WAIVED:
			return WAIVED
		return MISSING if now > self.due else NOT_YET

	def days_over(self, now: datetime) -> int:
		"""Return the days over the due time, each begun day counted; 0 when it is not over."""
		if self.status(now) not in (LATE, MISSING):
			return 0
		end = self.filed.entry_time if self.filed else now
		return -(-(end - self.due) // ONE_DAY)

	@property
	def person(self) -> str:
		"""Who filed, or else who owes the report."""
		if self.filed:
			return self.filed.filed_by
		return (self.duty.responsible if self.duty else "") or self.subject.person


def lines_of(kind: str, subjects: Iterable[Subject], first: date, last: date) -> list[Line]:
	"""List the reports of a kind that were to be filed in a stretch of time.

	:param kind: one of `KINDS`
	:param subjects: the classes or persons to look at
	:param first: first day
	:param last: last day
	"""
	listed = list(subjects)
	filed, duties = _filed(kind, listed), _duties(kind, listed)
	lines = []
	for subject in listed:
		for period, due in _periods(kind, subject, first, last):
			key = (subject.name, period.key)
			lines.append(Line(kind, subject, period, due, filed.get(key), duties.get(key)))
	return lines


def _periods(kind: str, subject: Subject, first: date, last: date) -> Iterator[tuple[Period, datetime]]:
	"""Yield the periods with a due time, from when the class was there; none that a rule leaves out."""
	doc, rule = frappe.get_cached_doc(subject.doctype, subject.name), rule_for(kind)
	if rule and not holds_or_default(rule.condition, doc, True, rule.name):
		return
	day = max(first, subject.since)
	while day <= last:
		period = reporting_period(kind, doc, day)
		due = due_of_period(kind, period)
		if due:
			yield period, due
		day = period.last + ONE_DAY


def _filed(kind: str, subjects: list[Subject]) -> dict[tuple[str, str], Any]:
	"""Return the first filing by subject and period: who and when only, nothing of what was reported."""
	field = "psychology_teacher" if kind == PSYCHOLOGY_WEEK else "school_class"
	rows = frappe.get_all(
		kind,
		filters={field: ["in", [subject.name for subject in subjects] or [""]]},
		fields=[f"{field} as subject", "period", "filed_by", "entry_time"],
		order_by="entry_time desc",
	)
	return {(row.subject, row.period): row for row in rows}


def _duties(kind: str, subjects: list[Subject]) -> dict[tuple[str, str], Any]:
	rule = rule_for(kind)
	if not rule:
		return {}
	rows = frappe.get_all(
		"Duty",
		filters={
			"rule": rule.name,
			"reference_name": ["in", [subject.name for subject in subjects] or [""]],
		},
		fields=["name", "reference_name", "period", "state", "responsible"],
	)
	return {(row.reference_name, row.period): row for row in rows}
