"""A dict whose keys are attributes; a missing key is None, as in Frappe."""

from __future__ import annotations

from typing import Any


class _dict(dict):
	"""dict with attribute access: `d.key` is `d.get("key")`, never an AttributeError except for dunders."""

	__slots__ = ()

	__getattr__ = dict.get
	__setattr__ = dict.__setitem__
	__delattr__ = dict.__delitem__

	def __getstate__(self) -> _dict:
		return self

	def __setstate__(self, state: dict) -> None:
		self.update(state)

	def update(self, *args: Any, **kwargs: Any) -> _dict:  # type: ignore[override]
		"""Update in place and return self, so that calls can be chained."""
		super().update(*args, **kwargs)
		return self

	def copy(self) -> _dict:
		return _dict(self)
