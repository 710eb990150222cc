"""A day."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.model.fieldtypes.base import FieldType, none_if_empty

_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")


class Date(FieldType):
	name = "Date"
	cast = staticmethod(none_if_empty)
	empty = None
	sanitized = False
	is_checked = True

	@classmethod
	def check(cls, df: Any, value: Any) -> Any:
		"""Return the day as YYYY-MM-DD; what is no day is refused, because the database would fail on it."""
		if not isinstance(value, str):
			return value
		day = _parse(value)
		if day is None:
			message = frappe._("{0}: {1} is not a valid date, expected for example 2024-12-31")
			frappe.throw(message.format(frappe._(df.label), value))
		return value if _ISO.match(value) else str(day)


def _parse(text: str) -> Any:
	from datetime import date, datetime

	from frappe.utils import getdate

	try:
		return date.fromisoformat(text) if _ISO.match(text) else getdate(datetime.fromisoformat(text))
	except ValueError:
		return None
