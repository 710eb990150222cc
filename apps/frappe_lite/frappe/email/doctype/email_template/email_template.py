from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document


class EmailTemplate(Document):
	@property
	def response_(self) -> str:
		"""The body, from whichever field the template uses."""
		return self.response_html if self.use_html else self.response

	def validate(self):
		from frappe.utils.jinja import validate_template

		validate_template(self.subject)
		validate_template(self.response_ or "")

	def get_formatted_email(self, doc: Any) -> dict[str, str]:
		"""Return {"subject", "message"} with the values of a document, given as a dict or its JSON."""
		values = frappe.parse_json(doc) if isinstance(doc, str) else doc
		return {
			"subject": frappe.render_template(self.subject, values),
			"message": frappe.render_template(self.response_ or "", values),
		}


@frappe.whitelist()
def get_email_template(template_name: str, doc: Any) -> dict[str, str]:
	"""Return {"subject", "message"} of a template with the values of a document."""
	template = frappe.get_doc("Email Template", template_name)
	template.check_permission("read")
	return template.get_formatted_email(doc)
