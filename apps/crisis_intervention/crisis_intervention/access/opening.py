"""Which customisations open content of cases to somebody: reports, formats, scripts, messages, rights, roles.

Decided from the record itself, so that ordinary customising is left alone.
"""

import re
from dataclasses import dataclass
from typing import Any

import frappe

from crisis_intervention.access import roles
from crisis_intervention.access.protected import CASE_DOCTYPES, LEDGER_DOCTYPES, is_unshared
from crisis_intervention.seed.rows import document_hash


@dataclass(frozen=True)
class Kind:
	"""A DocType whose records can carry content out of a case, and the field that switches one off.

	:param subject: field with the DocType the record is about, empty when there is none
	:param switch: field that lets it take effect
	:param off: value of the switch that does not
	:param code: fields with code or templates
	:param server: the code runs on the server, past the rights of whoever looks at the outcome
	"""

	subject: str
	switch: str
	off: int
	code: tuple[str, ...]
	server: bool = False


KINDS = {
	"Report": Kind("ref_doctype", "disabled", 1, ("query", "report_script", "javascript"), server=True),
	"Print Format": Kind("doc_type", "disabled", 1, ("html", "raw_commands", "format_data"), server=True),
	"Web Form": Kind("doc_type", "published", 0, ("client_script",)),
	"Notification": Kind("document_type", "enabled", 0, ("subject", "message", "condition"), server=True),
	"Webhook": Kind("webhook_doctype", "enabled", 0, ("webhook_json", "condition"), server=True),
	"Server Script": Kind("reference_doctype", "disabled", 1, ("script",), server=True),
	"Client Script": Kind("dt", "enabled", 0, ("script",)),
	"Auto Email Report": Kind("reference_report", "enabled", 0, ("filters",)),
	"Web Page": Kind("", "published", 0, ("main_section_html", "context_script", "javascript"), server=True),
}
# A reader's own selection of columns and filters; the host asks for his rights each time it runs.
KEPT_VIEWS = ("Report Builder", "Custom Report")
# Properties of a DocType or field that let more be read than before.
OPENING_PROPERTIES = frozenset(
	(
		"permlevel",
		"fetch_from",
		"ignore_user_permissions",
		"in_global_search",
		"show_name_in_global_search",
		"index_web_pages_for_search",
		"allow_guest_to_view",
		"has_web_view",
		"title_field",
		"search_fields",
		"show_title_field_in_link",
		"track_changes",
		"track_views",
		"allow_auto_repeat",
		"email_append_to",
		"allow_rename",
	)
)
_READS_DATABASE = re.compile(r"\bfrappe\s*\.")


def opens(doc: Any) -> bool:
	"""Say whether a record of one of `KINDS` lets content of cases out.

	:param doc: the record, saved or about to be
	"""
	if doc.doctype == "Report" and doc.report_type in KEPT_VIEWS:
		return False
	kind = KINDS[doc.doctype]
	if doc.doctype == "Server Script" or is_unshared(subject_of(doc)):
		return True
	text = "\n".join(str(doc.get(field) or "") for field in kind.code)
	if doc.doctype == "Report" and (doc.get("query") or doc.get("report_script")):
		return True
	return _names_a_case(text) or (kind.server and bool(_READS_DATABASE.search(text)))


def subject_of(doc: Any) -> str:
	"""Return the DocType a record is about, or an empty text."""
	if doc.doctype == "Auto Email Report":
		return frappe.db.get_value("Report", doc.get("report"), "ref_doctype") or ""
	field = KINDS[doc.doctype].subject
	return (doc.get(field) or "") if field else ""


def is_on(doc: Any) -> bool:
	"""Say whether a record takes effect."""
	kind = KINDS[doc.doctype]
	return int(doc.get(kind.switch) or 0) != kind.off


def content_hash(doc: Any) -> str:
	"""Return the hash of everything in a record but its switch."""
	kind = KINDS[doc.doctype]
	copy = frappe.get_doc(doc.as_dict(no_nulls=True))
	copy.set(kind.switch, None)
	return document_hash(copy)


def case_reading_roles() -> frozenset[str]:
	"""Return the roles that read cases by the rights of today, without administrators and auditors."""
	found = {row.role for row in frappe.get_meta("Student Case").permissions if row.read}
	return frozenset(found - {roles.ADMINISTRATOR, roles.AUDITOR})


def reads_cases(user: str) -> bool:
	"""Say whether a user has a role that reads cases."""
	return bool(case_reading_roles() & roles.roles_of(user))


def goes_beyond_standard(row: Any) -> bool:
	"""Say whether a permission row gives a role more than the app ships for it.

	:param row: Custom DocPerm on a DocType of cases
	"""
	shipped = frappe.get_all(
		"DocPerm",
		filters={"parent": row.parent, "role": row.role, "permlevel": row.permlevel or 0},
		fields=["*"],
	)
	return any(row.get(right) and not any(line.get(right) for line in shipped) for right in RIGHTS)


RIGHTS = (
	"select",
	"read",
	"write",
	"create",
	"delete",
	"submit",
	"cancel",
	"amend",
	"report",
	"export",
	"import",
	"share",
	"print",
	"email",
)


def property_opens(doctype: str, fieldname: str | None, property_name: str, value: Any) -> bool:
	"""Say whether a property of a DocType or field lets content of a case be read elsewhere or by more.

	:param fieldname: the field, empty for a property of the DocType
	"""
	if is_unshared(doctype):
		return property_name in OPENING_PROPERTIES
	return property_name == "fetch_from" and fetches_from_case(doctype, value)


def fetches_from_case(doctype: str, fetch_from: str | None) -> bool:
	"""Say whether a field of an open DocType copies from a record of a case."""
	link = (fetch_from or "").split(".")[0]
	field = frappe.get_meta(doctype).get_field(link) if link and not is_unshared(doctype) else None
	return bool(field) and is_unshared(field.options)


def _names_a_case(text: str) -> bool:
	return any(name in text for name in (*CASE_DOCTYPES, *LEDGER_DOCTYPES))
