"""Triage of a warning report (art. 3), decided over plain values without I/O."""

from collections.abc import Iterable
from dataclasses import dataclass

RED, ORANGE, YELLOW = "Red", "Orange", "Yellow"
SEVERITY = {YELLOW: 1, ORANGE: 2, RED: 3}

# Signals of so many families at once make a key target: "尤其要关注上述多种特征并存的学生".
FAMILIES_TOGETHER = 2


@dataclass(frozen=True)
class Signal:
	"""A ticked signal: its family and whether it is urgent by itself."""

	family: str
	urgent: bool


@dataclass(frozen=True)
class Triage:
	"""Urgency (Red, Orange, Yellow) and why the student is a key target, empty when not."""

	urgency: str
	reason: str

	@property
	def is_key_target(self) -> bool:
		"""Whether the student is a key target (重点干预对象)."""
		return bool(self.reason)


def triage(signals: Iterable[Signal], immediate_danger: bool, injury: bool) -> Triage:
	"""Decide urgency and key target of a report.

	:param signals: what was ticked
	:param immediate_danger: somebody may be hurt any moment
	:param injury: somebody is hurt
	"""
	ticked = list(signals)
	if immediate_danger:
		return Triage(RED, "Immediate Danger")
	if injury:
		return Triage(RED, "Injury")
	if any(signal.urgent for signal in ticked):
		return Triage(RED, "Urgent Signal")
	if len({signal.family for signal in ticked}) >= FAMILIES_TOGETHER:
		return Triage(ORANGE, "Several Families")
	return Triage(YELLOW, "")


def more_urgent(first: str | None, second: str | None) -> str:
	"""Return the higher of two urgencies; an unknown one counts as the lowest."""
	return max(first or YELLOW, second or YELLOW, key=lambda urgency: SEVERITY.get(urgency, 0))
