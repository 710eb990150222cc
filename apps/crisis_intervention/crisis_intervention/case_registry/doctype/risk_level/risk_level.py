import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint


class RiskLevel(Document):
	"""A level of response."""

	def validate(self):
		self.check_severity()

	def on_trash(self):
		if frappe.db.exists("Level Change", {"to_level": self.name}):
			frappe.throw(_("This level stands on cases. Take it out of use instead."))

	def check_severity(self):
		"""Two levels in use are never equally severe, or lowering could not be told from raising."""
		filters = {"severity": cint(self.severity), "enabled": 1, "name": ["!=", self.name]}
		if self.enabled and frappe.db.exists("Risk Level", filters):
			frappe.throw(_("Another level in use has the same severity."))
