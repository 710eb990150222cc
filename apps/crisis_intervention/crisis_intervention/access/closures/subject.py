"""What must not leave by messages of the host: cases, the ledger, and all whose rows are ruled."""

import frappe
from frappe import _

from crisis_intervention.access.protected import is_unshared, row_ruled

# Records of the host that repeat what stands in any other record: remarks, former values, files, mails.
CARRIERS = frozenset(("Comment", "Communication", "Deleted Document", "File", "Prepared Report", "Version"))


def may_carry_content(doctype: str | None) -> bool:
	"""Say whether records of a DocType are about a case or a student, or may quote one that is.

	:param doctype: name of a DocType, or nothing
	"""
	return doctype in CARRIERS or is_confidential(doctype)


def is_confidential(doctype: str | None) -> bool:
	"""Say whether records of a DocType are about a case, a student or a class.

	:param doctype: name of a DocType, or nothing
	"""
	return bool(doctype) and (is_unshared(doctype) or doctype in row_ruled())


def refuse_mail(doctype: str) -> None:
	"""Refuse with the way that is open instead.

	:param doctype: DocType the message would be about
	:raises frappe.PermissionError: always
	"""
	refused = _("Records of {0} are never sent by mail or to another service.").format(_(doctype))
	instead = _("A Duty Rule tells the person in charge, in neutral words.")
	frappe.throw(f"{refused} {instead}", frappe.PermissionError)
