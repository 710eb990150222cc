"""Likes of documents."""

from __future__ import annotations

import json

import frappe
from frappe import _


@frappe.whitelist(methods=["POST"])
def toggle_like(doctype: str, name: str, add: str | bool = False) -> None:
	"""Like a document one may read, or no longer.

	Args:
		doctype, name: the document.
		add: "Yes" or True to like it.

	Raises:
		frappe.PermissionError: the user may not read it.
	"""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	user = frappe.session.user
	liked_by = json.loads(frappe.db.get_value(doctype, name, "_liked_by") or "[]")
	wanted = add in ("Yes", True, "true", 1)
	if wanted == (user in liked_by):
		return
	if wanted:
		liked_by.append(user)
		doc.add_comment("Like", _("Liked"))
	else:
		liked_by.remove(user)
		_remove_comment(doctype, name, user)
	frappe.db.set_value(doctype, name, "_liked_by", json.dumps(liked_by), update_modified=False)


def _remove_comment(doctype: str, name: str, user: str) -> None:
	filters = {"reference_doctype": doctype, "reference_name": name, "comment_type": "Like", "owner": user}
	for comment in frappe.get_all("Comment", filters=filters, pluck="name"):
		frappe.delete_doc("Comment", comment, ignore_permissions=True)
