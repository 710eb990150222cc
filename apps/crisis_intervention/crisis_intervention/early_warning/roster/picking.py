"""Picking a student or a colleague by name: what a person who reports needs to know, and nothing more."""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType

from crisis_intervention.access.roles import STAFF, roles_of

LONGEST_PAGE = 20
ENROLLED = "Enrolled"


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def students(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: Any = None, **more: Any
) -> list[tuple[str, str, str]]:
	"""Find enrolled students for the link field of a report (art. 3): any observer names any student.

	:param txt: part of the name, the number or the class
	:returns: code, name, class
	:raises frappe.PermissionError: for anybody who is not staff of the school
	"""
	_refuse_strangers()
	student, school_class = DocType("Student Profile"), DocType("School Class")
	like = f"%{(txt or '').strip()}%"
	return list(
		frappe.qb.from_(student)
		.left_join(school_class)
		.on(school_class.name == student.school_class)
		.select(student.name, student.student_name, school_class.title)
		.where(
			(student.status == ENROLLED)
			& (
				student.student_name.like(like)
				| student.student_number.like(like)
				| school_class.title.like(like)
			)
		)
		.orderby(student.student_name, student.student_number)
		.limit(min(int(page_len or LONGEST_PAGE), LONGEST_PAGE))
		.offset(int(start or 0))
		.run()
	)


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def staff(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: Any = None, **more: Any
) -> list[tuple[str, str]]:
	"""Find members of staff for the link field of a report: any observer names whom he suspects.

	:param txt: part of the name or of the account
	:returns: account, name
	:raises frappe.PermissionError: for anybody who is not staff of the school
	"""
	_refuse_strangers()
	user, held = DocType("User"), DocType("Has Role")
	like = f"%{(txt or '').strip()}%"
	return list(
		frappe.qb.from_(user)
		.join(held)
		.on((held.parent == user.name) & (held.parenttype == "User"))
		.select(user.name, user.full_name)
		.distinct()
		.where((user.enabled == 1) & held.role.isin(STAFF) & user.name.notin(("Administrator", "Guest")))
		.where(user.name.like(like) | user.full_name.like(like))
		.orderby(user.full_name, user.name)
		.limit(min(int(page_len or LONGEST_PAGE), LONGEST_PAGE))
		.offset(int(start or 0))
		.run()
	)


def _refuse_strangers() -> None:
	if not (frappe.session.user == "Administrator" or set(STAFF) & roles_of(None)):
		frappe.throw(_("Only staff of the school pick a person here."), frappe.PermissionError)
