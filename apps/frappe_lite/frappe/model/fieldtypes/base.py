"""What the runtime asks a field type; each type is one small class in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar


class FieldType:
	"""Behaviour shared by all values of one field type.

	Attributes:
		name: the field type as DocField knows it.
		has_column: values are stored in a column of the DocType's table.
		is_layout: only arranges the form.
		cast: turns any given value into the one that is stored and answered; None keeps values as they are.
		from_text: turns the text of a Single's stored value into a value; None keeps the text.
		empty: what a column that may not be null holds instead.
		varchar: maximum number of characters unless the field names a length; None has no limit.
		max_int: greatest absolute number.
		sanitized: HTML in it is cleaned when the document is saved.
		is_checked: `check` has something to refuse.
	"""

	name: ClassVar[str] = ""
	has_column: ClassVar[bool] = True
	is_layout: ClassVar[bool] = False
	cast: ClassVar[Callable[[Any], Any] | None] = None
	from_text: ClassVar[Callable[[Any], Any] | None] = None
	empty: ClassVar[Any] = ""
	varchar: ClassVar[int | None] = None
	max_int: ClassVar[int | None] = None
	sanitized: ClassVar[bool] = True
	is_checked: ClassVar[bool] = False

	@classmethod
	def check(cls, df: Any, value: Any) -> Any:
		"""Return the value in the form in which it is stored.

		Raises:
			ValidationError: the value has not the form of this type.
		"""
		return value

	@classmethod
	def default(cls, text: str) -> Any:
		"""Return the value that the default of a field stands for."""
		return text

	@classmethod
	def format(cls, value: Any, df: Any = None, doc: Any = None, currency: str | None = None) -> str:
		"""Return the value as people read it."""
		from frappe.utils.formatters import format_value

		return format_value(value, df=df, doc=doc, currency=currency)


class LayoutType(FieldType):
	"""A field that has no value."""

	has_column = False
	is_layout = True
	sanitized = False


class TextType(FieldType):
	"""Text without limit."""


class ShortTextType(FieldType):
	"""Text of at most 140 characters."""

	varchar = 140


class FloatType(FieldType):
	"""A number with decimals."""

	empty = 0.0
	sanitized = False


def to_float(value: Any) -> float:
	"""Return a float, 0.0 for what is no number."""
	if value.__class__ is float:
		return value
	from frappe.utils import flt

	return flt(value)


def to_int(value: Any) -> int:
	"""Return an int, 0 for what is no number."""
	if value.__class__ is int:
		return value
	if value is None or value == "":
		return 0
	from frappe.utils import cint

	return cint(value)


def none_if_empty(value: Any) -> Any:
	"""Return None for the empty text, anything else as it is."""
	return None if value == "" else value


FloatType.cast = staticmethod(to_float)  # type: ignore[assignment]
FloatType.from_text = staticmethod(to_float)  # type: ignore[assignment]
