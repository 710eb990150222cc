"""Small things a form does: comments, attachments, the next document."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _


@frappe.whitelist(methods=["POST", "DELETE"])
def remove_attach() -> None:
	"""Delete the File `fid` that is attached to the document `dt`, `dn`.

	Raises:
		PermissionError: the user may not delete it.
	"""
	file = frappe.get_doc("File", frappe.form_dict.get("fid"))
	if file.attached_to_doctype != frappe.form_dict.get("dt") or str(
		file.attached_to_name
	) != frappe.form_dict.get("dn"):
		raise frappe.PermissionError
	frappe.delete_doc("File", file.name)


@frappe.whitelist(methods=["POST", "PUT"])
def add_comment(
	reference_doctype: str,
	reference_name: str,
	content: str,
	comment_email: str | None = None,
	comment_by: str | None = None,
) -> Any:
	"""Comment a document the user may read; the author is the user, whatever the caller says.

	Raises:
		PermissionError: he may not read it.
	"""
	reference = frappe.get_doc(reference_doctype, reference_name)
	reference.check_permission()
	comment = frappe.new_doc("Comment")
	comment.update(
		{
			"comment_type": "Comment",
			"reference_doctype": reference_doctype,
			"reference_name": reference_name,
			"comment_email": frappe.session.user,
			"comment_by": frappe.utils.get_fullname(frappe.session.user),
			"content": content,
		}
	)
	comment.insert(ignore_permissions=True)
	return comment


@frappe.whitelist(methods=["POST", "PUT"])
def update_comment(name: str, content: str) -> Any:
	"""Change an own comment.

	Raises:
		PermissionError: it is somebody else's.
	"""
	comment = frappe.get_doc("Comment", name)
	if frappe.session.user not in ("Administrator", comment.owner):
		frappe.throw(_("Comment can only be edited by the owner"), frappe.PermissionError)
	if comment.reference_doctype and comment.reference_name:
		frappe.get_doc(comment.reference_doctype, comment.reference_name).check_permission()
	comment.content = content
	comment.save(ignore_permissions=True)
	return comment


@frappe.whitelist(methods=["POST", "PUT"])
def update_comment_publicity(name: str, publish: bool | int | str) -> None:
	"""Publish or hide a comment of one's own.

	Raises:
		PermissionError: it is somebody else's.
	"""
	comment = frappe.get_doc("Comment", name)
	if (
		frappe.session.user not in ("Administrator", comment.owner)
		and "System Manager" not in frappe.get_roles()
	):
		frappe.throw(
			_("Comment publicity can only be updated by the original author"), frappe.PermissionError
		)
	comment.published = int(publish)
	comment.save(ignore_permissions=True)


@frappe.whitelist()
def get_next(
	doctype: str,
	value: str,
	prev: int | str,
	filters: Any = None,
	sort_order: str = "desc",
	sort_field: str = "modified",
) -> str | None:
	"""Return the document after (or before) another in the order of a list."""
	backwards = bool(int(prev))
	descending = sort_order.lower() != "asc"
	meta = frappe.get_meta(doctype)
	if not (meta.has_field(sort_field) or sort_field in ("name", "modified", "creation", "idx")):
		frappe.throw(_("Invalid Search Field {0}").format(sort_field), frappe.DataError)
	ascending = descending if backwards else not descending
	current = frappe.db.get_value(doctype, value, sort_field)
	conditions = frappe.parse_json(filters) or []
	if isinstance(conditions, dict):
		conditions = [
			[doctype, key, *(entry if isinstance(entry, list) else ("=", entry))]
			for key, entry in conditions.items()
		]
	rows = frappe.get_list(
		doctype,
		fields=["name"],
		filters=[*conditions, [doctype, sort_field, ">" if ascending else "<", current]],
		order_by=f"`tab{doctype}`.`{sort_field}` {'asc' if ascending else 'desc'}",
		limit_page_length=1,
		as_list=True,
	)
	if not rows:
		frappe.msgprint(_("No further records"))
		return None
	return rows[0][0]


def get_pdf_link(doctype: str, docname: str, print_format: str = "Standard", no_letterhead: int = 0) -> str:
	"""Return the address of a document as PDF."""
	from urllib.parse import urlencode

	query = urlencode(
		{"doctype": doctype, "name": docname, "format": print_format, "no_letterhead": no_letterhead}
	)
	return f"/api/method/frappe.utils.print_format.download_pdf?{query}"
