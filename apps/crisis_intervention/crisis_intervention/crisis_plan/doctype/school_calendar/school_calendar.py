import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.crisis_plan.clocks import site
from crisis_intervention.crisis_plan.clocks.importing import (
	NO_DATE,
	NO_OBJECT,
	NO_TYPE,
	REVERSED,
	UnreadableRows,
	rows_from,
)


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
		:raises frappe.ValidationError: naming every row that cannot be read; nothing is added then
		"""
		self.check_permission("write")
		known = {(str(row.date), row.day_type) for row in self.days}
		rows = [row for row in _read(content) if (row["date"], row["day_type"]) not in known]
		self.extend("days", rows)
		self.save()
		return len(rows)


def _read(content: str) -> list[dict]:
	try:
		return rows_from(content or "")
	except UnreadableRows as error:
		lines = [_("Row {0}: {1}").format(number, _reason(fault)) for number, fault in error.faults]
		frappe.throw("<br>".join(lines), title=_("No day was added"))
	except ValueError:
		frappe.throw(_("This is neither a CSV nor a JSON list."), title=_("No day was added"))


def _reason(fault: str) -> str:
	return {
		NO_DATE: _("a date is missing or not written as 2026-10-01."),
		NO_TYPE: _("the type is unknown; write holiday, make-up workday or vacation."),
		REVERSED: _("the last day lies before the first."),
		NO_OBJECT: _("this is no object with date and type."),
	}[fault]
