"""The rows of persons of concern in a case or a warning: added and withdrawn with reason, never taken out."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.access.roles import MAY_SEE_PERSONS, roles_of
from crisis_intervention.early_warning.observers import NEUTRAL_OWNER, observer_of

TABLE, REPORT = "persons_of_concern", "Warning Report"
WHO = ("user", "person_name", "relation", "reason")
FIXED = (*WHO, "named_by", "named_at", "warning_report")


def check_persons(doc: Any, by_reporter: bool = False) -> set[str]:
	"""Check the rows of a case or a report that is being saved and stamp the new ones.

	:param by_reporter: the reporter names them, and no row of a warning names its reporter
	:returns: users who are newly named here
	:raises frappe.ValidationError: when a stored row was changed or taken out, or a row says too little
	"""
	before = doc.get_doc_before_save()
	stored = {row.name: row for row in before.get(TABLE)} if before else {}
	if not MAY_SEE_PERSONS & roles_of(None):
		_put_back(doc, stored)
	if set(stored) - {row.name for row in doc.get(TABLE)}:
		frappe.throw(_("A person of concern is withdrawn with a reason, not taken out."))
	named = set()
	for row in doc.get(TABLE):
		if row.name in stored:
			_keep(row, stored[row.name])
		elif not row.flags.taken_over:
			_stamp(row, by_reporter)
			named.add(row.user)
	return {user for user in named if user}


def take_over(case: Any) -> bool:
	"""Name in a case whom the warnings about its student name: the registry leads from then on.

	:param case: Student Case, new or stored, that the caller saves
	:returns: whether anybody was added
	"""
	known = {(row.warning_report, row.user or "", row.person_name or "") for row in case.get(TABLE)}
	added = False
	for row in _named_in_reports(case.student):
		if (row.parent, row.user or "", row.person_name or "") not in known:
			values = {field: row.get(field) for field in (*WHO, "named_by", "named_at")}
			# The host would name as owner of the row whoever files a warning now.
			values |= {"warning_report": row.parent, "owner": NEUTRAL_OWNER}
			case.append(TABLE, values).flags.taken_over = True
			added = True
	return added


def follow_withdrawals(doc: Any) -> None:
	"""Withdraw in the warning and in the case alike: the same person was named once.

	:param doc: Student Case or Warning Report that was just saved
	"""
	for row in doc.get(TABLE):
		if not (row.flags.withdrawn_now and _report_of(row)):
			continue
		values = {field: row.get(field) for field in ("withdrawn", "withdrawn_reason", "withdrawn_by")}
		for name in _same_persons(row):
			frappe.db.set_value("Person Of Concern", name, values, update_modified=False)


def _same_persons(row: Any) -> list[str]:
	report = _report_of(row)
	found = frappe.get_all(
		"Person Of Concern",
		filters={"withdrawn": 0},
		or_filters={"warning_report": report, "parent": report},
		fields=["name", "user", "person_name"],
	)
	return [
		other.name
		for other in found
		if (other.user or "", other.person_name or "") == (row.user or "", row.person_name or "")
	]


def hide_persons(doc: Any) -> None:
	"""Take the rows out of a document that goes back to somebody who may not see them; stored they stay.

	The host answers a save with the document as it was written, whatever the permission levels say.
	"""
	if not MAY_SEE_PERSONS & roles_of(None):
		doc.set(TABLE, [])


def _named_in_reports(student: str) -> list[Any]:
	reports = frappe.get_all(REPORT, filters={"student": student}, pluck="name")
	return frappe.get_all(
		"Person Of Concern",
		filters={"parenttype": REPORT, "parent": ["in", reports or [""]], "withdrawn": 0},
		fields=["parent", *WHO, "named_by", "named_at"],
		order_by="named_at asc, idx asc",
	)


def _put_back(doc: Any, stored: dict[str, Any]) -> None:
	"""Who may not see the rows adds some; the stored ones, which he was never handed, stay as they are."""
	added = [row for row in doc.get(TABLE) if row.name not in stored]
	doc.set(TABLE, [*stored.values(), *added])


def _stamp(row: Any, by_reporter: bool) -> None:
	if not (row.user or (row.person_name or "").strip()):
		frappe.throw(_("Row {0}: name the person of concern.").format(row.idx))
	if not row.is_new() and frappe.db.exists("Person Of Concern", row.name):
		# A stored row of another record would be moved here, and the person be free there.
		frappe.throw(_("A person of concern is withdrawn with a reason, not taken out."))
	# In a warning the report itself says why.
	if row.parenttype != REPORT and not (row.reason or "").strip():
		frappe.throw(_("Row {0}: say why this is a person of concern.").format(row.idx))
	row.named_by, row.named_at = None if by_reporter else frappe.session.user, now_datetime()
	row.warning_report = None
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
	if (row.named_by or observer_of(_report_of(row))) == frappe.session.user:
		frappe.throw(_("Row {0}: a second person withdraws a person of concern.").format(row.idx))
	row.withdrawn_by = frappe.session.user
	row.flags.withdrawn_now = True


def _report_of(row: Any) -> str:
	"""Return the warning that named a person first, or an empty text."""
	return row.parent if row.parenttype == REPORT else row.warning_report or ""
