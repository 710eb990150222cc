import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.crisis_plan.clocks import site
from crisis_intervention.crisis_plan.clocks.importing import rows_from


class SchoolCalendar(Document):
	"""The school calendar that the routine clock counts on."""

	def validate(self) -> None:
		"""Check ranges and hours by building the calendar that the clocks will use."""
		if not self.from_date or not self.to_date:
			return
		if getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The end date lies before the start date."))
		self.check_rows()

	def check_rows(self) -> None:
		"""Refuse rows that make no sense."""
		try:
			site.calendar_from(self)
		except ValueError as error:
			frappe.throw(_("The calendar cannot be used: {0}").format(str(error)))

	def on_update(self) -> None:
		"""Let the clocks see the new calendar at once."""
		site.clear()

	def on_trash(self) -> None:
		"""Keep the calendar that is in use."""
		if frappe.db.get_single_value("Crisis Settings", "school_calendar") == self.name:
			frappe.throw(_("This calendar is in use."))
		site.clear()

	@frappe.whitelist()
	def import_days(self, content: str) -> int:
		"""Add days from a CSV or JSON list; days already there are left as they are.

		:param content: CSV with the columns date, type, to date, name, or a JSON list of such objects
		:returns: how many days were added
		"""
		self.check_permission("write")
		known = {(str(row.date), row.day_type) for row in self.days}
		rows = [row for row in rows_from(content) if (row["date"], row["day_type"]) not in known]
		self.extend("days", rows)
		self.save()
		return len(rows)
