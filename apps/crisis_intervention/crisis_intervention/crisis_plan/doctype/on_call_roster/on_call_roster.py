import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime


class OncallRoster(Document):
	"""A slot of the on-call roster (art. 5)."""

	def validate(self) -> None:
		"""Check the hours and the person of the slot."""
		if not self.from_time or not self.to_time:
			return
		if get_datetime(self.to_time) <= get_datetime(self.from_time):
			frappe.throw(_("The slot must end after it begins."))
		if self.user and not frappe.db.get_value("User", self.user, "enabled"):
			frappe.throw(_("This person's account is disabled."))
