"""Opaque codes: the names of classes, students, reports and cases stand in links and mails."""

import secrets

import frappe
from frappe import _

# Without letters and digits that are mistaken for each other when read out on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TRIES = 20
IN_ONE_QUERY = 500


def new_code(doctype: str, prefix: str, length: int = 6, year: int | None = None) -> str:
	"""Return an unused random code, as `SC-2026-7KQ4XZ`.

	:param doctype: DocType whose names must not hold the code yet
	:param prefix: letters that say the kind of record
	:param length: number of random characters
	:param year: year to put into the code, none by default
	:raises frappe.ValidationError: when no free code was found
	"""
	start = f"{prefix}-{year}-" if year else f"{prefix}-"
	candidates = (start + random_part(length) for _attempt in range(TRIES))
	code = next((code for code in candidates if not frappe.db.exists(doctype, code)), "")
	return code or frappe.throw(_("No free code was found. Try again."))


def random_part(length: int) -> str:
	"""Return random characters of the alphabet of codes."""
	return "".join(secrets.choice(ALPHABET) for _position in range(length))


def new_codes(doctype: str, prefix: str, number: int, length: int = 6, year: int | None = None) -> list[str]:
	"""Return many unused codes at once, for records that are written in bulk.

	:param number: how many
	:raises frappe.ValidationError: when not enough free codes were found
	"""
	start = f"{prefix}-{year}-" if year else f"{prefix}-"
	codes: set[str] = set()
	for _attempt in range(TRIES):
		wanted = {start + random_part(length) for _code in range(number - len(codes))}
		codes |= wanted - _taken(doctype, wanted)
		if len(codes) == number:
			return sorted(codes)
	return frappe.throw(_("No free code was found. Try again."))


def _taken(doctype: str, codes: set[str]) -> set[str]:
	listed, taken = sorted(codes), set()
	for at in range(0, len(listed), IN_ONE_QUERY):
		part = listed[at : at + IN_ONE_QUERY]
		taken.update(frappe.get_all(doctype, filters={"name": ["in", part]}, pluck="name"))
	return taken
