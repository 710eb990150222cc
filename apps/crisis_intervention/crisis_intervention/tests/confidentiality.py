"""The confidentiality scan: nothing that travels or is logged holds names, levels or free text.

Call `assert_nothing_leaks(self, names=[...])` at the end of a scenario test.
"""

import email
import email.header
import gzip
import re
import unittest
from collections.abc import Iterable, Iterator
from typing import Any

import frappe

from crisis_intervention.access.protected import CASE_DOCTYPES, LEDGER_DOCTYPES
from crisis_intervention.seed.guard import own_doctypes

# Everything that leaves the site or that others than the readers of a case can look into. What a host lacks
# is passed over.
LOGS = (
	"Email Queue",
	"Notification Log",
	"Error Log",
	"Activity Log",
	"Access Log",
	"Deleted Document",
	"Prepared Report",
	"Scheduled Job Log",
	"Dispatch Log",
	"Duty Log",
	"Case Read Log",
	"Communication",
	"Webhook Request Log",
	"Integration Request",
	"Route History",
	"View Log",
)
# Kept beside a document and read with it: what the host writes there by itself must carry codes only.
BESIDE_DOCUMENTS = {"Version": "ref_doctype", "Comment": "reference_doctype", "ToDo": "reference_type"}
TEXT_TYPES = ("Data", "Small Text", "Text", "Long Text", "Text Editor", "Markdown Editor")
# Labels and field names of the form itself are no content.
NO_CONTENT = ("fieldname", "field_label", "amended_from", "document_hash")
SHORTEST = 2
# A subject or a notice is often cut: so much of a text's beginning gives it away.
BEGINNING_CHINESE, BEGINNING_LATIN = 8, 20
_GZIP = b"\x1f\x8b"
_CHINESE, _WORDS = re.compile("[\u4e00-\u9fff]"), re.compile(r"\S+\s+\S+\s+\S+")


def assert_nothing_leaks(
	test: unittest.TestCase, names: Iterable[str] = (), allowed: Iterable[str] = ()
) -> None:
	"""Assert that mails, notices, logs, codes and file names hold no student, class, level or free text.

	:param test: the test case that asserts
	:param names: further texts to look for: what the scenario wrote, persons it named
	:param allowed: texts not to look for, because they are common words of the scenario
	"""
	secrets = sorted(secret_texts(names) - set(allowed))
	test.assertTrue(secrets, "There is nothing to look for: make the scenario's records first.")
	found = [f"{place} holds {secret!r}" for place, text in places() for secret in secrets if secret in text]
	test.assertEqual(found, [])


def secret_texts(names: Iterable[str] = ()) -> set[str]:
	"""Return the texts that must not be found anywhere.

	:param names: further ones
	"""
	texts = {
		*frappe.get_all("Student Profile", pluck="student_name"),
		*frappe.get_all("Student Profile", pluck="student_number"),
		*frappe.get_all("School Class", pluck="title"),
		*frappe.get_all("Risk Level", pluck="label"),
		*frappe.get_all("Risk Level", pluck="label_en"),
		*names,
	}
	texts |= {text for row in _contact_persons() for text in row}
	for doctype in CASE_DOCTYPES:
		written = free_texts(doctype)
		texts |= written | {beginning(text) for text in written}
	return {text.strip() for text in texts if text and len(text.strip()) >= SHORTEST}


def free_texts(doctype: str) -> set[str]:
	"""Return what people wrote into the records of a DocType and into its child tables."""
	meta = frappe.get_meta(doctype)
	tables = [field.options for field in meta.get_table_fields()]
	return {text for name in (doctype, *tables) for text in _texts_of(name)}


def beginning(text: str) -> str:
	"""Return as much of a text as tells what it is about."""
	text = text.strip()
	return text[: BEGINNING_CHINESE if _CHINESE.search(text[:BEGINNING_CHINESE]) else BEGINNING_LATIN]


def _contact_persons() -> list[tuple[str, ...]]:
	return frappe.get_all("Student Contact Person", fields=["person_name", "phone"], as_list=True)


def places() -> Iterator[tuple[str, str]]:
	"""Yield every place that is scanned, as `DocType name: field` and its text."""
	for doctype in LOGS:
		yield from _fields_of(doctype, {})
	for doctype, link in BESIDE_DOCUMENTS.items():
		yield from _fields_of(doctype, {link: ["in", (*CASE_DOCTYPES, *LEDGER_DOCTYPES)]})
	yield from _files()
	yield from _contents()
	yield from _codes()


def readable(message: str | None) -> str:
	"""Return headers and texts of a mail as a person reads them."""
	parsed = email.message_from_string(message or "")
	parts = [_decoded(value) for value in parsed.values()]
	for part in parsed.walk():
		parts.append(part.get_filename() or "")
		if part.get_content_maintype() == "text":
			parts.append((part.get_payload(decode=True) or b"").decode("utf-8", "replace"))
	return "\n".join(parts)


def _texts_of(doctype: str) -> Iterator[str]:
	meta = frappe.get_meta(doctype)
	fields = [
		field.fieldname
		for field in meta.fields
		if field.fieldtype in TEXT_TYPES and field.fieldname not in NO_CONTENT
	]
	if not fields:
		return
	for row in frappe.get_all(doctype, fields=fields):
		yield from (value for value in row.values() if isinstance(value, str) and _is_free_text(value))


def _is_free_text(value: str) -> bool:
	return bool(_CHINESE.search(value) or _WORDS.search(value))


def _fields_of(doctype: str, filters: dict[str, Any]) -> Iterator[tuple[str, str]]:
	if not frappe.db.table_exists(doctype):
		return
	for row in frappe.get_all(doctype, filters=filters, fields=["*"]):
		for fieldname, value in row.items():
			if value is None or (doctype == "Comment" and _is_written_by_hand(row, fieldname)):
				continue
			text = readable(value) if (doctype, fieldname) == ("Email Queue", "message") else str(value)
			yield f"{doctype} {row.name}: {fieldname}", text


def _is_written_by_hand(row: Any, fieldname: str) -> bool:
	"""A comment that a reader of the case wrote under it is read with the case; its subject is not."""
	return row.comment_type == "Comment" and fieldname == "content"


def _files() -> Iterator[tuple[str, str]]:
	filters = {"attached_to_doctype": ["in", (*CASE_DOCTYPES, *LEDGER_DOCTYPES)]}
	for row in frappe.get_all("File", filters=filters, fields=["name", "file_name", "file_url", "folder"]):
		yield f"File {row.name}", f"{row.file_name} {row.file_url} {row.folder}"


def _contents() -> Iterator[tuple[str, str]]:
	"""Files that hang on a log, as the result of a prepared report does, are read like the log."""
	for row in frappe.get_all("File", filters={"attached_to_doctype": ["in", LOGS]}, pluck="name"):
		content = frappe.get_doc("File", row).get_content()
		content = content if isinstance(content, bytes) else content.encode()
		if content.startswith(_GZIP):
			content = gzip.decompress(content)
		yield f"Content of File {row}", content.decode("utf-8", "replace")


def _codes() -> Iterator[tuple[str, str]]:
	"""Names of records stand in addresses, page titles and mails."""
	for doctype in {*CASE_DOCTYPES, *LEDGER_DOCTYPES, "Student Profile", "School Class"} & set(
		own_doctypes()
	):
		yield from ((f"Code of {doctype}", name) for name in frappe.get_all(doctype, pluck="name"))


def _decoded(value: str) -> str:
	return "".join(
		part.decode(charset or "utf-8", "replace") if isinstance(part, bytes) else part
		for part, charset in email.header.decode_header(str(value))
	)
