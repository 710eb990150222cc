"""Who reported, kept apart from the report: its owner and history name nobody."""

from typing import Any

import frappe

# Every report is stored under this owner, so that neither `owner` nor `modified_by` names the reporter.
NEUTRAL_OWNER = "Administrator"


def observer_of(warning_report: str | None) -> str:
	"""Return the user who filed a report, or an empty text."""
	if not warning_report:
		return ""
	return (
		frappe.db.get_value("Warning Report Observer", {"warning_report": warning_report}, "observer") or ""
	)


def remember(report: Any, observer: str, hide_observer: bool, heard_from: str | None) -> None:
	"""Keep who filed a report, in the transaction of the report.

	:param report: the stored Warning Report
	:param observer: user who filed it
	:param hide_observer: the observer asked to stay hidden
	:param heard_from: whom the observer heard it from
	"""
	record = frappe.get_doc(
		{
			"doctype": "Warning Report Observer",
			"warning_report": report.name,
			"student": report.student,
			"observer": observer,
			"hide_observer": int(hide_observer),
			"heard_from": heard_from,
		}
	)
	# Whoever reports may not read or write this record, not even the own one.
	record.insert(ignore_permissions=True)


def neutralise(report: Any) -> None:
	"""Put the neutral owner on a report and its rows before they are written."""
	for record in (report, *report.get_all_children()):
		record.owner = NEUTRAL_OWNER
		record.modified_by = NEUTRAL_OWNER
