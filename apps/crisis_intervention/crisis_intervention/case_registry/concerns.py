"""Persons of concern: who must not hear of a student's matters, and what naming one takes away at once."""

from collections.abc import Iterable

import frappe
from frappe.query_builder import DocType

from crisis_intervention.access.protected import CASE_DOCTYPES


def users_of_concern(student: str | None) -> set[str]:
	"""Return the users who are persons of concern in any case of a student, open or left.

	:param student: code of the Student Profile
	"""
	if not student:
		return set()
	person, case = DocType("Person Of Concern"), DocType("Student Case")
	rows = (
		frappe.qb.from_(person)
		.join(case)
		.on(case.name == person.parent)
		.select(person.user)
		.where((case.student == student) & (person.withdrawn == 0) & person.user.isnotnull())
	).run()
	return {user for (user,) in rows if user}


def students_of_concern(user: str) -> set[str]:
	"""Return the students in whose cases a user is a person of concern.

	:param user: name of the user
	"""
	person, case = DocType("Person Of Concern"), DocType("Student Case")
	rows = (
		frappe.qb.from_(person)
		.join(case)
		.on(case.name == person.parent)
		.select(case.student)
		.where((person.user == user) & (person.withdrawn == 0))
	).run()
	return {student for (student,) in rows}


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
