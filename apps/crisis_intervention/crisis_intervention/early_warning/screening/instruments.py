"""What an instrument allows and what its values ask a person to look at: decisions over plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

ITEM, SCALE = "Item", "Scale"
ITEMS_ALLOWED, SCORES_ONLY = "Items Allowed", "Scores Only"
VALID, DOUBTFUL, INVALID = "Valid", "Doubtful", "Invalid"


@dataclass(frozen=True)
class Part:
	"""A scale or an item: its range, and the answer from which it is critical, 0 for never."""

	code: str
	label: str
	kind: str
	minimum: float
	maximum: float
	critical_from: float


@dataclass(frozen=True)
class Instrument:
	"""A questionnaire as a plain value."""

	name: str
	items_allowed: bool
	score_min: float
	score_max: float
	review_from: float
	parts: tuple[Part, ...] = ()

	def part(self, code: str) -> Part | None:
		"""Return the part of a code, None when the instrument has none."""
		return next((part for part in self.parts if part.code == code), None)

	def problems(self, score: float | None, values: Mapping[str, float]) -> list[str]:
		"""Say what is wrong with a score and the values of scales and items, as translated sentences.

		:param values: value by code of the part
		"""
		found = []
		if score is not None and not self.score_min <= score <= self.score_max:
			found.append(
				_("The score {0} lies outside of {1} to {2}.").format(
					plain(score), plain(self.score_min), plain(self.score_max)
				)
			)
		for code, value in values.items():
			problem = self._part_problem(code, value)
			if problem:
				found.append(problem)
		return found

	def is_flagged(self, score: float | None) -> bool:
		"""Say whether a person should look at a score. It says no more than that: no score sets a level."""
		return bool(self.review_from) and score is not None and score >= self.review_from

	def is_critical(self, values: Mapping[str, float]) -> bool:
		"""Say whether a critical item was answered so that a person must talk to the student."""
		return any(
			part.critical_from and values.get(part.code, 0) >= part.critical_from for part in self.parts
		)

	def _part_problem(self, code: str, value: float) -> str:
		part = self.part(code)
		if not part:
			return _("The instrument has no scale or item {0}.").format(code)
		if part.kind == ITEM and not self.items_allowed:
			return _("The licence of this instrument lets scores be stored, no single items.")
		if (part.minimum or part.maximum) and not part.minimum <= value <= part.maximum:
			return _("{0} lies outside of {1} to {2}: {3}.").format(
				part.label or part.code, plain(part.minimum), plain(part.maximum), plain(value)
			)
		return ""


def plain(number: float) -> str:
	"""Return a number as people write it: 12, not 12.0."""
	return f"{number:g}"


def instrument_of(name: str | None) -> Instrument:
	"""Return an instrument by its code.

	:raises frappe.DoesNotExistError: when there is none
	"""
	doc = frappe.get_cached_doc("Screening Instrument", name)
	return Instrument(
		name=doc.name,
		items_allowed=doc.licence == ITEMS_ALLOWED,
		score_min=float(doc.score_min or 0),
		score_max=float(doc.score_max or 0),
		review_from=float(doc.review_from or 0),
		parts=tuple(_part(row) for row in doc.parts),
	)


def _part(row: Any) -> Part:
	return Part(
		code=row.code,
		label=row.label or "",
		kind=row.kind or SCALE,
		minimum=float(row.minimum or 0),
		maximum=float(row.maximum or 0),
		critical_from=float(row.critical_from or 0),
	)
