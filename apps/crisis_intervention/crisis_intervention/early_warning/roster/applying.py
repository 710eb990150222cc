"""Taking a roster over: classes first, then each student; what is there is updated, nothing is taken out."""

from typing import Any

import frappe

from crisis_intervention.early_warning.roster.sheet import ClassKey, Entry, classes_of, examine
from crisis_intervention.records.sheet_import import DONE, finish, report_progress, run_safely

DOCTYPE = "Roster Import"
CHUNK = 100


def run(name: str) -> None:
	"""Take over the sheet of a Roster Import; a background job, safe to run again.

	:param name: its code
	"""
	run_safely(DOCTYPE, name, take_over)


def take_over(name: str) -> dict[str, int]:
	"""Store classes and students of a sheet.

	:param name: code of the Roster Import
	:returns: the numbers of the examination
	"""
	doc = frappe.get_doc(DOCTYPE, name)
	found = examine(doc.get_sheet(), doc.year)
	numbers = found.numbers()
	classes = _classes(found.entries, doc.year)
	for done, entry in enumerate(found.entries, start=1):
		_store(entry, classes[entry.key])
		if done % CHUNK == 0:
			report_progress(DOCTYPE, name, done, len(found.entries))
	finish(DOCTYPE, name, DONE, **numbers)
	return numbers


def _classes(entries: list[Entry], year: int) -> dict[ClassKey, str]:
	"""Make the classes that are not there yet, name the teachers, and return the codes."""
	there = classes_of(year)
	codes = {}
	for key in dict.fromkeys(entry.key for entry in entries):
		teachers = _teachers(key, entries)
		known = there.get(key)
		if not known:
			values = {"doctype": "School Class", "grade": key.grade, "title": key.title, "year": year}
			codes[key] = frappe.get_doc({**values, **teachers}).insert().name
			continue
		codes[key] = known.name
		if any(known.get(field) != user for field, user in teachers.items()):
			school_class = frappe.get_doc("School Class", known.name)
			school_class.update(teachers)
			school_class.save()
	return codes


def _teachers(key: ClassKey, entries: list[Entry]) -> dict[str, str]:
	"""The first row of a class that names a teacher counts."""
	teachers: dict[str, str] = {}
	for entry in entries:
		if entry.key == key:
			teachers = {**entry.teachers, **teachers}
	return teachers


def _store(entry: Entry, school_class: str) -> None:
	if entry.student:
		student = frappe.get_doc("Student Profile", entry.student)
	else:
		student = frappe.new_doc("Student Profile")
		student.student_number = entry.number
	student.update({**entry.values, "school_class": school_class})
	for guardian in entry.guardians:
		_keep_contact(student, guardian)
	student.save()


def _keep_contact(student: Any, guardian: dict[str, str]) -> None:
	"""Add a contact person or renew the telephone number; what else is known of the person stays."""
	rows = {row.person_name: row for row in student.contact_persons}
	row = rows.get(guardian["person_name"])
	if not row:
		custody = int(guardian["relation"] in ("Father", "Mother", "Guardian"))
		order = len(student.contact_persons) + 1
		student.append("contact_persons", {**guardian, "custody": custody, "contact_order": order})
	elif guardian["phone"]:
		row.phone = guardian["phone"]
