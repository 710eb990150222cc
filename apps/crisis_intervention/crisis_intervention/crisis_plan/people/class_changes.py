"""What happens to open duties when a class gets another teacher, or a student another class (art. 12, 22)."""

from typing import Any

import frappe

from crisis_intervention.crisis_plan.people import functions as F

FUNCTION_OF = {
	"class_teacher": F.CLASS_TEACHER,
	"deputy_teacher": F.CLASS_TEACHER,
	"psychology_teacher": F.PSYCHOLOGY_TEACHER,
}


def follow_teacher(doc: Any, method: str | None = None) -> None:
	"""Give the open duties of a class to whoever looks after it now.

	:param doc: School Class document that was saved
	"""
	before = doc.get_doc_before_save()
	if not before:
		return
	changed = {function for field, function in FUNCTION_OF.items() if before.get(field) != doc.get(field)}
	if _monitors(before) != _monitors(doc):
		changed.add(F.CLASS_MONITOR)
	if changed:
		from crisis_intervention.crisis_plan.duties.reassignment import reassign_by_class

		# The host drops its copy after this event only, and monitors are looked up in it.
		frappe.clear_document_cache(doc.doctype, doc.name)
		reassign_by_class({"school_class": doc.name, "responsible_function": ["in", sorted(changed)]})


def follow_student(doc: Any, method: str | None = None) -> None:
	"""Let the open duties about a student follow into another class.

	:param doc: Student Profile document that was saved
	"""
	before = doc.get_doc_before_save()
	if not before or before.school_class == doc.school_class:
		return
	from crisis_intervention.crisis_plan.duties import ledger
	from crisis_intervention.crisis_plan.duties.reassignment import reassign_by_class
	from crisis_intervention.crisis_plan.duties.states import UNFULFILLED

	open_duties = {"student": doc.name, "state": ["in", UNFULFILLED]}
	for name in frappe.get_all("Duty", filters=open_duties, pluck="name"):
		ledger.change(name, school_class=doc.school_class or None)
	functions = sorted(set(FUNCTION_OF.values()))
	reassign_by_class({"student": doc.name, "responsible_function": ["in", functions]})


def _monitors(doc: Any) -> list[tuple[str, str, str]]:
	"""Who holds the office of a class, and when; dates may still be text before they are stored."""
	rows = doc.get("monitors") or []
	return [(row.user or "", str(row.from_date or ""), str(row.to_date or "")) for row in rows]
