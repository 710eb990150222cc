from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from crisis_intervention.access.reading import ReadLogged
from crisis_intervention.early_warning.screening import importing
from crisis_intervention.records.codes import new_code
from crisis_intervention.records.lasting import Lasting
from crisis_intervention.records.private_files import keep_private

JOB = "crisis_intervention.early_warning.screening.importing.run"
# A worker that was killed leaves its import running; after this time it may be started again.
GIVEN_UP_AFTER = timedelta(minutes=10)
HANDLED = (
	"status",
	"progress",
	"total",
	"good",
	"bad",
	"critical",
	"added",
	"updated",
	"unchanged",
	"started_at",
	"finished_at",
	"imported_by",
	"problems",
)


class ScreeningImport(Lasting, ReadLogged, Document):
	"""A sheet of screening scores, checked and then taken over in the background."""

	def autoname(self):
		self.name = new_code("Screening Import", "SI", 6, getdate().year)

	def validate(self):
		self.keep_handling()
		self.check_campaign()
		self.check_running()

	def on_update(self):
		self.keep_sheet_private()

	def keep_handling(self):
		"""Numbers and state come from the sheet and the job, never from the client."""
		if self.flags.from_check:
			return
		before = self.get_doc_before_save()
		for fieldname in HANDLED:
			self.set(fieldname, before.get(fieldname) if before else None)
		if not before or before.sheet != self.sheet:
			self.status, self.progress = "New", 0
			self.set("problems", [])

	def check_campaign(self):
		if self.campaign and self.is_new():
			importing.instrument_of_campaign(self.campaign)

	def check_running(self):
		before = self.get_doc_before_save()
		if before and before.status == "Running" and before.sheet != self.sheet:
			frappe.throw(_("This sheet is being taken over. Wait until it is done."))

	def keep_sheet_private(self):
		if self.sheet:
			keep_private(self, "sheet")

	def get_sheet(self):
		"""Return the File document of the sheet."""
		name = frappe.db.get_value(
			"File",
			{"file_url": self.sheet, "attached_to_doctype": self.doctype, "attached_to_name": self.name},
			"name",
		)
		return frappe.get_doc("File", name) if name else frappe.throw(_("Attach the file first."))

	@frappe.whitelist(methods=["POST"])
	def check_sheet(self) -> dict:
		"""Read the sheet, count what it holds and name every bad row; no result is written.

		:returns: numbers of `total`, `good`, `bad` and `critical` rows
		"""
		self.check_permission("write")
		self.refuse_while_running()
		importing.check(self, self.get_sheet())
		self.flags.from_check = True
		self.save()
		return {key: self.get(key) for key in ("total", "good", "bad", "critical")}

	@frappe.whitelist(methods=["POST"])
	def take_over(self) -> str:
		"""Store the good rows in the background; doing it again with the same sheet changes nothing.

		:returns: the status
		"""
		self.check_permission("write")
		frappe.has_permission("Screening Result", "create", throw=True)
		self.refuse_while_running()
		if self.status == "New":
			frappe.throw(_("Check the sheet first."))
		importing.instrument_of_campaign(self.campaign)
		self.db_set(
			{
				"status": "Running",
				"progress": 0,
				"started_at": now_datetime(),
				"imported_by": frappe.session.user,
			}
		)
		frappe.enqueue(
			JOB,
			queue="long",
			timeout=1500,
			job_id=f"screening-import-{self.name}",
			enqueue_after_commit=True,
			name=self.name,
		)
		return self.status

	def refuse_while_running(self):
		started = self.started_at
		if self.status == "Running" and started and started > now_datetime() - GIVEN_UP_AFTER:
			frappe.throw(_("This sheet is being taken over. Wait until it is done."))
