"""The dry run: what would happen if this document came at that time? Nothing is written, nothing is sent."""

from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe.utils import get_datetime

from crisis_intervention.crisis_plan.dispatch.dispatcher import enabled_channels
from crisis_intervention.crisis_plan.dispatch.message import channels_for
from crisis_intervention.crisis_plan.duties.ladder import Firing, preview
from crisis_intervention.crisis_plan.duties.planner import PlannedDuty, plan_for_document
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.resolver import resolve
from crisis_intervention.crisis_plan.rules.cache import rules
from crisis_intervention.crisis_plan.rules.conditions import holds_or_default
from crisis_intervention.crisis_plan.rules.match import matching

HOOKS = ("after_insert", "on_update", "on_submit")
HORIZON = timedelta(hours=24)


def dry_run(values: dict[str, Any], at: datetime, submitted: bool = False) -> list[dict[str, Any]]:
	"""List what a document would call, in the order of time.

	:param values: `doctype` and field values of the imagined document
	:param at: naive site time at which it comes
	:param submitted: whether it is submitted as well
	:returns: rows with `at`, `what`, `rule`, `article`, `kind`, `tier`, `person`, `function`, `via`,
		`due_at` and `channels`
	"""
	doc = frappe.get_doc(values)
	doc.docstatus = int(submitted)
	rows: list[dict[str, Any]] = []
	for planned in plans(doc, at, HOOKS if submitted else HOOKS[:2]):
		rows += _rows(planned)
	return sorted(rows, key=lambda row: row["at"])


def show(at: str, document_type: str = "Warning Report", submitted: bool = False, **values: Any) -> list[str]:
	"""Print what a document would call, for the command line; codes of rules, persons, times and channels.

	`bench --site … execute crisis_intervention.crisis_plan.duties.dry_run.show
	--kwargs "{'at': '2026-11-28 22:00:00', 'urgency': 'Red', 'injury': 1}"`

	:param at: site time at which it would come
	:param values: field values of the imagined document
	:returns: the printed lines
	"""
	rows = dry_run({"doctype": document_type, **values}, get_datetime(at), bool(submitted))
	lines = [
		f"{row['at']:%m-%d %H:%M} {row['what']:10} {row['rule']:14} art. {row['article']:<3}"
		f" {row['person'] or '-'} ({row['function']}) due {row['due_at']:%m-%d %H:%M} {row['channels']}"
		for row in rows
	]
	print("\n".join(lines))
	return lines


def plans(doc: Any, at: datetime, hooks: tuple[str, ...]) -> list[PlannedDuty]:
	"""Plan the duties of an imagined document."""
	called = {}
	for hook in hooks:
		for rule in matching(
			rules().triggers.get(doc.doctype, ()),
			hook,
			doc,
			lambda field: bool(doc.get(field)),
			lambda rule: holds_or_default(rule.condition, doc, True, rule.name),
		):
			called[rule.name] = rule
	return [plan_for_document(rule, doc, at) for rule in called.values()]


def _rows(planned: PlannedDuty) -> list[dict[str, Any]]:
	rows = [_row(planned, planned.raised_at, "Raised", planned.responsible, "All")]
	until = planned.raised_at + HORIZON
	for firing in preview(planned.rule.steps, planned.line, until, at_most=6):
		rows.append(_ladder_row(planned, firing))
	return rows


def _ladder_row(planned: PlannedDuty, firing: Firing) -> dict[str, Any]:
	if firing.step.recipient == F.RESPONSIBLE_PERSON:
		recipient = planned.responsible
	else:
		recipient = resolve(firing.step.recipient, planned.context, firing.at)
	what = "Reminder" if firing.step.moment == "Before Due" else "Escalation"
	return _row(planned, firing.at, what, recipient, firing.step.channel)


def _row(planned: PlannedDuty, at: datetime, what: str, recipient: Any, channel: str) -> dict[str, Any]:
	return {
		"at": at,
		"what": what,
		"rule": planned.rule.name,
		"article": planned.rule.article,
		"kind": planned.rule.kind,
		"tier": planned.rule.tier,
		"person": recipient.user,
		"function": recipient.function,
		"via": recipient.via,
		"due_at": planned.due_at,
		"channels": ", ".join(channels_for(planned.rule.tier, channel, enabled_channels())),
	}
