import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.early_warning.screening import importing
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.sheet_import import SheetImport


class ScreeningImport(SheetImport, Lasting, ReadLogged, Document):
	"""A sheet of screening scores, checked and then taken over in the background."""

	job = "crisis_intervention.early_warning.screening.importing.run"
	numbers = ("critical", "added", "updated", "unchanged")

	def autoname(self):
		self.name = new_code("Screening Import", "SI", 6, getdate().year)

	def validate(self):
		self.keep_handling()
		self.check_campaign()
		self.refuse_other_sheet_while_running()

	def on_update(self):
		self.keep_sheet_private()

	def check_campaign(self):
		if self.campaign and self.is_new():
			importing.instrument_of_campaign(self.campaign)

	@frappe.whitelist(methods=["POST"])
	def check_sheet(self) -> dict:
		"""Read the sheet, count what it holds and name every bad row; no result is written.

		:returns: numbers of rows: `total`, `good`, `bad`, `critical`, `added`, `updated`, `unchanged`
		"""
		self.check_permission("write")
		found = importing.examination_of(self)
		return self.check(found.numbers(), ((problem.row, problem.message) for problem in found.problems))

	@frappe.whitelist(methods=["POST"])
	def take_over(self) -> str:
		"""Store the good rows in the background; doing it again with the same sheet changes nothing.

		:returns: the status
		"""
		self.check_permission("write")
		frappe.has_permission("Screening Result", "create", throw=True)
		importing.instrument_of_campaign(self.campaign)
		return self.start()
