"""Rules that the permission rows of a DocType follow."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

# Roles every user, or every guest, has without being given them.
AUTOMATIC_ROLES = ("Guest", "All", "Desk User", "Administrator")
NEEDS_SUBMITTABLE = ("submit", "cancel", "amend")


def validate_permissions_for_doctype(doctype: str, for_remove: bool = False) -> None:
	"""Check the permission rows in force for a DocType, custom ones if there are any, and store repairs."""
	doc = frappe.get_doc("DocType", doctype)
	custom = frappe.get_all("Custom DocPerm", fields=["*"], filters={"parent": doctype}, limit_page_length=0)
	if custom:
		doc.permissions = [frappe.get_doc({"doctype": "Custom DocPerm", **row}) for row in custom]
	validate_permissions(doc, for_remove)
	clear_permissions_cache(doctype)


def validate_permissions(doctype: Any, for_remove: bool = False) -> None:
	"""Check the permission rows of a DocType document; rights that make no sense are taken off.

	Args:
		doctype: a DocType document.
		for_remove: a row is about to go, so that one need not be left.

	Raises:
		ValidationError: rows repeat or contradict each other.
	"""
	rows = doctype.get("permissions") or []
	if not rows:
		if not for_remove and not doctype.get("istable"):
			frappe.msgprint(_("No Permissions Specified"), alert=True, indicator="orange")
		return
	for row in rows:
		_check_row(doctype, row, rows)


def _check_row(doctype: Any, row: Any, rows: list[Any]) -> None:
	if not row.permlevel:
		row.permlevel = 0
	_check_double(doctype, row, rows)
	_check_level_zero(doctype, row, rows)
	_check_rights(doctype, row)
	_check_automatic_role(doctype, row)


def _label(doctype: Any, row: Any) -> str:
	return _("For {0} at level {1} in {2} in row {3}").format(row.role, row.permlevel, doctype.name, row.idx)


def _same(row: Any, other: Any) -> bool:
	return row is not other and row.role == other.role


def _check_double(doctype: Any, row: Any, rows: list[Any]) -> None:
	for other in rows:
		if (
			_same(row, other)
			and (row.permlevel or 0) == (other.permlevel or 0)
			and (row.if_owner or 0) == (other.if_owner or 0)
		):
			message = _("{0}: Only one rule allowed with the same Role, Level and {1}")
			frappe.throw(message.format(_label(doctype, row), frappe.bold(_("If Owner"))))


def _check_level_zero(doctype: Any, row: Any, rows: list[Any]) -> None:
	if not frappe.cint(row.permlevel) or frappe.flags.in_fixtures:
		return
	if not any(_same(row, other) and not frappe.cint(other.permlevel) for other in rows):
		message = _("{0}: Permission at level 0 must be set before higher levels are set")
		frappe.throw(message.format(_label(doctype, row)))
	for right in ("create", "submit", "cancel", "amend"):
		if row.get(right):
			row.set(right, 0)


def _check_rights(doctype: Any, row: Any) -> None:
	if doctype.get("issingle"):
		for right in ("report", "import", "export"):
			row.set(right, 0)
	for is_wrong, message in _contradictions(doctype, row):
		if is_wrong:
			frappe.throw(message.format(_label(doctype, row), doctype.name))


def _contradictions(doctype: Any, row: Any) -> list[tuple[bool, str]]:
	submits = any(row.get(right) for right in NEEDS_SUBMITTABLE)
	return [
		(row.get("cancel") and not row.get("submit"), _("{0}: Cannot set Cancel without Submit")),
		(submits and not row.get("write"), _("{0}: Cannot set Submit, Cancel, Amend without Write")),
		(row.get("import") and not row.get("create"), _("{0}: Cannot set Import without Create")),
		(
			row.get("submit") and not doctype.get("is_submittable"),
			_("{0}: Cannot set Assign Submit if not Submittable"),
		),
		(
			row.get("amend") and not doctype.get("is_submittable"),
			_("{0}: Cannot set Assign Amend if not Submittable"),
		),
		(
			row.get("import") and not doctype.get("allow_import"),
			_("{0}: Cannot set import as {1} is not importable"),
		),
	]


def _check_automatic_role(doctype: Any, row: Any) -> None:
	if frappe.session.user == "Administrator" or not doctype.get("custom") or row.role not in AUTOMATIC_ROLES:
		return
	message = _("Row # {0}: Non administrator user can not set the role {1} to the custom doctype")
	frappe.throw(message.format(row.idx, frappe.bold(_(row.role))), title=_("Permissions Error"))


def clear_permissions_cache(doctype: str) -> None:
	"""Let every process judge the rights on a DocType anew."""
	frappe.clear_cache(doctype=doctype)
