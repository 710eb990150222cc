import frappe
from frappe import _
from frappe.model.document import Document


class ConcernCategory(Document):
	"""A category of students of concern."""

	def on_trash(self):
		if frappe.db.exists("Concern Category Item", {"category": self.name}):
			frappe.throw(_("This category stands on records. Take it out of use instead."))
