"""What a mail takes along: a print or a file of a record must not travel with a mail about something else."""

from typing import Any

import frappe

from crisis_intervention.access.closures.subject import is_confidential


def attaches_record(attachments: Any) -> bool:
	"""Say whether anything attached belongs to a record of a case, student or class.

	:param attachments: names of files, or objects as the host's mail queue holds them; a list or its JSON
	"""
	listed = frappe.parse_json(attachments or "[]") or []
	return any(_is_of_record(one) for one in listed)


def _is_of_record(attachment: Any) -> bool:
	if isinstance(attachment, str):
		attachment = {"fid": attachment}
	if attachment.get("print_format_attachment"):
		return is_confidential(attachment.get("doctype"))
	filters = [{field: attachment[key]} for key, field in _KEYS if attachment.get(key)]
	return any(is_confidential(doctype) for one in filters for doctype in _attached_to(one))


# As the mail dialog and the queue name a file, and the field of File that holds it.
_KEYS = (("fid", "name"), ("name", "name"), ("file_url", "file_url"))


def _attached_to(filters: dict[str, str]) -> list[str]:
	"""The same file may hang on several records; one of a case is enough."""
	urls = frappe.get_all("File", filters=filters, pluck="file_url")
	if not urls:
		return []
	return frappe.get_all("File", filters={"file_url": ["in", urls]}, pluck="attached_to_doctype")
