"""Guards on the host's own ways to open a record: shares, assignments, follows, files.

A share is OR-ed with the row rules and so beats them; that is why records of a case are never shared.
"""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.access.protected import is_protected, is_unshared
from crisis_intervention.early_warning.observers import NEUTRAL_OWNER


def refuse_share(doc: Any, method: str | None = None) -> None:
	"""Refuse a share of a record of a case, to anybody.

	:param doc: DocShare document
	:raises frappe.PermissionError: for a DocType of cases
	"""
	if is_unshared(doc.share_doctype):
		frappe.throw(
			_("Records of a case are not shared. Rights come from role, class and case."),
			frappe.PermissionError,
		)


def refuse_assignment(doc: Any, method: str | None = None) -> None:
	"""Refuse an assignment to somebody who may not read the record, persons of concern among them.

	:param doc: ToDo document
	:raises frappe.PermissionError: when the person may not read it
	"""
	if not is_unshared(doc.reference_type) or doc.status in ("Cancelled", "Closed"):
		return
	_refuse_stranger(doc.reference_type, doc.reference_name, doc.allocated_to)


def refuse_follow(doc: Any, method: str | None = None) -> None:
	"""Refuse that somebody who may not read a record is told of its changes by mail.

	:param doc: Document Follow document
	:raises frappe.PermissionError: for a DocType of cases, because the mails carry contents
	"""
	if is_unshared(doc.ref_doctype):
		frappe.throw(_("Records of a case are not followed by mail."), frappe.PermissionError)


def protect_file(doc: Any, method: str | None = None) -> None:
	"""Keep a file of a case private, and a file of a report without the name of its reporter.

	:param doc: File document
	"""
	if not is_protected(doc.attached_to_doctype):
		return
	doc.is_private = 1
	if doc.attached_to_doctype == "Warning Report":
		doc.owner = doc.modified_by = NEUTRAL_OWNER


def _refuse_stranger(doctype: str, name: str | None, user: str | None) -> None:
	if not user or not name:
		return
	if user == "Administrator" or not frappe.has_permission(doctype, "read", doc=name, user=user):
		frappe.throw(_("This person may not read the record."), frappe.PermissionError)
