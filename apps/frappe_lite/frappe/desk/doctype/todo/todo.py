from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_fullname

CLOSED = ("Cancelled", "Closed")


class ToDo(Document):
	def validate(self):
		self.check_reference()
		self._assignment = self.describe_change()

	def check_reference(self) -> None:
		"""Who may not read a document may not write a ToDo about it, as that marks the document."""
		if self.flags.ignore_permissions or not (self.reference_type and self.reference_name):
			return
		if not (self.has_value_changed("reference_type") or self.has_value_changed("reference_name")):
			return
		if not frappe.has_permission(self.reference_type, "read", self.reference_name):
			frappe.throw(_("You may not assign this document"), frappe.PermissionError)

	def on_update(self):
		if self._assignment:
			self.add_assign_comment(**self._assignment)
		self.update_in_reference()

	def on_trash(self):
		self.update_in_reference()

	@staticmethod
	def get_owners(filters: Any = None) -> list[str]:
		"""Return the users to whom the ToDos that match are allocated."""
		return frappe.get_all("ToDo", filters=filters, distinct=True, pluck="allocated_to")

	def describe_change(self) -> dict[str, str] | None:
		"""Return the entry for the timeline of the referenced document; None when the assignment did not
		change."""
		if self.is_new():
			return {"comment_type": "Assigned", "text": self.describe_assignment()}
		before = self.get_doc_before_save()
		if before and before.status != self.status:
			return {"comment_type": "Assignment Completed", "text": self.describe_end()}
		return None

	def describe_assignment(self) -> str:
		"""Return who assigned what to whom."""
		by, to = get_fullname(self.assigned_by), get_fullname(self.allocated_to)
		if self.assigned_by == self.allocated_to:
			return _("{0} self assigned this task: {1}").format(by, self.description)
		return _("{0} assigned {1}: {2}").format(by, to, self.description)

	def describe_end(self) -> str:
		"""Return who ended the assignment."""
		who = get_fullname(frappe.session.user)
		if self.allocated_to == frappe.session.user:
			return _("{0} removed their assignment.").format(who)
		return _("Assignment of {0} removed by {1}").format(get_fullname(self.allocated_to), who)

	def add_assign_comment(self, text: str, comment_type: str) -> None:
		"""Note the assignment in the timeline of the referenced document."""
		if self.reference_type and self.reference_name and self.allocated_to:
			frappe.get_doc(self.reference_type, self.reference_name).add_comment(comment_type, text)

	def update_in_reference(self) -> None:
		"""Write the open assignees into `_assign` of the referenced document."""
		if not (self.reference_type and self.reference_name):
			return
		users = frappe.get_all(
			"ToDo",
			filters={
				"reference_type": self.reference_type,
				"reference_name": self.reference_name,
				"status": ("not in", CLOSED),
				"allocated_to": ("is", "set"),
			},
			pluck="allocated_to",
			distinct=True,
			limit_page_length=0,
		)
		meta = frappe.get_meta(self.reference_type)
		if not (meta.issingle or meta.istable or meta.is_virtual):
			frappe.db.set_value(
				self.reference_type,
				self.reference_name,
				"_assign",
				json.dumps(users) if users else "",
				update_modified=False,
			)


def on_doctype_update() -> None:
	"""Assignments are read by document."""
	frappe.db.add_index("ToDo", ["reference_type", "reference_name"])


def _sees_all(user: str) -> bool:
	return user == "Administrator" or "System Manager" in frappe.get_roles(user)


def get_permission_query_conditions(user: str | None = None) -> str | None:
	"""Return the SQL that limits lists to the user's own ToDos; None for System Managers."""
	user = user or frappe.session.user
	if _sees_all(user):
		return None
	name = frappe.db.escape(user)
	return f"(`tabToDo`.`allocated_to` = {name} or `tabToDo`.`assigned_by` = {name})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
	"""Tell whether a ToDo concerns the user; anybody may make one."""
	user = user or frappe.session.user
	if _sees_all(user) or (doc.get("__islocal") and ptype == "create"):
		return True
	return user in (doc.allocated_to, doc.assigned_by)


@frappe.whitelist(methods=["POST"])
def new_todo(description: str) -> None:
	"""Make a ToDo for oneself."""
	frappe.get_doc(doctype="ToDo", description=description, allocated_to=frappe.session.user).insert()
