"""Which period a periodic report is about, and until when it was due: the Duty Rule decides, as data."""

from datetime import date, datetime, time
from typing import Any

from crisis_intervention.crisis_plan.clocks.periods import HALF_MONTHLY, MONTHLY, WEEKLY, Period, period_of
from crisis_intervention.crisis_plan.clocks.site import school_calendar
from crisis_intervention.crisis_plan.duties import recurrence
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.rule import RECURRENCE, Rule

CLASS_WEEK, PSYCHOLOGY_WEEK = "Class Weekly Report", "Psychology Weekly Report"
BAROMETER, CLASS_LOG = "Class Barometer", "Class Log"

# The plan's own rhythm, for a school that switched the rule off.
RHYTHM = {CLASS_WEEK: WEEKLY, PSYCHOLOGY_WEEK: WEEKLY, BAROMETER: HALF_MONTHLY, CLASS_LOG: MONTHLY}


def rule_for(doctype: str) -> Rule | None:
	"""Return the recurring rule whose duties a kind of report fulfils, or None.

	:param doctype: a key of `RHYTHM`
	"""
	fulfilled = rules().evidence.get(doctype, ())
	return next((rule for rule in fulfilled if _recurs(rule)), None)


def reporting_period(doctype: str, subject: Any, day: date) -> Period:
	"""Return the period of a report that contains a day.

	:param doctype: a key of `RHYTHM`
	:param subject: document of the class or person that is reported on, or None
	"""
	rule, calendar = rule_for(doctype), school_calendar()
	period = recurrence.period_for(rule, subject, day, calendar) if rule else None
	return period or period_of(day, RHYTHM[doctype], calendar)


def due_of_period(doctype: str, period: Period) -> datetime | None:
	"""Return until when a report of a period was due; None for a period without school day."""
	rule, calendar = rule_for(doctype), school_calendar()
	if not rule:
		return period.due(calendar)
	begin = datetime.combine(period.first, time.min)
	return recurrence.due_of(rule, period, calendar, recurrence.pauses(rule), begin)


def _recurs(rule: Rule) -> bool:
	return (
		rule.trigger_type == RECURRENCE
		and bool(rule.recurrence)
		and rule.recurrence_per in (recurrence.CLASS, recurrence.PERSON)
	)
