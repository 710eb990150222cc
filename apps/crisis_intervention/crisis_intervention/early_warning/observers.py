"""Who reported, kept apart from the report: its owner and history name nobody."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.crisis_plan.dispatch.texts import language_of
from crisis_intervention.crisis_plan.duties.ledger import nobody

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


def tell_acknowledged(report: Any) -> None:
	"""Tell the reporter in the desk that the report was received; the notice carries its code only (art. 12).

	It goes neither by mail nor through the log of messages: both would show others who reported.

	:param report: Warning Report that was just acknowledged
	"""
	reporter = observer_of(report.name)
	if reporter in ("", NEUTRAL_OWNER, report.acknowledged_by) or not _may_hear(report, reporter):
		return
	notice = {
		"doctype": "Notification Log",
		"for_user": reporter,
		"type": "Alert",
		"document_type": report.doctype,
		"document_name": report.name,
		"subject": _("Your report {0} was received.", lang=language_of(reporter)).format(report.name),
	}
	with nobody():
		# Who acknowledges need not be allowed to write into another person's desk.
		frappe.get_doc(notice).insert(ignore_permissions=True)


def _may_hear(report: Any, user: str) -> bool:
	"""Who left the school, or became a person of concern, hears nothing more."""
	enabled = frappe.db.get_value("User", user, "enabled")
	return bool(enabled) and frappe.has_permission(report.doctype, "read", doc=report.name, user=user)


def neutralise(report: Any) -> None:
	"""Put the neutral owner on a report and its rows before they are written."""
	for record in (report, *report.get_all_children()):
		record.owner = NEUTRAL_OWNER
		record.modified_by = NEUTRAL_OWNER
