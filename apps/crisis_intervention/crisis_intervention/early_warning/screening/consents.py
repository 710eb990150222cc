"""Consent to a screening: one row per eligible student, and what a withdrawal does to the result."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.utils import now_datetime

from crisis_intervention.records.codes import new_codes

WAITING, GIVEN, DECLINED, WITHDRAWN = "Waiting", "Given", "Declined", "Withdrawn"
FIELDS = (
	"name",
	"owner",
	"creation",
	"modified",
	"modified_by",
	"campaign",
	"student",
	"school_class",
	"state",
	"guardian_answer",
	"student_answer",
)


def state_of(guardian: str | None, student: str | None, withdrawn_by: str | None) -> str:
	"""Return the state that the answers of guardian and student make together.

	Both must agree; one refusal is enough, and a withdrawal outweighs everything.
	"""
	if withdrawn_by:
		return WITHDRAWN
	answers = {guardian or WAITING, student or WAITING}
	if DECLINED in answers:
		return DECLINED
	return GIVEN if answers == {GIVEN} else WAITING


def add_missing(campaign: Any) -> int:
	"""Give every enrolled student of the campaign's classes a row, and return how many were added.

	:param campaign: Screening Campaign document
	"""
	students = _without_row(campaign.name, [row.school_class for row in campaign.classes])
	now, user = now_datetime(), frappe.session.user
	codes = new_codes("Screening Consent", "SK", len(students), 8)
	rows = [
		(code, user, now, now, user, campaign.name, student, school_class, WAITING, WAITING, WAITING)
		for code, (student, school_class) in zip(codes, students, strict=True)
	]
	if rows:
		frappe.db.bulk_insert("Screening Consent", list(FIELDS), rows)
	return len(rows)


def _without_row(campaign: str, classes: list[str]) -> list[tuple[str, str]]:
	if not classes:
		return []
	student, consent = DocType("Student Profile"), DocType("Screening Consent")
	return list(
		frappe.qb.from_(student)
		.left_join(consent)
		.on((consent.student == student.name) & (consent.campaign == campaign))
		.select(student.name, student.school_class)
		.where(student.school_class.isin(classes) & (student.status == "Enrolled") & consent.name.isnull())
		.orderby(student.student_number)
		.run()
	)


def block(campaign: str, student: str, blocked: bool) -> None:
	"""Hide the result of a student, or show it again; nothing is deleted (art. 11, 24.6)."""
	result = DocType("Screening Result")
	frappe.qb.update(result).set(result.blocked, int(blocked)).where(
		(result.campaign == campaign) & (result.student == student)
	).run()
	frappe.clear_document_cache("Screening Result")


def mark_tested(campaign: str, students: Iterable[str]) -> None:
	"""Note on the consent that a result is there, so that who is missing is known without reading results."""
	consent = DocType("Screening Consent")
	listed = list(students)
	for at in range(0, len(listed), 500):
		frappe.qb.update(consent).set(consent.tested, 1).where(
			(consent.campaign == campaign) & consent.student.isin(listed[at : at + 500])
		).run()


def state_for(campaign: str, student: str) -> str:
	"""Return the state of the consent of a student, empty when he is not in the campaign."""
	filters = {"campaign": campaign, "student": student}
	return frappe.db.get_value("Screening Consent", filters, "state") or ""
