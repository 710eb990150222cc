import frappe
from frappe import _
from frappe.model.document import Document

from crisis_intervention.early_warning.screening.instruments import ITEM, ITEMS_ALLOWED


class ScreeningInstrument(Document):
	"""A questionnaire: its range and what its licence lets the school store."""

	def validate(self):
		self.check_range()
		self.check_licence()
		self.check_parts()

	def on_trash(self):
		if frappe.db.exists("Screening Campaign", {"instrument": self.name}):
			frappe.throw(_("Campaigns use this instrument. Take it out of use instead of deleting it."))

	def check_range(self):
		if (self.score_max or 0) < (self.score_min or 0):
			frappe.throw(_("The highest score lies below the lowest."))

	def check_licence(self):
		"""Items of a protected questionnaire are never stored."""
		if self.licence == ITEMS_ALLOWED:
			if not (self.licence_ground or "").strip():
				frappe.throw(_("Say on which ground single items may be stored."))
		elif any(row.kind == ITEM for row in self.parts or []):
			frappe.throw(_("The licence of this instrument lets scores be stored, no single items."))

	def check_parts(self):
		codes = [row.code for row in self.parts or []]
		doubled = sorted({code for code in codes if codes.count(code) > 1})
		if doubled:
			frappe.throw(_("The code {0} stands twice.").format(doubled[0]))
		for row in self.parts or []:
			if (row.maximum or 0) < (row.minimum or 0):
				frappe.throw(_("Row {0}: the highest value lies below the lowest.").format(row.idx))
