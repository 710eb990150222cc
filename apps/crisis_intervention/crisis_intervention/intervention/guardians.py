"""Whom the school may contact about a student, and whom it must not (art. 4; 未成年人保护法 11)."""

from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from crisis_intervention.case_registry import concerns
from crisis_intervention.case_registry.concerns import is_of_concern
from crisis_intervention.case_registry.states import CLOSED_STATES
from crisis_intervention.crisis_plan.duties.guardians import lift_guardian_duties
from crisis_intervention.crisis_plan.duties.restoring import restore_guardian_duties

CONTACT_FIELDS = (
	"name",
	"person_name",
	"relation",
	"phone",
	"contact_order",
	"reachable_when",
	"custody",
	"do_not_contact",
)


def is_guardian_suspected(student: str | None) -> bool:
	"""Say whether a report says that a guardian of the student may be the one who harms.

	The report is corrected with a reason when the suspicion is cleared; until then it stands.
	"""
	filters = {"student": student, "guardian_suspected": 1}
	return bool(student) and bool(frappe.db.exists("Warning Report", filters))


def refusal(student: str, contact: Any) -> str:
	"""Return why a contact person must not be contacted, an empty text when he may be.

	:param student: code of the Student Profile
	:param contact: row of Student Contact Person
	"""
	if is_guardian_suspected(student):
		return _(
			"A guardian of this student may be the one who harms. The authority is told instead: police,"
			" civil affairs or education. Nobody of the family is contacted by the school alone."
		)
	if cint(contact.do_not_contact):
		return _("The roster says that this person must not be contacted. Choose the next one.")
	if _plain(contact.person_name) in names_of_concern(student):
		return _("This person must not hear of the matter. Choose the next one.")
	return ""


def names_of_concern(student: str) -> set[str]:
	"""Return the names of persons of concern who have no account, in the spelling that is compared."""
	return set(map(_plain, concerns.names_of_concern(student)))


def contact_persons(student: str) -> list[Any]:
	"""Return the contact persons of a student in the order of contact."""
	return frappe.get_all(
		"Student Contact Person",
		filters={"parent": student, "parenttype": "Student Profile"},
		fields=list(CONTACT_FIELDS),
		order_by="contact_order asc, idx asc",
	)


@frappe.whitelist()
def contacts_of(student: str) -> list[dict[str, Any]]:
	"""Return whom the form of a Guardian Contact offers, each with the refusal if there is one.

	:raises frappe.PermissionError: when the user may not contact this student's family
	"""
	frappe.has_permission("Guardian Contact", "create", throw=True)
	frappe.has_permission("Student Profile", "read", doc=student, throw=True)
	if is_of_concern(frappe.session.user, student):
		frappe.throw(_("You cannot contact this student's family."), frappe.PermissionError)
	return [
		{
			"name": row.name,
			"person_name": row.person_name,
			"relation": row.relation,
			"phone": row.phone,
			"reachable_when": row.reachable_when,
			"refusal": refusal(student, row),
		}
		for row in contact_persons(student)
	]


def follow_report(doc: Any, method: str | None = None) -> None:
	"""Follow a suspicion that a report raises, moves or clears; a document event of Warning Report.

	The open case is told, and the duties to contact guardians are lifted, or raised again with a fresh clock
	when no other report suspects a guardian: one wrong tick must not leave a family without a call.

	:param doc: Warning Report that was just saved
	"""
	before = doc.get_doc_before_save()
	for student in {doc.student, before.student if before else doc.student}:
		_tell_case(student)
	suspects = cint(doc.guardian_suspected)
	if suspects and (doc.has_value_changed("guardian_suspected") or doc.has_value_changed("student")):
		lift_guardian_duties(doc.student)
	if before and cint(before.guardian_suspected):
		for student in dict.fromkeys((before.student, doc.student)):
			if not is_guardian_suspected(student):
				restore_guardian_duties(student, suspected_since(before))


def suspected_since(report: Any) -> datetime:
	"""Return when a report began to say that a guardian is suspected: with its entry, or by a correction.

	:param report: Warning Report
	"""
	ticked = [
		row.corrected_at
		for row in report.corrections
		if row.fieldname == "guardian_suspected" and row.new_value == "1"
	]
	return get_datetime(max(ticked) if ticked else report.entry_time)


def _tell_case(student: str) -> None:
	suspected = int(is_guardian_suspected(student))
	filters = {"student": student, "workflow_state": ["not in", CLOSED_STATES]}
	for case in frappe.get_all("Student Case", filters=filters, fields=["name", "guardian_suspected"]):
		if cint(case.guardian_suspected) != suspected:
			frappe.db.set_value("Student Case", case.name, "guardian_suspected", suspected)


def _plain(name: str | None) -> str:
	return "".join((name or "").split()).lower()
