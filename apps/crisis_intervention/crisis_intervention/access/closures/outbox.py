"""The last door: a mail about a record that any code of the host or another app writes stays unsent.

The app's own dispatcher names no document in its mails, so it does not pass here.
"""

from typing import Any

import frappe

from crisis_intervention.access.closures.subject import is_confidential

HELD = "Error"


def hold_mail(doc: Any, method: str | None = None) -> None:
	"""Empty a mail about a record and mark it as failed; saving the record itself must not fail for it.

	:param doc: Email Queue document about to be written
	"""
	if not (is_confidential(doc.get("reference_doctype")) or _attaches_record(doc)):
		return
	doc.message = doc.error = "Held: records of cases and students are not mailed."
	doc.status = HELD
	doc.attachments = None
	doc.set("recipients", [])
	for field in ("show_as_cc", "sender", "unsubscribe_params"):
		doc.set(field, None)


def _attaches_record(doc: Any) -> bool:
	listed = frappe.parse_json(doc.get("attachments") or "[]") or []
	return any(_is_of_record(attachment) for attachment in listed if isinstance(attachment, dict))


def _is_of_record(attachment: dict[str, Any]) -> bool:
	if attachment.get("print_format_attachment"):
		return is_confidential(attachment.get("doctype"))
	key = next((field for field in ("fid", "file_url") if attachment.get(field)), None)
	if not key:
		return False
	filters = {"name" if key == "fid" else key: attachment[key]}
	attached = frappe.get_all("File", filters=filters, pluck="attached_to_doctype")
	return any(is_confidential(doctype) for doctype in attached)
