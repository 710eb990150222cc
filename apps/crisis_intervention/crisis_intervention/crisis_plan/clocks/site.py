"""The calendar of this site as a plain value, cached until the calendar or the settings change."""

from datetime import datetime, time

import frappe
from frappe.utils import get_time, getdate, now_datetime

from crisis_intervention.crisis_plan.clocks.calendar import MONDAY_TO_FRIDAY, SchoolCalendar, build

CACHE_KEY = "crisis_intervention_calendar"
SATURDAY, SUNDAY = 5, 6


def school_calendar() -> SchoolCalendar:
	"""Return the calendar named in Crisis Settings, or plain weekdays when none is named."""
	held = getattr(frappe.local, CACHE_KEY, None)
	if held is None:
		held = frappe.cache.get_value(CACHE_KEY, _load)
		setattr(frappe.local, CACHE_KEY, held)
	return held


def this_second() -> datetime:
	"""Return the site's time without fractions; what a duty carries is read by people."""
	return now_datetime().replace(microsecond=0)


def clear() -> None:
	"""Drop the cached calendar now and after the commit."""
	_drop()
	frappe.db.after_commit.add(_drop)


def calendar_from(doc) -> SchoolCalendar:
	"""Turn a School Calendar document into its plain value.

	:raises ValueError: for ranges or school days that make no sense
	"""
	weekdays = set(MONDAY_TO_FRIDAY)
	if doc.saturday_is_school_day:
		weekdays.add(SATURDAY)
	if doc.sunday_is_school_day:
		weekdays.add(SUNDAY)
	return build(
		[_row(row) for row in doc.days],
		day_start=get_time(doc.day_start or time(8, 0)),
		day_end=get_time(doc.day_end or time(17, 0)),
		weekdays=frozenset(weekdays),
	)


def _row(row) -> tuple:
	return row.day_type, getdate(row.date), getdate(row.to_date) if row.to_date else None


def _load() -> SchoolCalendar:
	name = frappe.db.get_single_value("Crisis Settings", "school_calendar")
	return calendar_from(frappe.get_doc("School Calendar", name)) if name else SchoolCalendar()


def _drop() -> None:
	frappe.cache.delete_value(CACHE_KEY)
	frappe.clear_cache(doctype="School Calendar")
	if hasattr(frappe.local, CACHE_KEY):
		delattr(frappe.local, CACHE_KEY)
