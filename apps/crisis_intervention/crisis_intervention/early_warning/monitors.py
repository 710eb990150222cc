"""Psychology monitors of a class: who held the office on which day (art. 9 and 26)."""

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from crisis_intervention.access.closures.jobs import fails_in_codes


def check_monitors(school_class: Any) -> None:
	"""Check the appointments of a class.

	:raises frappe.ValidationError: when one ends before it begins, or nobody is named
	"""
	for row in school_class.get("monitors") or []:
		if not (row.user or row.student):
			frappe.throw(_("Row {0}: name the student or the account of the monitor.").format(row.idx))
		if row.from_date and row.to_date and getdate(row.to_date) < getdate(row.from_date):
			frappe.throw(_("Row {0}: the appointment ends before it begins.").format(row.idx))


def has_monitor(school_class: Any) -> bool:
	"""Say whether a class has a monitor today or from a later day on.

	:param school_class: School Class with its rows
	"""
	today = getdate()
	rows = school_class.get("monitors") or []
	return any(not row.to_date or getdate(row.to_date) >= today for row in rows)


def in_office(from_date: date | None, to_date: date | None, day: date) -> bool:
	"""Say whether an appointment covers a day; an open end is open."""
	return (not from_date or from_date <= day) and (not to_date or day <= to_date)


@fails_in_codes
def mark_ended() -> int:
	"""Note in each class in use whether it still has a monitor: appointments end without a save of the class.

	:returns: how many classes changed
	"""
	changed = 0
	for row in frappe.get_all("School Class", filters={"enabled": 1}, fields=["name", "has_monitor"]):
		now = int(has_monitor(frappe.get_cached_doc("School Class", row.name)))
		if now != int(row.has_monitor or 0):
			frappe.db.set_value("School Class", row.name, "has_monitor", now, update_modified=False)
			changed += 1
	return changed
