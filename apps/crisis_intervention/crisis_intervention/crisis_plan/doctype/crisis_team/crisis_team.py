import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate


class CrisisTeam(Document):
	"""The standing crisis team of the school (art. 7 and 8)."""

	def validate(self) -> None:
		"""Check dates and deputies of the team and its members."""
		self.check_dates(self)
		for member in self.members:
			self.check_dates(member)
			if member.deputy and member.deputy == member.user:
				frappe.throw(_("Row {0}: nobody is his own deputy.").format(member.idx))

	def check_dates(self, row) -> None:
		"""Refuse a range that ends before it begins."""
		if row.from_date and row.to_date and getdate(row.to_date) < getdate(row.from_date):
			frappe.throw(_("The end date lies before the start date."))
