"""Has Role: a role of a user, page or report."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.permissions.roles import forget_access


class HasRole(Document):
	"""A role of a user, page or report."""

	def before_insert(self) -> None:
		"""Refuse the same role twice."""
		if frappe.db.exists(
			"Has Role", {"parent": self.parent, "role": self.role, "name": ("!=", self.name or "")}
		):
			frappe.throw(frappe._("User '{0}' already has the role '{1}'").format(self.parent, self.role))

	def on_update(self) -> None:
		"""Let the role take effect."""
		forget_access()

	def on_trash(self) -> None:
		"""Let the loss of the role take effect."""
		forget_access()
