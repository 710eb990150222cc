"""Notices of mentions, assignments, comments and reminders quote the record, and the host mails them on."""

from typing import Any

import frappe
from frappe import _

from crisis_intervention.access.closures.subject import is_confidential
from crisis_intervention.crisis_plan.dispatch.texts import language_of

# The host never mails this type on, whatever a user chose in his settings.
NEVER_MAILED = "Alert"


def neutralise_notice(doc: Any, method: str | None = None) -> None:
	"""Leave nothing but the code in a notice about a record, and keep it from being mailed.

	:param doc: Notification Log document about to be written
	"""
	if not _is_of_the_host(doc):
		return
	words = _("News about {0}", lang=language_of(doc.for_user))
	doc.subject = words.format(frappe.utils.escape_html(doc.document_name or ""))
	doc.type = NEVER_MAILED
	for field in ("email_content", "attached_file", "link", "email_header"):
		doc.set(field, None)


def drop_notice(doc: Any, method: str | None = None) -> None:
	"""Take back a notice to somebody who may not read the record; the host asks nobody.

	:param doc: Notification Log document that was written
	"""
	if _is_of_the_host(doc) and not _may_read(doc):
		# Not by delete_doc: that would keep a copy among the deleted documents.
		frappe.db.delete("Notification Log", {"name": doc.name})


def _is_of_the_host(doc: Any) -> bool:
	return not doc.flags.from_dispatcher and is_confidential(doc.get("document_type"))


def _may_read(doc: Any) -> bool:
	if not doc.document_name or not frappe.db.exists(doc.document_type, doc.document_name):
		return False
	return bool(frappe.has_permission(doc.document_type, "read", doc=doc.document_name, user=doc.for_user))
