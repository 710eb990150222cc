"""Rows of a Meta: DocFields, permissions, actions, links and states."""

from __future__ import annotations

from typing import Any


class MetaRow:
	"""One row; a property that was never given is None."""

	def __init__(self, doctype: str, values: dict[str, Any]) -> None:
		own = self.__dict__
		own.update(values)
		own["doctype"] = doctype

	def __getattr__(self, name: str) -> Any:
		if name.startswith("__"):
			raise AttributeError(name)
		return None

	def __repr__(self) -> str:
		return f"<{self.doctype}: {self.fieldname or self.role or self.name}>"

	def get(self, key: str, default: Any = None) -> Any:
		"""Return a property, `default` when it was never given."""
		return self.__dict__.get(key, default)

	def set(self, key: str, value: Any) -> None:
		"""Set a property."""
		self.__dict__[key] = value

	def update(self, values: dict[str, Any]) -> MetaRow:
		"""Set several properties."""
		self.__dict__.update(values)
		return self

	def __getitem__(self, key: str) -> Any:
		return self.__dict__[key]

	def __setitem__(self, key: str, value: Any) -> None:
		self.__dict__[key] = value

	def __contains__(self, key: str) -> bool:
		return key in self.__dict__

	def is_new(self) -> bool:
		"""A row of a Meta always exists."""
		return False

	def as_dict(self, no_nulls: bool = False, **options: Any) -> dict[str, Any]:
		"""Return the properties as a dict."""
		if no_nulls:
			return {key: value for key, value in self.__dict__.items() if value is not None}
		return dict(self.__dict__)
