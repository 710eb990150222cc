"""What records under a case have in common: the case is open, its reader writes, the codes follow it."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.case_registry.states import CLOSED_STATES


def follow_case(doc: Any) -> Any:
	"""Fill student and class of a new record from its case and return the case.

	:param doc: document with `student_case`, `student` and `school_class`, not inserted yet
	:raises frappe.PermissionError: when the user may not read the case
	:raises frappe.ValidationError: without a case, or for one that was left
	"""
	if not doc.student_case or not frappe.db.exists("Student Case", doc.student_case):
		frappe.throw(_("Say which case this belongs to."))
	case = frappe.get_doc("Student Case", doc.student_case)
	case.check_permission("read")
	if case.workflow_state in CLOSED_STATES:
		frappe.throw(_("This entry was left."))
	doc.student, doc.school_class = case.student, case.school_class
	return case


def keep(doc: Any, fieldnames: tuple[str, ...]) -> None:
	"""Put back what the server stamped, whatever the caller sent."""
	before = doc.get_doc_before_save()
	for fieldname in fieldnames if before else ():
		doc.set(fieldname, before.get(fieldname))
