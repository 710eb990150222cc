"""The rows of persons of concern in a case: added and withdrawn with reason, never taken out."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

TABLE = "persons_of_concern"
FIXED = ("user", "person_name", "relation", "reason", "named_by", "named_at")


def check_persons(case: Any) -> set[str]:
	"""Check the rows of a case that is being saved and stamp the new ones.

	:returns: users who are newly named
	:raises frappe.ValidationError: when a stored row was changed or taken out, or a row says too little
	"""
	before = case.get_doc_before_save()
	stored = {row.name: row for row in before.get(TABLE)} if before else {}
	if set(stored) - {row.name for row in case.get(TABLE)}:
		frappe.throw(_("A person of concern is withdrawn with a reason, not taken out."))
	named = set()
	for row in case.get(TABLE):
		former = stored.get(row.name)
		if former:
			_keep(row, former)
		else:
			_stamp(row)
			named.add(row.user)
	return {user for user in named if user}


def _stamp(row: Any) -> None:
	if not (row.user or (row.person_name or "").strip()):
		frappe.throw(_("Row {0}: name the person of concern.").format(row.idx))
	if not (row.reason or "").strip():
		frappe.throw(_("Row {0}: say why this is a person of concern.").format(row.idx))
	row.named_by, row.named_at = frappe.session.user, now_datetime()
	row.withdrawn, row.withdrawn_reason, row.withdrawn_by = 0, None, None


def _keep(row: Any, former: Any) -> None:
	for fieldname in FIXED:
		row.set(fieldname, former.get(fieldname))
	if former.withdrawn:
		row.withdrawn, row.withdrawn_reason = 1, former.withdrawn_reason
		row.withdrawn_by = former.withdrawn_by
	elif row.withdrawn:
		_withdraw(row)


def _withdraw(row: Any) -> None:
	if not (row.withdrawn_reason or "").strip():
		frappe.throw(_("Row {0}: say why the person is no longer of concern.").format(row.idx))
	if row.named_by == frappe.session.user:
		frappe.throw(_("Row {0}: a second person withdraws a person of concern.").format(row.idx))
	row.withdrawn_by = frappe.session.user
