from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from crisis_intervention.crisis_plan.people.on_call import uncovered


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
		self.next_week_covered = int(not self.gaps_of_next_week())

	def gaps_of_next_week(self) -> dict:
		"""Return when nobody would be on call next week, this slot included; what proves 05-ROSTER."""
		today = get_datetime(getdate())
		monday = today + timedelta(days=7 - today.weekday())
		return uncovered(monday, monday + timedelta(days=7), self)
