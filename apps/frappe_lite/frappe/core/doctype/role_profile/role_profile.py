"""Role Profile: a set of roles given together."""

from __future__ import annotations

import frappe
from frappe.model.document import Document


class RoleProfile(Document):
	"""A named set of roles."""

	def on_update(self) -> None:
		"""Give its users the changed roles."""
		if frappe.flags.in_install:
			return
		for name in frappe.get_all("User", filters={"role_profile_name": self.name}, pluck="name"):
			user = frappe.get_doc("User", name)
			user.flags.ignore_permissions = True
			user.save()
