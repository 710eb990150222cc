"""Reports about the same event: three teachers who saw one thing write three reports (art. 12, 13).

Nothing is merged: each report stays a record of its own and names the first one of its event. In doubt a
report is an event of its own, and whatever the plan asks for arises again.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from crisis_intervention.crisis_plan.duties.events import EVENT_FIELD, event_of
from crisis_intervention.crisis_plan.duties.joining import part, settle
from crisis_intervention.early_warning.report_states import ACKNOWLEDGED, NEW

REPORT = "Warning Report"
UNANSWERED = (NEW, ACKNOWLEDGED)


def first_open(report: Any) -> str | None:
	"""Return the earliest report that a new one is about the same event as, or None.

	Seen and entered within the hours of Crisis Settings, not assessed and not closed.

	:param report: Warning Report with student and times, not yet stored
	"""
	hours = cint(frappe.db.get_single_value("Crisis Settings", "same_event_hours"))
	if not (hours and report.student and report.event_time):
		return None
	span = timedelta(hours=hours)
	event, entry = get_datetime(report.event_time), get_datetime(report.entry_time)
	filters = {
		"student": report.student,
		"status": ["in", UNANSWERED],
		EVENT_FIELD: ["is", "not set"],
		"event_time": ["between", [event - span, event + span]],
		"entry_time": [">=", entry - span],
	}
	found = frappe.get_all(
		REPORT, filters=filters, pluck="name", order_by="entry_time asc, creation asc", limit=1
	)
	return found[0] if found else None


def check_choice(report: Any) -> None:
	"""Check a change of the event that a person made; a chain becomes a link to the first report.

	:param report: Warning Report with the chosen event
	:raises frappe.ValidationError: without a reason, for another student's report, or once one was assessed
	"""
	if not (report.same_event_reason or "").strip():
		frappe.throw(_("Say why this report is about another event, or about the same one."))
	if report.status not in UNANSWERED:
		frappe.throw(_("This report was assessed. It stays with its event."))
	if not report.get(EVENT_FIELD):
		return
	chosen = report.get(EVENT_FIELD)
	first = event_of(REPORT, chosen)[0]
	if report.name in (chosen, first):
		frappe.throw(_("Choose another report: a report is not the same event as itself."))
	student, status = frappe.db.get_value(REPORT, first, ["student", "status"]) or (None, None)
	if student != report.student:
		frappe.throw(_("This report is about another student."))
	if status not in UNANSWERED:
		frappe.throw(
			_("The first report of that event was assessed. What was seen since is an event of its own.")
		)
	report.set(EVENT_FIELD, first)


def follow_change(report: Any) -> None:
	"""After a report changed its event: duties are joined or arise anew.

	:param report: stored Warning Report
	"""
	if report.get(EVENT_FIELD):
		_point(_followers(report.name), report.get(EVENT_FIELD))
	part(report)
	settle(REPORT, report.name)


def follow_student(report: Any) -> None:
	"""A report that is about another student after its correction leaves its event; the others stay together.

	:param report: stored Warning Report
	"""
	_leave(_followers(report.name))
	part(report)


def answered_by(assessment: Any) -> list[str]:
	"""Return the reports that a submitted assessment answers, and set apart those it came too early for.

	:param assessment: Risk Assessment with a report
	:returns: names, that of the linked report first
	"""
	others = [
		name for name in event_of(REPORT, assessment.warning_report) if name != assessment.warning_report
	]
	rows = frappe.get_all(
		REPORT,
		filters={"name": ["in", others or [""]], "status": ["in", UNANSWERED], "student": assessment.student},
		fields=["name", "event_time"],
		order_by="entry_time asc, creation asc",
	)
	later = [row.name for row in rows if row.event_time > get_datetime(assessment.assessed_at)]
	_leave(later)
	return [assessment.warning_report, *(row.name for row in rows if row.name not in later)]


def others_of(report: Any) -> list[Any]:
	"""Return the other reports of the event that the reader may read.

	:param report: stored Warning Report
	:returns: rows with `name`, `urgency`, `status` and `event_time`
	"""
	names = [name for name in event_of(REPORT, report.name) if name != report.name]
	return frappe.get_list(
		REPORT,
		filters={"name": ["in", names or [""]]},
		fields=["name", "urgency", "status", "event_time"],
		order_by="event_time asc",
	)


def _followers(name: str) -> list[str]:
	return frappe.get_all(REPORT, filters={EVENT_FIELD: name}, pluck="name", order_by="entry_time asc")


def _leave(names: list[str]) -> None:
	"""Let reports become an event of their own, the earliest of them its first."""
	if not names:
		return
	first, *rest = names
	_point([first], None)
	_point(rest, first)
	for name in names:
		part(frappe.get_doc(REPORT, name))


def _point(names: Iterable[str], first: str | None) -> None:
	for name in names:
		frappe.db.set_value(REPORT, name, EVENT_FIELD, first, modified_by="Administrator")
