"""The fifth early (art. 10): a case counts as intervened from the first evidence of a measure."""

from datetime import datetime
from typing import Any

import frappe
from frappe.utils import get_datetime

# DocTypes that prove a measure, each with the field that says when it was taken.
EVIDENCE = {"Special Watch": "started_at", "Guardian Contact": "first_attempt_at", "Safety Plan": "made_at"}


def note_intervention(student_case: str | None, at: Any) -> None:
	"""Stamp a case with the moment of a measure when it is the first.

	:param student_case: code of the case; nothing happens without one
	:param at: when the measure was taken, not when it was entered
	"""
	if not student_case or not at:
		return
	stored = frappe.db.get_value("Student Case", student_case, "intervened_at")
	if not stored or get_datetime(at) < get_datetime(stored):
		# The evidence was checked when it was saved; no role types the stamps of a case.
		frappe.db.set_value("Student Case", student_case, "intervened_at", at)


def seen_without_report(assessment: Any) -> datetime | None:
	"""Return when a screening or the student himself first called for an assessment, or None.

	What an earlier assessment has answered does not count.

	:param assessment: submitted Risk Assessment without a report
	"""
	student = assessment.student
	former = {"student": student, "docstatus": 1, "name": ["!=", assessment.name]}
	since = frappe.db.get_value("Risk Assessment", former, "assessed_at", order_by="assessed_at desc")
	since = since or "1900-01-01"
	found = [*_results_seen(student, since), *_requests_seen(student, since)]
	seen = min(map(get_datetime, found), default=None)
	return seen if seen and seen <= get_datetime(assessment.assessed_at) else None


def _results_seen(student: str, since: Any) -> list[Any]:
	return frappe.get_all(
		"Screening Result",
		filters={"student": student, "blocked": 0, "creation": [">", since]},
		or_filters={"critical_item": 1, "review_outcome": "Assess"},
		pluck="creation",
	)


def _requests_seen(student: str, since: Any) -> list[Any]:
	return frappe.get_all(
		"Help Request",
		filters={"student": student, "asked_at": [">", since], "outcome": ["!=", "Not a Request"]},
		pluck="asked_at",
	)


def first_measure(student: str, since: Any) -> datetime | None:
	"""Return when the first measure for a student was taken from a moment on, or None.

	:param student: code of the Student Profile
	:param since: when the matter was discovered
	"""
	found = []
	for doctype, field in EVIDENCE.items():
		filters = {"student": student, field: [">=", since]}
		found += frappe.get_all(doctype, filters=filters, pluck=field, order_by=f"{field} asc", limit=1)
	return min(map(get_datetime, found)) if found else None


def adopt(case: Any) -> None:
	"""Tie the measures that were taken before an entry opened to it.

	:param case: Student Case, just opened
	"""
	for doctype, field in EVIDENCE.items():
		filters = {
			"student": case.student,
			"student_case": ["is", "not set"],
			field: [">=", case.discovered_at],
		}
		for name in frappe.get_all(doctype, filters=filters, pluck="name"):
			frappe.db.set_value(doctype, name, "student_case", case.name)
