import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate

from crisis_intervention.early_warning.roster import sheet
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.sheet_import import SheetImport
from crisis_intervention.records.spreadsheet import write_csv

FIRST_MONTH = 8


class RosterImport(SheetImport, Lasting, Document):
	"""A sheet of a school's students, checked and then taken over in the background."""

	job = "crisis_intervention.early_warning.roster.applying.run"
	numbers = ("added", "updated", "unchanged", "missing", "new_classes", "same_names")

	def autoname(self):
		self.name = new_code("Roster Import", "RI", 6, getdate().year)

	def validate(self):
		self.keep_handling()
		self.refuse_other_sheet_while_running()
		self.fill_year()

	def on_update(self):
		self.keep_sheet_private()

	def fill_year(self):
		today = getdate()
		self.year = cint(self.year) or (today.year if today.month >= FIRST_MONTH else today.year - 1)

	@frappe.whitelist(methods=["POST"])
	def check_sheet(self) -> dict:
		"""Read the sheet, count what it would do and name every row to look at; nothing is taken over.

		:returns: the numbers of the sheet
		"""
		self.check_permission("write")
		found = sheet.examine(self.get_sheet(), self.year)
		rows = sorted([*found.problems, *found.warnings], key=lambda problem: problem.row)
		return self.check(found.numbers(), ((problem.row, problem.message) for problem in rows))

	@frappe.whitelist(methods=["POST"])
	def take_over(self) -> str:
		"""Store the good rows in the background; doing it again with the same sheet changes nothing.

		:returns: the status
		"""
		self.check_permission("write")
		for doctype in ("School Class", "Student Profile"):
			frappe.has_permission(doctype, "create", throw=True)
		return self.start()


@frappe.whitelist()
def download_template() -> None:
	"""Answer an empty sheet with the columns that an import knows."""
	frappe.has_permission("Roster Import", "create", throw=True)
	heads = [column.synonyms[0] for column in sheet.columns()]
	frappe.response["filename"] = "roster-template.csv"
	frappe.response["filecontent"] = write_csv(heads, [])
	frappe.response["type"] = "download"
