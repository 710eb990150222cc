"""A time of day."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.model.fieldtypes.base import FieldType, none_if_empty

_TIME = re.compile(r"(-?\d{1,3}):([0-5]?\d)(?::([0-5]?\d)(\.\d{1,6})?)?\Z")


class Time(FieldType):
	name = "Time"
	cast = staticmethod(none_if_empty)
	empty = None
	sanitized = False
	is_checked = True

	@classmethod
	def check(cls, df: Any, value: Any) -> Any:
		"""Return the time as HH:MM:SS; other text is refused, because the database would fail on it."""
		if not isinstance(value, str):
			return value
		parts = _TIME.match(value)
		if not parts:
			message = frappe._("{0}: {1} is not a valid time, expected for example 23:59:59")
			frappe.throw(message.format(frappe._(df.label), value))
		hours, minutes, seconds, fraction = parts.groups()
		return f"{hours.zfill(2)}:{minutes.zfill(2)}:{(seconds or '0').zfill(2)}{fraction or ''}"
