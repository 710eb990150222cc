"""Reminders and the escalation ladder as arithmetic: which step fires when, what a pause leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

BEFORE_DUE, AFTER_RAISED, AFTER_DUE = "Before Due", "After Raised", "After Due"


@dataclass(frozen=True)
class Step:
	"""One rung: when it fires, how often it repeats and whom it reaches.

	:param moment: `Before Due`, `After Raised` or `After Due`
	:param delay: distance from that moment
	:param repeat: pause between repetitions until acknowledged; None means once
	:param recipient: function of the person who is told
	:param channel: `All`, `E-mail`, `Desk` or `Webhook`
	"""

	index: int
	moment: str
	delay: timedelta
	repeat: timedelta | None
	recipient: str
	channel: str = "All"


@dataclass(frozen=True)
class Timeline:
	"""What the ladder must know about a duty; `handled_until` is how far its ladder was already climbed."""

	raised_at: datetime
	due_at: datetime
	handled_until: datetime
	acknowledged_at: datetime | None = None


def fresh(raised_at: datetime, due_at: datetime) -> Timeline:
	"""Return the timeline of a new duty; a step without delay is still to fire."""
	return Timeline(raised_at, due_at, raised_at - timedelta(seconds=1))


@dataclass(frozen=True)
class Firing:
	"""A step that is to fire, and the moment it was planned for."""

	step: Step
	at: datetime


def first_firing(step: Step, line: Timeline) -> datetime:
	"""Return the planned moment of a step's first firing."""
	if step.moment == BEFORE_DUE:
		return line.due_at - step.delay
	origin = line.due_at if step.moment == AFTER_DUE else line.raised_at
	return origin + step.delay


def is_stopped(step: Step, line: Timeline) -> bool:
	"""Say whether acknowledging stopped a step.

	Any acknowledgement stops what runs from the raising on. Once the duty is overdue the ladder starts
	anew, and only an acknowledgement given after the due time stops it: who promised to act and did not
	is not covered by the promise.
	"""
	if line.acknowledged_at is None or step.moment == BEFORE_DUE:
		return False
	return step.moment == AFTER_RAISED or line.acknowledged_at >= line.due_at


def next_of(step: Step, line: Timeline) -> datetime | None:
	"""Return the first firing of a step after what was handled, or None when there is none left."""
	first = first_firing(step, line)
	if is_stopped(step, line) or first < line.raised_at:
		# A reminder that would come before the duty itself says nothing new.
		return None
	if first > line.handled_until:
		return first
	if not step.repeat:
		return None
	rounds = (line.handled_until - first) // step.repeat + 1
	return first + rounds * step.repeat


def next_step_at(steps: Iterable[Step], line: Timeline, overdue: bool) -> datetime | None:
	"""Return when the tick must look at a duty again: the next firing, or the due time to come."""
	moments = [moment for step in steps if (moment := next_of(step, line))]
	if not overdue:
		moments.append(line.due_at)
	return min(moments, default=None)


def firings(steps: Sequence[Step], line: Timeline, now: datetime) -> list[Firing]:
	"""List what fires now: each step at most once, however many of its repetitions were missed."""
	due = [Firing(step, moment) for step in steps if (moment := next_of(step, line)) and moment <= now]
	return sorted(due, key=lambda firing: (firing.at, firing.step.index))


def preview(steps: Sequence[Step], line: Timeline, until: datetime, at_most: int = 50) -> list[Firing]:
	"""List the firings up to a moment if nobody acknowledges, repetitions included, for the dry run."""
	found: list[Firing] = []
	for step in steps:
		moment = first_firing(step, line)
		if moment < line.raised_at:
			continue
		while moment <= until and len(found) < at_most:
			found.append(Firing(step, moment))
			if not step.repeat:
				break
			moment += step.repeat
	return sorted(found, key=lambda firing: (firing.at, firing.step.index))[:at_most]
