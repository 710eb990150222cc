"""The three states of a document: draft, submitted, cancelled."""

from __future__ import annotations


class DocStatus(int):
	"""0 draft, 1 submitted, 2 cancelled; an int with questions."""

	def is_draft(self) -> bool:
		return self == 0

	def is_submitted(self) -> bool:
		return self == 1

	def is_cancelled(self) -> bool:
		return self == 2

	@classmethod
	def draft(cls) -> DocStatus:
		return DRAFT

	@classmethod
	def submitted(cls) -> DocStatus:
		return SUBMITTED

	@classmethod
	def cancelled(cls) -> DocStatus:
		return CANCELLED

	@classmethod
	def of(cls, value: object) -> DocStatus:
		"""Return the status of a stored or posted value; what is no number counts as draft."""
		known = _KNOWN.get(value)  # type: ignore[call-overload]
		return known if known is not None else cls(_to_int(value))


def _to_int(value: object) -> int:
	try:
		return int(value)  # type: ignore[call-overload]
	except (TypeError, ValueError):
		return 0


DRAFT, SUBMITTED, CANCELLED = DocStatus(0), DocStatus(1), DocStatus(2)
_KNOWN: dict = {None: DRAFT, 0: DRAFT, 1: SUBMITTED, 2: CANCELLED}
