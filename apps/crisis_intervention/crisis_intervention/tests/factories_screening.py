"""Factories of the screening and of help requests; keyword arguments overwrite fields."""

import io
from typing import Any

import frappe

from crisis_intervention.tests.factories import make_school_class, make_student_profile, person


def make_screening_instrument(**fields: Any) -> Any:
	"""Return a licensed instrument from 0 to 40, looked at from 20, with one scale."""
	code = "T" + frappe.generate_hash(length=6).upper()
	values = {
		"doctype": "Screening Instrument",
		"code": code,
		"title": code,
		"licence": "Scores Only",
		"score_min": 0,
		"score_max": 40,
		"review_from": 20,
		"parts": [{"code": "S1", "label": "情绪", "kind": "Scale", "minimum": 0, "maximum": 10}],
	}
	return frappe.get_doc({**values, **fields}).insert(ignore_permissions=True)


def make_free_instrument(**fields: Any) -> Any:
	"""Return an instrument of which items may be stored; its item 9 is critical from 1."""
	parts = [{"code": "Q9", "label": "第9题", "kind": "Item", "maximum": 3, "critical_from": 1}]
	values = {"licence": "Items Allowed", "licence_ground": "公开可用", "score_max": 27, "parts": parts}
	return make_screening_instrument(**{**values, **fields})


def make_screening_campaign(
	students: int = 2,
	opened: bool = True,
	consented: bool = True,
	school_class: str | None = None,
	**fields: Any,
) -> Any:
	"""Return an open campaign over a class whose students and guardians have agreed.

	:param students: number of students made in the class
	:param opened: leave it a draft when false
	:param consented: leave consent waiting when false
	:param school_class: a class instead of a new one
	"""
	school_class = school_class or make_school_class().name
	for _number in range(students):
		make_student_profile(school_class=school_class)
	values = {
		"doctype": "Screening Campaign",
		"title": "新生心理普查",
		"year": 2026,
		"instrument": fields.pop("instrument", None) or make_screening_instrument().name,
		"responsible_teacher": person("psychologist"),
		"classes": [{"school_class": school_class}],
	}
	with_user = frappe.session.user
	frappe.set_user(person("psychologist"))
	try:
		campaign = frappe.get_doc({**values, **fields}).insert()
		if opened:
			campaign.open_campaign()
		if opened and consented:
			agree(campaign)
	finally:
		frappe.set_user(with_user)
	return campaign


def agree(campaign: Any) -> None:
	"""Note consent of everybody in a campaign."""
	from crisis_intervention.early_warning.screening.api import record_class_consent

	for row in campaign.classes:
		record_class_consent(campaign.name, row.school_class)


def consent_of(campaign: Any, student: str) -> Any:
	"""Return the consent of a student."""
	return frappe.get_doc("Screening Consent", {"campaign": campaign.name, "student": student})


def students_of(campaign: Any) -> list[str]:
	"""Return the students of a campaign in the order in which they were made."""
	return frappe.get_all(
		"Screening Consent", filters={"campaign": campaign.name}, pluck="student", order_by="creation, name"
	)


def make_screening_result(campaign: Any = None, by: str | None = None, **fields: Any) -> Any:
	"""Return a result entered by the psychology teacher."""
	campaign = campaign or make_screening_campaign()
	values = {"doctype": "Screening Result", "campaign": campaign.name, "score": 5}
	if "student" not in fields:
		fields["student"] = students_of(campaign)[0]
	before = frappe.session.user
	frappe.set_user(by or person("psychologist"))
	try:
		return frappe.get_doc({**values, **fields}).insert()
	finally:
		frappe.set_user(before)


def review(result: Any, outcome: str, by: str | None = None, **fields: Any) -> Any:
	"""Have a person decide what follows from a result."""
	before = frappe.session.user
	frappe.set_user(by or person("psychologist"))
	try:
		stored = frappe.get_doc("Screening Result", result.name)
		stored.update({"review_outcome": outcome, **fields})
		return stored.save()
	finally:
		frappe.set_user(before)


def sheet_of(rows: list[list[Any]], header: tuple[str, ...] = ("学号", "总分", "关键条目")) -> bytes:
	"""Return a CSV as a school's program writes it."""
	lines = [header, *rows]
	return "\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in lines).encode()


def workbook_of(rows: list[list[Any]], header: tuple[str, ...] = ("学号", "总分", "关键条目")) -> bytes:
	"""Return the same as an Excel file."""
	from openpyxl import Workbook

	book, out = Workbook(), io.BytesIO()
	for line in [header, *rows]:
		book.active.append(list(line))
	book.save(out)
	return out.getvalue()


def make_screening_import(
	campaign: Any, content: bytes, by: str | None = None, name: str = "高一3班.csv"
) -> Any:
	"""Return an import whose sheet was uploaded by the psychology teacher."""
	before = frappe.session.user
	frappe.set_user(by or person("psychologist"))
	try:
		file = frappe.get_doc(
			{"doctype": "File", "file_name": name, "content": content, "is_private": 1}
		).insert()
		values = {"doctype": "Screening Import", "campaign": campaign.name, "sheet": file.file_url}
		return frappe.get_doc(values).insert()
	finally:
		frappe.set_user(before)


def number_of(student: str) -> str:
	"""Return the student number."""
	return frappe.db.get_value("Student Profile", student, "student_number")


def make_help_request(by: str = "Guest", **fields: Any) -> Any:
	"""Return a request for help as the web form stores it: without permission check, as a guest."""
	values = {"doctype": "Help Request", "their_name": "小林", "their_class": "高一3班", "about_sleep": 1}
	before = frappe.session.user
	frappe.set_user(by)
	try:
		return frappe.get_doc({**values, **fields}).insert(ignore_permissions=True)
	finally:
		frappe.set_user(before)
