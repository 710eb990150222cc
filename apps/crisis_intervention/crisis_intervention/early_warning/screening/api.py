"""What the screening offers to its forms besides the methods of its documents."""

import frappe
from frappe import _

from crisis_intervention.early_warning.screening import coverage
from crisis_intervention.early_warning.screening.consents import GIVEN, WAITING

WHO = {
	"Both": ("guardian_answer", "student_answer"),
	"Guardian": ("guardian_answer",),
	"Student": ("student_answer",),
}


@frappe.whitelist(methods=["POST"])
def record_class_consent(
	campaign: str, school_class: str, who: str = "Both", how: str = "On Paper"
) -> dict[str, int]:
	"""Note that all who have not answered yet in a class agree, as when the paper forms came back.

	:param campaign: code of the Screening Campaign
	:param school_class: code of the class
	:param who: Both, Guardian or Student
	:param how: how it was answered
	:returns: number of rows changed, as `recorded`
	:raises frappe.PermissionError: for a class that is not the user's
	"""
	if who not in WHO:
		frappe.throw(_("Say whose consent it is."))
	rows = frappe.get_list(
		"Screening Consent",
		filters={"campaign": campaign, "school_class": school_class, "state": WAITING},
		pluck="name",
		limit_page_length=0,
	)
	if not rows:
		return {"recorded": 0}
	for name in rows:
		_agree(frappe.get_doc("Screening Consent", name), WHO[who], how)
	coverage.refresh(campaign)
	return {"recorded": len(rows)}


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def classes_by_title(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | list | None = None
) -> list:
	"""Return classes for a link field by year and title: their names are codes and have no order.

	:param txt: part of the title or grade
	:param filters: as for a list
	:returns: rows of name, title and grade
	"""
	return frappe.get_list(
		"School Class",
		filters=filters or {},
		or_filters={"title": ["like", f"%{txt}%"], "grade": ["like", f"%{txt}%"]} if txt else None,
		fields=["name", "title", "grade"],
		order_by="year desc, title asc",
		limit_start=start,
		limit_page_length=page_len,
		as_list=True,
	)


def _agree(consent, fieldnames: tuple[str, ...], how: str) -> None:
	for fieldname in fieldnames:
		if consent.get(fieldname) == WAITING:
			consent.set(fieldname, GIVEN)
	consent.how = how
	consent.flags.skip_counts = True
	consent.save()
