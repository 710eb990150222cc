from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.automation import comments
from frappe.model.document import Document


class Comment(Document):
	def validate(self):
		self.check_reference()
		if not self.comment_email:
			self.comment_email = frappe.session.user
		if not self.comment_by:
			self.comment_by = self.comment_email
		self.content = frappe.utils.sanitize_html(self.content or "", always_sanitize=True)

	def check_reference(self) -> None:
		"""Who may not read a document may not comment on it either, nor move a comment to it."""
		if self.flags.ignore_permissions or not (self.reference_doctype and self.reference_name):
			return
		if not (self.has_value_changed("reference_doctype") or self.has_value_changed("reference_name")):
			return
		if not frappe.has_permission(self.reference_doctype, "read", self.reference_name):
			frappe.throw(_("You may not comment on this document"), frappe.PermissionError)

	def after_insert(self):
		self.notify_change("add")

	def on_update(self):
		comments.update_copies(self)

	def on_trash(self):
		comments.remove_copy(self)
		self.notify_change("delete")

	def notify_change(self, action: str) -> None:
		"""Tell open forms of the document."""
		if self.reference_doctype and self.reference_name:
			frappe.publish_realtime(
				"docinfo_update",
				{"doc": {"name": self.name}, "key": "comments", "action": action},
				doctype=self.reference_doctype,
				docname=self.reference_name,
				after_commit=True,
			)


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
	"""Tell whether the document a comment belongs to may be read by the user."""
	if not (doc.get("reference_doctype") and doc.get("reference_name")):
		return True
	return bool(frappe.has_permission(doc.reference_doctype, "read", doc.reference_name, user=user))


def on_doctype_update() -> None:
	"""Timelines are read by document."""
	frappe.db.add_index("Comment", ["reference_doctype", "reference_name"])
