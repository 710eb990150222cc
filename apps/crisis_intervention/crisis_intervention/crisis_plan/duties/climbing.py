"""One look at one duty by the tick: it becomes overdue, its reminders and escalations go out."""

from datetime import datetime
from typing import Any

import frappe

from crisis_intervention.crisis_plan.dispatch.dispatcher import Message, dispatch
from crisis_intervention.crisis_plan.duties import ledger
from crisis_intervention.crisis_plan.duties.ladder import BEFORE_DUE, Firing, Timeline, firings, next_step_at
from crisis_intervention.crisis_plan.duties.states import OPEN, OVERDUE, UNFULFILLED
from crisis_intervention.crisis_plan.people import functions as F
from crisis_intervention.crisis_plan.people.context import context_of_duty
from crisis_intervention.crisis_plan.people.resolver import Resolution, resolve
from crisis_intervention.crisis_plan.rules.cache import ladder_of


def climb(name: str, now: datetime) -> int:
	"""Do what is due on the ladder of a duty and note when to look again.

	:param name: code of the duty
	:param now: naive site time
	:returns: how many steps fired
	"""
	duty = frappe.get_doc("Duty", name)
	if duty.state not in UNFULFILLED:
		ledger.change(name, next_step_at=None)
		return 0
	steps = ladder_of(duty)
	line = timeline_of(duty)
	fired = firings(steps, line, now)
	overdue = _note_overdue(duty, now)
	# Who is reached by several missed steps at once is told once, by the last of them.
	told = {recipient.user: (firing, recipient) for firing, recipient in _log_all(duty, fired, now)}
	for firing, recipient in told.values():
		_tell(duty, firing, recipient)
	after = Timeline(line.raised_at, line.due_at, now, line.acknowledged_at)
	ledger.change(name, handled_until=now, next_step_at=next_step_at(steps, after, overdue))
	return len(fired)


def timeline_of(duty: Any) -> Timeline:
	"""Return the timeline of a stored duty."""
	return Timeline(
		raised_at=duty.raised_at,
		due_at=duty.due_at,
		handled_until=duty.handled_until or duty.raised_at,
		acknowledged_at=duty.acknowledged_at,
	)


def _note_overdue(duty: Any, now: datetime) -> bool:
	if duty.state == OPEN and now >= duty.due_at:
		ledger.change(duty.name, state=OVERDUE)
		ledger.log(duty, "Overdue", at=now, planned_for=duty.due_at)
		duty.state = OVERDUE
	return duty.state == OVERDUE


def _log_all(duty: Any, fired: list[Firing], now: datetime) -> list[tuple[Firing, Resolution]]:
	reached = []
	for firing in fired:
		recipient = _recipient(duty, firing.step.recipient, now)
		ledger.log(
			duty,
			"Reminder" if firing.step.moment == BEFORE_DUE else "Escalation",
			at=now,
			planned_for=firing.at,
			recipient=recipient.user or None,
			function=recipient.function,
			channel=firing.step.channel,
			detail=recipient.via,
		)
		if recipient.found:
			reached.append((firing, recipient))
	return reached


def _recipient(duty: Any, function: str, now: datetime) -> Resolution:
	if function == F.RESPONSIBLE_PERSON:
		return Resolution(duty.responsible or "", duty.responsible_function or "", "")
	return resolve(function, context_of_duty(duty), now)


def _tell(duty: Any, firing: Firing, recipient: Resolution) -> None:
	occasion = "Reminder" if firing.step.moment == BEFORE_DUE else "Escalation"
	moment = f"{firing.step.index}@{firing.at:%Y%m%d%H%M%S}"
	dispatch(duty, recipient.user, Message(occasion, duty.tier, moment, firing.step.channel))
