"""Persons of concern: who must not hear of a student's matters, and what naming one takes away at once."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.query_builder import DocType

from crisis_intervention.access.protected import CASE_DOCTYPES

# Where persons of concern are named: in the registry, and in a warning before anybody assessed the student.
NAMING = ("Student Case", "Warning Report")


def users_of_concern(student: str | None) -> set[str]:
	"""Return the users who are persons of concern of a student, by a case, open or left, or by a report.

	:param student: code of the Student Profile
	"""
	return _named("user", student)


def names_of_concern(student: str | None) -> set[str]:
	"""Return the names of persons of concern of a student who have no account, as parents and relatives.

	:param student: code of the Student Profile
	"""
	return _named("person_name", student)


def students_of_concern(user: str) -> set[str]:
	"""Return the students of whom a user is a person of concern.

	:param user: name of the user
	"""
	found = set()
	for doctype in NAMING:
		person, parent = DocType("Person Of Concern"), DocType(doctype)
		rows = _standing(person, parent, doctype).select(parent.student).where(person.user == user).run()
		found |= {student for (student,) in rows}
	return found


def _named(fieldname: str, student: str | None) -> set[str]:
	found = set()
	for doctype in NAMING if student else ():
		person, parent = DocType("Person Of Concern"), DocType(doctype)
		rows = (
			_standing(person, parent, doctype)
			.select(person[fieldname])
			.where(parent.student == student)
			.run()
		)
		found |= {value for (value,) in rows if value}
	return found


def _standing(person: Any, parent: Any, doctype: str) -> Any:
	"""Return the query of the persons named in a DocType and not withdrawn."""
	return (
		frappe.qb.from_(person)
		.join(parent)
		.on((parent.name == person.parent) & (person.parenttype == doctype))
		.where(person.withdrawn == 0)
	)


def is_of_concern(user: str, student: str | None) -> bool:
	"""Say whether a user is a person of concern of a student."""
	return user in users_of_concern(student)


def revoke(student: str, users: Iterable[str]) -> None:
	"""Take from persons of concern whatever opens a student's matters, in the transaction that names them.

	Shares, assignments, follows, grants, watches, measures, hand-overs and open duties go; from the same
	moment the row rules shut them out.

	:param student: code of the Student Profile
	:param users: users newly named
	"""
	barred = sorted(set(users))
	if not barred:
		return
	for doctype, names in records_of(student).items():
		_drop("DocShare", {"share_doctype": doctype, "share_name": ["in", names], "user": ["in", barred]})
		_drop(
			"Document Follow", {"ref_doctype": doctype, "ref_docname": ["in", names], "user": ["in", barred]}
		)
		_cancel_assignments(doctype, names, barred)
	_revoke_grants(student, barred)
	_relieve_watch(student, barred)
	_relieve_plan(student, barred)
	_withdraw_handovers(student, barred)
	_revoke_duties(student, barred)


def records_of(student: str) -> dict[str, list[str]]:
	"""Return the codes of a student's records by DocType, without empty ones."""
	found = {
		doctype: frappe.get_all(doctype, filters={"student": student}, pluck="name")
		for doctype in CASE_DOCTYPES
		if frappe.get_meta(doctype).has_field("student")
	}
	return {doctype: names for doctype, names in found.items() if names}


def _drop(doctype: str, filters: dict) -> None:
	if frappe.db.table_exists(doctype):
		frappe.db.delete(doctype, filters)


def _cancel_assignments(doctype: str, names: list[str], users: list[str]) -> None:
	filters = {
		"reference_type": doctype,
		"reference_name": ["in", names],
		"allocated_to": ["in", users],
		"status": "Open",
	}
	for name in frappe.get_all("ToDo", filters=filters, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Cancelled"
		# Whoever names a person of concern need not be allowed to change that person's assignments.
		todo.save(ignore_permissions=True)


def _revoke_grants(student: str, users: list[str]) -> None:
	from crisis_intervention.governance.grants import revoke_for

	revoke_for(student, users)


def _relieve_watch(student: str, users: list[str]) -> None:
	from crisis_intervention.intervention.watches import relieve_barred

	relieve_barred(student, users)


def _relieve_plan(student: str, users: list[str]) -> None:
	from crisis_intervention.intervention.plans import relieve

	relieve(users, student)


def _withdraw_handovers(student: str, users: list[str]) -> None:
	from crisis_intervention.case_registry.handovers import withdraw_of

	withdraw_of(student, users)


def _revoke_duties(student: str, users: list[str]) -> None:
	from crisis_intervention.crisis_plan.duties.reassignment import revoke_for

	revoke_for(student, users)
