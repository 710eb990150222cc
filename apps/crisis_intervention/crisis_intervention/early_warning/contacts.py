"""Whom to reach about a student, in order: nobody whom the school must not call (art. 4)."""

from typing import Any

from crisis_intervention.intervention.guardians import contact_persons, refusal


def contactable(student: str) -> list[Any]:
	"""List the contact persons who may be told about a student, in the order in which they are tried.

	Persons of concern and whoever must not be contacted are left out, and everybody when a guardian is
	suspected: the authority is told instead (未成年人保护法 11). Permissions are the caller's: ask for the
	right to read the student before.

	:param student: code of the Student Profile
	:returns: rows with name, person_name, relation, phone, contact_order, reachable_when and custody
	"""
	return [contact for contact in contact_persons(student) if not refusal(student, contact)]
