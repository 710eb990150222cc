import frappe
from frappe.model.document import Document


class CustomDocPerm(Document):
	"""A right an admin changed; where a DocType has any, its own rows do not count."""

	def on_update(self):
		frappe.clear_cache(doctype=self.parent)

	def on_trash(self):
		frappe.clear_cache(doctype=self.parent)
