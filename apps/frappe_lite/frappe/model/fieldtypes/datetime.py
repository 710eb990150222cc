"""A point of time."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe.model.fieldtypes.base import FieldType, none_if_empty

_ISO = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\Z")


class Datetime(FieldType):
	name = "Datetime"
	cast = staticmethod(none_if_empty)
	empty = None
	sanitized = False
	is_checked = True

	@classmethod
	def check(cls, df: Any, value: Any) -> Any:
		"""Return the time as YYYY-MM-DD HH:MM:SS; other text the database would refuse."""
		if not isinstance(value, str):
			return value
		moment = _parse(value)
		if moment is None:
			message = frappe._(
				"{0}: {1} is not a valid date and time, expected for example 2024-12-31 23:59:59"
			)
			frappe.throw(message.format(frappe._(df.label), value))
		return value if _ISO.match(value) else str(moment)


def _parse(text: str) -> Any:
	from datetime import datetime

	try:
		moment = datetime.fromisoformat(text.strip())
	except ValueError:
		return None
	return moment.replace(tzinfo=None)
