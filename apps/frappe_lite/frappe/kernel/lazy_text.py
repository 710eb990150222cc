"""Texts that are translated when they are shown, not when the module is loaded."""

from __future__ import annotations

from typing import Any


class LazyText:
	"""A text that becomes its translation whenever it is used as a string."""

	__slots__ = ("context", "lang", "source")

	def __init__(self, source: str, lang: str | None = None, context: str | None = None) -> None:
		self.source, self.lang, self.context = source, lang, context

	def __str__(self) -> str:
		from frappe.translate import _

		return _(self.source, self.lang, self.context)

	def __repr__(self) -> str:
		return repr(str(self))

	def __eq__(self, other: object) -> bool:
		return str(self) == str(other)

	def __hash__(self) -> int:
		return hash(str(self))

	def __getattr__(self, name: str) -> Any:
		return getattr(str(self), name)


def _lt(source: str, lang: str | None = None, context: str | None = None) -> LazyText:
	"""Return a text that is translated on use."""
	return LazyText(source, lang, context)
