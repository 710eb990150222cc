import frappe
from frappe import _
from frappe.model.document import Document


class WarningSignal(Document):
	"""A signal of the plan's three families."""

	def on_trash(self):
		if frappe.db.exists("Warning Report Signal", {"signal": self.name}):
			frappe.throw(_("This signal stands on reports. Take it out of use instead."))
