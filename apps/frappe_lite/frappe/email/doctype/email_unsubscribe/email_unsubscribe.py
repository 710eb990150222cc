from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document


class EmailUnsubscribe(Document):
	def validate(self):
		if not self.global_unsubscribe and not (self.reference_doctype and self.reference_name):
			frappe.throw(_("Reference DocType and Reference Name are required"), frappe.MandatoryError)
		self.refuse_double()

	def refuse_double(self):
		"""One row for an address and document is enough."""
		filters = {
			"email": self.email,
			"global_unsubscribe": self.global_unsubscribe or 0,
			"reference_doctype": self.reference_doctype,
			"reference_name": self.reference_name,
			"name": ("!=", self.name),
		}
		if frappe.db.exists(
			"Email Unsubscribe", {key: value for key, value in filters.items() if value is not None}
		):
			frappe.throw(_("{0} already unsubscribed").format(self.email), frappe.DuplicateEntryError)
