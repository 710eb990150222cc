"""What the current user may do with one document."""

from __future__ import annotations

from typing import Any

import frappe


class DocumentPermissions:
	"""Permission questions a Document answers; the answers come from `frappe.permissions`."""

	def has_permission(
		self, permtype: str = "read", *, debug: bool = False, user: str | None = None, **kwargs: Any
	) -> bool:
		"""Tell whether the user may do this with the document; `flags.ignore_permissions` says yes to all."""
		if self.flags.ignore_permissions:
			return True
		from frappe.permissions import has_permission

		return bool(has_permission(self.doctype, permtype, self, user=user, **kwargs))

	def check_permission(self, permtype: str = "read", permlevel: int | None = None) -> None:
		"""Refuse what the current user may not do.

		Raises:
			PermissionError: the right is missing.
		"""
		if not self.has_permission(permtype):
			self.raise_no_permission_to(permtype)

	def raise_no_permission_to(self, perm_type: str) -> None:
		"""Refuse an action.

		Raises:
			PermissionError: always.
		"""
		frappe.flags.error_message = frappe._(
			"You need the '{0}' permission on {1} {2} to perform this action."
		).format(frappe._(perm_type), frappe.bold(frappe._(self.doctype)), self.get("name") or "")
		raise frappe.PermissionError

	def get_permissions(self) -> Any:
		"""Return the permission rows that apply to the document."""
		if self.meta.istable and self.get("parenttype"):
			return frappe.get_meta(self.parenttype).permissions
		return self.meta.permissions or []

	def get_permlevel_access(self, permission_type: str = "write") -> list[int]:
		"""Return the permission levels at which the current user has a right."""
		roles = set(frappe.get_roles())
		return list(
			dict.fromkeys(
				row.permlevel
				for row in self.get_permissions()
				if row.role in roles and row.get(permission_type)
			)
		)

	def has_permlevel_access_to(self, fieldname: str, df: Any = None, permission_type: str = "read") -> bool:
		"""Tell whether the current user may read (or write) a field."""
		df = df or self.meta.get_field(fieldname)
		if frappe.session.user == "Administrator" or not df.permlevel:
			return True
		return df.permlevel in self.get_permlevel_access(permission_type)

	def validate_higher_perm_levels(self) -> None:
		"""Put back the values of fields above the user's permission levels."""
		if self.flags.ignore_permissions or frappe.flags.in_install or frappe.session.user == "Administrator":
			return
		high = self.meta.get_high_permlevel_fields()
		children = [] if self.is_new() else self._children_with_permlevels()
		if not high and not children:
			return
		access = self.get_permlevel_access()
		if high:
			self.reset_values_if_no_permlevel_access(access, high)
		for row, fields in children:
			row.reset_values_if_no_permlevel_access(access, fields)

	def _children_with_permlevels(self) -> list[tuple[Any, list]]:
		found = []
		for fieldname, doctype in self._table_fieldnames.items():
			high = frappe.get_meta(doctype).get_high_permlevel_fields()
			if high:
				found += [(row, high) for row in self.get(fieldname) or ()]
		return found

	def apply_fieldlevel_read_permissions(self) -> None:
		"""Remove the values that the current user may not read."""
		if frappe.session.user == "Administrator":
			return
		tables = {name: frappe.get_meta(child) for name, child in self._table_fieldnames.items()}
		if not self.meta._has_permlevels and not any(meta._has_permlevels for meta in tables.values()):
			return
		access = self.get_permlevel_access("read")
		_remove_hidden(self, self.meta, access)
		for fieldname, meta in tables.items():
			for row in self.get(fieldname) or ():
				_remove_hidden(row, meta, access)


def _remove_hidden(row: Any, meta: Any, access: list[int]) -> None:
	for df in meta.get_high_permlevel_fields():
		if df.permlevel not in access:
			row.__dict__.pop(df.fieldname, None)
