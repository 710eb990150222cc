from __future__ import annotations

import frappe
from frappe.model.document import Document


class CustomRole(Document):
	"""Roles an admin gives a page or a report in place of its own."""

	def validate(self) -> None:
		if self.report and not self.ref_doctype:
			self.ref_doctype = frappe.db.get_value("Report", self.report, "ref_doctype")

	def on_update(self) -> None:
		frappe.clear_cache()


def get_custom_allowed_roles(field: str, name: str) -> list[str]:
	"""Return the roles an admin gave a page or a report.

	Args:
		field: "page" or "report".
		name: of the page or the report.
	"""
	custom = frappe.db.get_value("Custom Role", {field: name})
	return (
		frappe.get_all("Has Role", {"parent": custom, "parenttype": "Custom Role"}, pluck="role")
		if custom
		else []
	)
