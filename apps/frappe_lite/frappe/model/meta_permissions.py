"""Which fields of a DocType a user may read or write, by permission levels."""

from __future__ import annotations

from typing import Any

import frappe


class MetaPermissions:
	"""Permission questions that Meta answers about fields."""

	def get_permissions(self, parenttype: str | None = None) -> list:
		"""Return the permission rows; those of the parent for a child DocType."""
		if self.istable and parenttype:
			return frappe.get_meta(parenttype).permissions
		return self.permissions

	def get_permlevel_access(
		self, permission_type: str = "read", parenttype: str | None = None, *, user: str | None = None
	) -> list[int]:
		"""Return the permission levels at which a user has a right."""
		roles = set(frappe.get_roles(user))
		return list(
			dict.fromkeys(
				row.permlevel or 0
				for row in self.get_permissions(parenttype)
				if row.role in roles and row.get(permission_type)
			)
		)

	def get_permitted_fieldnames(
		self,
		parenttype: str | None = None,
		*,
		user: str | None = None,
		permission_type: str = "read",
		with_virtual_fields: bool = True,
	) -> list[str]:
		"""Return the fields whose values a user may read (or write).

		Args:
			parenttype: DocType whose permissions count for a child DocType; without it none is permitted.
			user: the current one unless named.
			permission_type: "read", "write" or "select"; the last permits only the search fields.
			with_virtual_fields: virtual ones too.
		"""
		user = user or frappe.session.user
		fields = self.get_fieldnames_with_value(with_field_meta=True, with_virtual_fields=with_virtual_fields)
		if user == "Administrator":
			return [df.fieldname for df in fields]
		if self.istable and not parenttype:
			return []
		if permission_type == "select":
			return self.get_search_fields()
		levels = self._readable_levels(permission_type, parenttype, user)
		return [df.fieldname for df in fields if (df.permlevel or 0) in levels]

	def _readable_levels(self, permission_type: str, parenttype: str | None, user: str) -> set[int]:
		levels = set(self.get_permlevel_access(permission_type, parenttype, user=user))
		if 0 not in levels and permission_type == "read" and self._is_shared_with(user):
			levels.add(0)
		return levels

	def _is_shared_with(self, user: str) -> bool:
		from frappe.share import get_shared

		return bool(get_shared(self.name, user, rights=["read"], limit=1))

	def hidden_fields(self, user: str, parenttype: str | None = None) -> frozenset[str]:
		"""Return the fields above permission level 0 that a user may not read."""
		if not self._has_permlevels or user == "Administrator":
			return frozenset()
		levels: Any = set(self.get_permlevel_access("read", parenttype, user=user))
		return frozenset(df.fieldname for df in self._high_permlevel_fields if df.permlevel not in levels)
