"""What an obligation is about: student, class and case, read from the document that called it."""

from dataclasses import dataclass
from typing import Any

import frappe

from crisis_intervention.case_registry.states import CLOSED_STATES


@dataclass(frozen=True)
class Context:
	"""Codes of the student, class and case of an obligation, and the document itself; each may be empty."""

	student: str = ""
	school_class: str = ""
	student_case: str = ""
	doctype: str = ""
	name: str = ""


def context_of(doc: Any) -> Context:
	"""Read the context of a document from the fields that the rooms share.

	:param doc: any document; fields `student`, `school_class`, `student_case` are used where it has them
	"""
	student = doc.name if doc.doctype == "Student Profile" else doc.get("student") or ""
	case = doc.name if doc.doctype == "Student Case" else doc.get("student_case") or ""
	if case and not student:
		student = frappe.db.get_value("Student Case", case, "student") or ""
	return Context(
		student=student,
		school_class=_class_of(doc, student),
		student_case=case or open_case_of(student),
		doctype=doc.doctype,
		name=doc.name or "",
	)


def context_of_duty(duty: Any) -> Context:
	"""Return what a stored duty is about."""
	return Context(
		student=duty.student or "",
		school_class=duty.school_class or "",
		student_case=duty.student_case or "",
		doctype=duty.reference_doctype or "",
		name=duty.reference_name or "",
	)


def open_case_of(student: str) -> str:
	"""Return the open case of a student, or an empty text."""
	if not student or not built("Student Case"):
		return ""
	filters = {"student": student, "workflow_state": ["not in", CLOSED_STATES]}
	return frappe.db.get_value("Student Case", filters, "name", order_by="creation desc") or ""


def built(doctype: str) -> bool:
	"""Say whether a DocType exists on this site."""
	return bool(doctype) and frappe.db.table_exists(doctype)


def _class_of(doc: Any, student: str) -> str:
	"""A student's class of today: a report may name the class of last year."""
	if doc.doctype == "School Class":
		return doc.name
	if student and built("Student Profile"):
		return (
			frappe.db.get_value("Student Profile", student, "school_class") or doc.get("school_class") or ""
		)
	return doc.get("school_class") or ""
