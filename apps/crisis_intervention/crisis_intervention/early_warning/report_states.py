"""The states of a warning report and what each move needs, whatever the workflow allows."""

from typing import Any

import frappe
from frappe import _

NEW, ACKNOWLEDGED, ASSESSED, CLOSED = "New", "Acknowledged", "Assessed", "Closed"
ORDER = {NEW: 0, ACKNOWLEDGED: 1, ASSESSED: 2, CLOSED: 3}


def check_move(report: Any, former: str | None) -> None:
	"""Check a change of status.

	:param report: Warning Report with the new status
	:param former: status that is stored
	:raises frappe.ValidationError: for a step back, or a step past the assessment that art. 13 demands
	"""
	status = report.status or former or NEW
	report.status = status
	if status == former:
		return
	if ORDER.get(status, 0) < ORDER.get(former or NEW, 0):
		frappe.throw(_("A report does not go back to an earlier status."))
	if status in (ASSESSED, CLOSED) and not assessed(report):
		frappe.throw(_("Every reported student is assessed first (art. 13)."))
	if status == CLOSED and not (report.closing_note or "").strip():
		frappe.throw(_("Write what came of the report before you close it."))


def assessed(report: Any) -> bool:
	"""Say whether a submitted assessment answers a report: its own, or that of another report of the event.

	:param report: Warning Report; the assessment it names is set by the submission, never by a client
	"""
	if frappe.db.exists("Risk Assessment", {"warning_report": report.name, "docstatus": 1}):
		return True
	named = report.risk_assessment
	return bool(named) and frappe.db.get_value("Risk Assessment", named, "docstatus") == 1
