"""What happened to a document: comments, versions, mails, assignments, attachments."""

from __future__ import annotations

import json
from typing import Any

import frappe

RECENT_VERSIONS = 10
COMMENT_LISTS = {
	"comments": ("Comment",),
	"shared": ("Shared", "Unshared"),
	"assignment_logs": ("Assignment Completed", "Assigned"),
	"attachment_logs": ("Attachment", "Attachment Removed"),
	"info_logs": ("Info", "Edit", "Label"),
	"like_logs": ("Like",),
	"workflow_logs": ("Workflow",),
}


def add_comments(doc: Any, docinfo: Any) -> None:
	"""Put the comments of a document into the lists of its form, by kind."""
	lists = {kind: name for name, kinds in COMMENT_LISTS.items() for kind in kinds}
	for name in COMMENT_LISTS:
		docinfo[name] = []
	rows = frappe.db.sql(
		"""select `name`, `creation`, `content`, `owner`, `comment_type` from `tabComment`
		where `reference_doctype` = %s and `reference_name` = %s order by `creation`""",
		(doc.doctype, str(doc.name)),
		as_dict=True,
	)
	for row in rows:
		if row.comment_type in lists:
			docinfo[lists[row.comment_type]].append(row)


def get_attachments(dt: str, dn: str) -> list:
	"""Return the files attached to a document."""
	return frappe.db.sql(
		"""select `name`, `file_name`, `file_url`, `is_private` from `tabFile`
		where `attached_to_doctype` = %s and `attached_to_name` = %s order by `creation`""",
		(dt, str(dn)),
		as_dict=True,
	)


def get_versions(doc: Any) -> list:
	"""Return the newest versions of a document without changes of fields the user may not read."""
	if not doc.meta.track_changes:
		return []
	rows = frappe.db.sql(
		f"""select `name`, `owner`, `creation`, `data` from `tabVersion`
		where `ref_doctype` = %s and `docname` = %s order by `creation` desc limit {RECENT_VERSIONS}""",
		(doc.doctype, str(doc.name)),
		as_dict=True,
	)
	hidden = _hidden_fields(doc)
	return [_without(row, hidden) for row in rows] if hidden else rows


def _hidden_fields(doc: Any) -> set[str]:
	if frappe.session.user == "Administrator":
		return set()
	levels = doc.get_permlevel_access("read")
	metas = [doc.meta, *(frappe.get_meta(df.options) for df in doc.meta.get_table_fields())]
	return {
		df.fieldname for meta in metas for df in meta.fields if df.permlevel and df.permlevel not in levels
	}


def _without(row: Any, hidden: set[str]) -> Any:
	data = json.loads(row.data or "{}")
	data["changed"] = [change for change in data.get("changed") or [] if change[0] not in hidden]
	for key in ("added", "removed"):
		data[key] = [entry for entry in data.get(key) or [] if entry[0] not in hidden]
	data["row_changed"] = [
		[*entry[:3], [change for change in entry[3] if change[0] not in hidden]]
		for entry in data.get("row_changed") or []
		if entry[0] not in hidden
	]
	row.data = json.dumps(data, indent=1, sort_keys=True)
	return row


def get_communications(
	doctype: str, name: str, kind: str = "Communication", start: int = 0, limit: int = 20
) -> list:
	"""Return the mails of a document, the newest first.

	Args:
		kind: "Communication" or "Automated Message".
	"""
	kinds = ("Communication", "Feedback") if kind == "Communication" else (kind,)
	return frappe.db.sql(
		"""select `name`, `communication_type`, `communication_medium`, `communication_date`,
		`content`, `sender`, `sender_full_name`, `cc`, `bcc`, `creation`, `subject`, `delivery_status`,
		`_liked_by`,
		`reference_doctype`, `reference_name`, `read_by_recipient`, `recipients`, `sent_or_received`, `owner`
		from `tabCommunication`
		where `reference_doctype` = %(doctype)s and `reference_name` = %(name)s and `communication_type` in
		%(kinds)s
		order by `creation` desc limit %(limit)s offset %(start)s""",
		{"doctype": doctype, "name": str(name), "kinds": kinds, "limit": limit, "start": start},
		as_dict=True,
	)


def get_assignments(dt: str, dn: str) -> list:
	"""Return who is assigned to a document."""
	return frappe.db.sql(
		"""select `name`, `allocated_to` as `owner`, `description`, `status` from `tabToDo`
		where `reference_type` = %s and `reference_name` = %s and `status` not in ('Cancelled', 'Closed')
		and `allocated_to` is not null order by `creation`""",
		(dt, str(dn)),
		as_dict=True,
	)


def get_views(doc: Any) -> list:
	"""Return who looked at a document, when its DocType tracks that."""
	if not doc.meta.get("track_views"):
		return []
	return frappe.get_all(
		"View Log",
		filters={"reference_doctype": doc.doctype, "reference_name": doc.name},
		fields=["name", "creation", "owner"],
		order_by="creation desc",
	)


def is_followed(doc: Any) -> Any:
	"""Tell whether the user follows a document: None, the runtime has no following."""
	return


def get_additional_content(doctype: str, docname: str) -> list:
	"""Return what the hook `additional_timeline_content` adds."""
	hooks = frappe.get_hooks("additional_timeline_content", {})
	content: list = []
	for method in [*hooks.get(doctype, ()), *hooks.get("*", ())]:
		content.extend(frappe.get_attr(method)(doctype, docname) or [])
	return content
