from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document


class ClientScript(Document):
	"""A script an admin writes for a form or a list."""

	def validate(self) -> None:
		if not self.is_new():
			return
		if frappe.db.exists("Client Script", self.name):
			frappe.throw(_("Client Script {0} already exists").format(self.name), frappe.DuplicateEntryError)

	def on_update(self) -> None:
		frappe.clear_cache(doctype=self.dt)

	def on_trash(self) -> None:
		frappe.clear_cache(doctype=self.dt)
