"""User Permission: limits a user to documents of a DocType."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import get_user_permissions as permissions_of
from frappe.permissions.roles import forget_access
from frappe.utils import cint


class UserPermission(Document):
	"""One value a user is limited to."""

	def validate(self) -> None:
		"""Check the limit against the user's other ones."""
		self.normalise()
		self.refuse_duplicate()
		self.refuse_second_default()

	def normalise(self) -> None:
		"""An unlimited scope names no DocType."""
		if self.apply_to_all_doctypes is None:
			self.apply_to_all_doctypes = 1
		if cint(self.apply_to_all_doctypes):
			self.applicable_for = None

	def refuse_duplicate(self) -> None:
		"""Refuse the same limit twice.

		Raises:
			DuplicateEntryError: the user has it.
		"""
		same = {
			"allow": self.allow,
			"for_value": self.for_value,
			"user": self.user,
			"apply_to_all_doctypes": cint(self.apply_to_all_doctypes),
			"name": ("!=", self.name or ""),
		}
		if self.applicable_for:
			same["applicable_for"] = self.applicable_for
		if frappe.db.get_value("User Permission", same):
			frappe.throw(_("User permission already exists"), frappe.DuplicateEntryError)

	def refuse_second_default(self) -> None:
		"""Refuse a second default value for the same scope."""
		if not cint(self.is_default):
			return
		others = frappe.get_all(
			"User Permission",
			filters={
				"allow": self.allow,
				"user": self.user,
				"is_default": 1,
				"name": ("!=", self.name or ""),
			},
			fields=["for_value", "applicable_for", "apply_to_all_doctypes"],
		)
		for other in others:
			if other.apply_to_all_doctypes or other.applicable_for == self.applicable_for:
				frappe.throw(
					_("{0} has already assigned default value for {1}.").format(other.for_value, self.allow)
				)

	def on_update(self) -> None:
		"""Let the limit take effect."""
		forget_access()

	def on_trash(self) -> None:
		"""Let its end take effect."""
		forget_access()


def get_permitted_documents(doctype: str) -> list[str]:
	"""Return the documents of a DocType the current user is limited to, the default one first."""
	entries = permissions_of().get(doctype, [])
	return [entry["doc"] for entry in sorted(entries, key=lambda entry: not entry.get("is_default"))]


def user_permission_exists(user: str, allow: str, for_value: str, applicable_for: str | None = None) -> bool:
	"""Tell whether a user is limited to a value."""
	entries = permissions_of(user).get(allow, [])
	return any(
		entry["doc"] == for_value
		and (not applicable_for or entry.get("applicable_for") in (None, applicable_for))
		for entry in entries
	)


@frappe.whitelist()
def get_user_permissions(user: str | None = None) -> dict[str, list]:
	"""Return the limits of a user; of others only System Managers are told."""
	user = user or frappe.session.user
	if user != frappe.session.user:
		frappe.only_for("System Manager")
	return permissions_of(user)


@frappe.whitelist()
def clear_user_permissions(user: str, for_doctype: str) -> int:
	"""Remove all limits of a user to documents of a DocType and return how many there were."""
	frappe.only_for("System Manager")
	names = frappe.get_all("User Permission", filters={"user": user, "allow": for_doctype}, pluck="name")
	if names:
		frappe.db.delete("User Permission", {"user": user, "allow": for_doctype})
		forget_access()
	return len(names)


@frappe.whitelist()
def check_applicable_doc_perm(user: str, doctype: str, docname: str) -> list[str]:
	"""Return the DocTypes a limit of a user counts for, all that link to it when it counts everywhere."""
	frappe.only_for("System Manager")
	rows = frappe.get_all(
		"User Permission",
		filters={"user": user, "allow": doctype, "for_value": docname},
		fields=["applicable_for", "apply_to_all_doctypes"],
	)
	if any(row.apply_to_all_doctypes for row in rows):
		from frappe.desk.form.linked_with import get_linked_doctypes

		return sorted(get_linked_doctypes(doctype))
	return [row.applicable_for for row in rows if row.applicable_for]


@frappe.whitelist()
def add_user_permissions(data: Any) -> int:
	"""Replace the limits of a user to one document by those of a form.

	Args:
		data: `{user, doctype, docname, apply_to_all_doctypes, applicable_doctypes, is_default,
		hide_descendants}`.

	Returns 1 when something changed, else 0.
	"""
	frappe.only_for("System Manager")
	data = frappe._dict(frappe.parse_json(data))
	wanted = (
		[None]
		if cint(data.apply_to_all_doctypes)
		else list(frappe.parse_json(data.applicable_doctypes) or [])
	)
	existing = frappe.get_all(
		"User Permission",
		filters={"user": data.user, "allow": data.doctype, "for_value": data.docname},
		fields=["name", "applicable_for"],
	)
	known = {row.applicable_for or None: row.name for row in existing}
	for scope, name in known.items():
		if scope not in wanted:
			frappe.delete_doc("User Permission", name)
	new = [scope for scope in wanted if scope not in known]
	for scope in new:
		_insert(data, scope)
	return int(bool(new) or any(scope not in wanted for scope in known))


def _insert(data: Any, applicable_for: str | None) -> None:
	frappe.get_doc(
		{
			"doctype": "User Permission",
			"user": data.user,
			"allow": data.doctype,
			"for_value": data.docname,
			"is_default": cint(data.is_default),
			"hide_descendants": cint(data.hide_descendants),
			"apply_to_all_doctypes": 0 if applicable_for else 1,
			"applicable_for": applicable_for,
		}
	).insert()
