import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.crisis_plan.clocks import site
from crisis_intervention.crisis_plan.rules import cache


class CrisisSettings(Document):
	"""Units, mail rules, ladder defaults and the calendar in use."""

	def validate(self) -> None:
		"""Fill the time zone from the site and check what the engine relies on."""
		self.time_zone = frappe.db.get_single_value("System Settings", "time_zone") or self.time_zone
		if self.link_valid_hours is not None and not 1 <= int(self.link_valid_hours) <= 7 * 24:
			frappe.throw(_("An acknowledge link is valid for one hour to seven days."))
		if not any((self.email_enabled, self.desk_enabled, self.webhook_enabled)):
			frappe.throw(_("At least one channel must stay on."))
		self.check_urgent_ladder()

	def check_urgent_ladder(self) -> None:
		"""Keep the invariant that urgent duties repeat up the ladder until acknowledged."""
		if not any(row.repeat_minutes for row in self.urgent_ladder):
			frappe.throw(_("The ladder of urgent duties must repeat until somebody acknowledges."))

	def on_update(self) -> None:
		"""Let rules and clocks see the new settings at once."""
		cache.clear()
		site.clear()
