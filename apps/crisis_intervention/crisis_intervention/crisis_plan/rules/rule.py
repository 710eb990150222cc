"""A Duty Rule as a plain value, so that matching and planning need no database."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from crisis_intervention.crisis_plan.duties.ladder import Step

EVENT, RECURRENCE = "Event", "Recurrence"
URGENT, DUE, INFO = "Urgent", "Due", "Info"
ACKNOWLEDGEMENT, SAME_DOCUMENT, LINK, ANY = "Acknowledgement", "Same Document", "Link", "Any"
_UNITS = {"Minutes": timedelta(minutes=1), "Hours": timedelta(hours=1), "Days": timedelta(days=1)}


@dataclass(frozen=True)
class Deadline:
	"""A due time: number, unit and clock, for one value of the deadline field or for all others."""

	value: str
	clock: str
	due_value: int
	due_unit: str


@dataclass(frozen=True)
class Rule:
	"""One enabled row of Duty Rule with its deadlines and ladder; field names as in the DocType."""

	name: str
	kind: str
	tier: str
	article: int
	paragraph: str = ""
	source: str = "School"
	trigger_type: str = ""
	document_type: str = ""
	trigger_event: str = ""
	trigger_field: str = ""
	trigger_value: str = ""
	condition: str = ""
	recurrence: str = ""
	recurrence_per: str = ""
	interval_days: int = 0
	interval_field: str = ""
	pauses_in_vacation: bool = False
	responsible: str = ""
	clock: str = "Safety"
	due_value: int = 0
	due_unit: str = "Hours"
	due_from_field: str = ""
	deadline_field: str = ""
	fulfil_doctype: str = ""
	fulfil_match: str = ""
	fulfil_field: str = ""
	fulfil_condition: str = ""
	evidence_time_field: str = ""
	standing_doctype: str = ""
	standing_condition: str = ""
	ends_without_entry: bool = False
	answered_by_assessment: bool = False
	joins: str = ""
	joins_while: str = ""
	deadlines: tuple[Deadline, ...] = ()
	steps: tuple[Step, ...] = ()

	def deadline_for(self, values: Any) -> Deadline:
		"""Return the due time for a document: the row of its urgency or level, else the rule's own.

		:param values: document or mapping with `.get`
		"""
		if self.deadline_field:
			value = str(values.get(self.deadline_field) or "")
			for row in self.deadlines:
				if row.value == value:
					return row
		return Deadline("", self.clock, self.due_value, self.due_unit)


_PLAIN = {field.name: field.type for field in fields(Rule) if field.name not in ("deadlines", "steps")}


def rule_from(doc: Any, default_steps: tuple[Step, ...] = ()) -> Rule:
	"""Turn a Duty Rule document into its plain value.

	:param doc: Duty Rule document
	:param default_steps: ladder of urgent rules that bring none, or one that falls silent
	"""
	plain = {name: _plain(doc.get(name), kind) for name, kind in _PLAIN.items()}
	steps = steps_from(doc.get("steps") or [])
	if plain["tier"] == URGENT and not repeats(steps):
		steps = default_steps
	return Rule(**plain, deadlines=tuple(map(_deadline, doc.get("deadlines") or [])), steps=steps)


def repeats(steps: tuple[Step, ...]) -> bool:
	"""Say whether a ladder goes on until somebody acknowledges."""
	return any(step.repeat for step in steps)


def steps_from(rows: Any) -> tuple[Step, ...]:
	"""Turn rows of Escalation Step into steps of the ladder."""
	return tuple(
		Step(
			index=position,
			moment=row.moment,
			delay=int(row.delay or 0) * _UNITS[row.delay_unit or "Minutes"],
			repeat=timedelta(minutes=int(row.repeat_minutes)) if row.repeat_minutes else None,
			recipient=row.recipient,
			channel=row.channel or "All",
		)
		for position, row in enumerate(rows, start=1)
	)


def _deadline(row: Any) -> Deadline:
	return Deadline(row.value, row.clock, int(row.due_value or 0), row.due_unit)


def _plain(value: Any, kind: Any) -> Any:
	if kind is int:
		return int(value or 0)
	if kind is bool:
		return bool(value)
	return value or ""
