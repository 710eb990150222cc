"""The words of an assignment travel: into the list of ToDos, notices, mails and digests of other apps."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.access.closures.subject import is_confidential, refuse_mail


def neutralise_assignment(doc: Any, method: str | None = None) -> None:
	"""Put the code in the place of the words of an assignment; the record itself says the rest.

	:param doc: ToDo document, before it is validated
	"""
	if is_confidential(doc.get("reference_type")):
		doc.description = _("Look at {0}.").format(frappe.utils.escape_html(doc.reference_name or ""))


def refuse_automatic(doc: Any, method: str | None = None) -> None:
	"""Refuse a rule of the host that assigns or repeats records by itself and tells people of it.

	:param doc: Assignment Rule or Auto Repeat document
	:raises frappe.PermissionError: on DocTypes of cases and students
	"""
	doctype = doc.get("document_type") or doc.get("reference_doctype")
	if not doc.get("disabled") and is_confidential(doctype):
		refuse_mail(doctype)
