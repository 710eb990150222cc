"""What the host keeps beside a record of a case is read as far as the record: comments, versions, files.

The host lets System Manager list these for all DocTypes, whoever may read the documents themselves.
"""

from dataclasses import dataclass
from typing import Any

import frappe

from crisis_intervention.access.protected import CASE_DOCTYPES, LEDGER_DOCTYPES, is_unshared

UNSHARED = (*CASE_DOCTYPES, *LEDGER_DOCTYPES)


@dataclass(frozen=True)
class Beside:
	"""A DocType of the host whose rows belong to a document, and its fields that say which one."""

	doctype: str
	reference_doctype: str
	reference_name: str

	def query_conditions(self, user: str | None = None, doctype: str | None = None) -> str:
		"""Return the SQL condition of a list; Frappe's hook `permission_query_conditions`."""
		user = user or frappe.session.user
		if user == "Administrator":
			return ""
		kind = f"`tab{self.doctype}`.`{self.reference_doctype}`"
		named = ", ".join(map(frappe.db.escape, UNSHARED))
		parts = [f"ifnull({kind}, '') not in ({named})"]
		for name in UNSHARED:
			rows = _readable(name, user)
			if rows:
				of_it = f"{kind} = {frappe.db.escape(name)}"
				parts.append(f"({of_it} and `tab{self.doctype}`.`{self.reference_name}` in ({rows}))")
		return f"({' or '.join(parts)})"

	def has_permission(
		self, doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False
	) -> bool:
		"""Answer for one row; Frappe's hook `has_permission`, which can only deny."""
		user = user or frappe.session.user
		doctype, name = doc.get(self.reference_doctype), doc.get(self.reference_name)
		if user == "Administrator" or not is_unshared(doctype) or not name:
			return True
		if not frappe.db.exists(doctype, name):
			# A file is there before the new record it was uploaded for.
			return doc.get("owner") in (user, None)
		return bool(frappe.has_permission(doctype, "read", doc=name, user=user))


def _readable(doctype: str, user: str) -> str:
	"""Return the query of the codes a user may read, or an empty text when there are none."""
	if not frappe.has_permission(doctype, "read", user=user):
		return ""
	conditions = [
		frappe.call(frappe.get_attr(method), user, doctype=doctype)
		for method in frappe.get_hooks("permission_query_conditions", {}).get(doctype, [])
	]
	allowed = " and ".join(f"({condition})" for condition in conditions if condition)
	return f"select `tab{doctype}`.name from `tab{doctype}`" + (f" where {allowed}" if allowed else "")


_COMMENT = Beside("Comment", "reference_doctype", "reference_name")
_VERSION = Beside("Version", "ref_doctype", "docname")
_COMMUNICATION = Beside("Communication", "reference_doctype", "reference_name")
_TODO = Beside("ToDo", "reference_type", "reference_name")
_TAG_LINK = Beside("Tag Link", "document_type", "document_name")
_FILE = Beside("File", "attached_to_doctype", "attached_to_name")
comment, may_comment = _COMMENT.query_conditions, _COMMENT.has_permission
version, may_version = _VERSION.query_conditions, _VERSION.has_permission
communication, may_communication = _COMMUNICATION.query_conditions, _COMMUNICATION.has_permission
todo, may_todo = _TODO.query_conditions, _TODO.has_permission
tag_link, may_tag_link = _TAG_LINK.query_conditions, _TAG_LINK.has_permission
file, may_file = _FILE.query_conditions, _FILE.has_permission
