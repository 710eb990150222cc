from __future__ import annotations

import frappe
from frappe import _
from frappe.email.addresses import check_address
from frappe.model.document import Document


class EmailAccount(Document):
	def autoname(self):
		"""An account without a name is called by its address."""
		if not self.email_account_name:
			self.email_account_name = (
				(self.email_id or "").partition("@")[0].replace("_", " ").replace(".", " ").title()
			)
		self.name = self.email_account_name

	def validate(self):
		if self.email_id:
			check_address(self.email_id)
		if self.enable_outgoing and not self.smtp_server:
			frappe.throw(_("{0} is required").format(_("Outgoing Server")))
		if self.use_tls and self.use_ssl_for_outgoing:
			frappe.throw(_("Choose either TLS or SSL, not both"))

	def on_update(self):
		self.keep_one_default()
		if self.enable_outgoing:
			from frappe.email.send import enqueue_flush

			enqueue_flush()

	def keep_one_default(self):
		"""Another account that was the default one is no longer."""
		for fieldname in ("default_outgoing", "default_incoming"):
			if self.get(fieldname):
				for name in frappe.get_all(
					"Email Account", {fieldname: 1, "name": ("!=", self.name)}, pluck="name"
				):
					frappe.db.set_value("Email Account", name, fieldname, 0)
