"""Event time and entry time: both are kept, and nothing is recorded before it happened."""

from datetime import datetime, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

# Clocks of telephones run ahead a little.
TOLERANCE = timedelta(minutes=5)


def moment(value: Any) -> datetime:
	"""Return a moment to the second, now when empty.

	:raises frappe.ValidationError: when the value is no date and time
	"""
	try:
		return (get_datetime(value) if value else now_datetime()).replace(microsecond=0)
	except (ValueError, TypeError, OverflowError):
		frappe.throw(_("This is not a date and time: {0}").format(str(value)[:40]))


def refuse_future(value: datetime, label: str) -> None:
	"""Refuse a moment that lies ahead.

	:param label: translated label of the field
	:raises frappe.ValidationError: when it lies more than five minutes ahead
	"""
	if value > now_datetime() + TOLERANCE:
		frappe.throw(_("{0} cannot lie in the future.").format(label))
