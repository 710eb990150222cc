"""What records that take over a sheet have in common: checked first, then taken over in the background."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from crisis_intervention.records.private_files import keep_private

NEW, CHECKED, RUNNING, DONE, FAILED = "New", "Checked", "Running", "Done", "Failed"
# A worker that was killed leaves its import running; after this time it may be started again.
GIVEN_UP_AFTER = timedelta(minutes=10)
LONGEST_RUN = 1500
NAMED = 500
HANDLING = (
	"status",
	"progress",
	"total",
	"good",
	"bad",
	"started_at",
	"finished_at",
	"imported_by",
	"problems",
)


class SheetImport:
	"""A record with a private sheet (Attach `sheet`), its problems, and the numbers of its check.

	A controller names its `job`, the `numbers` it counts besides, and reads the sheet in `examine_sheet`.
	"""

	job = ""
	numbers: tuple[str, ...] = ()

	def keep_handling(self) -> None:
		"""Numbers and state come from the sheet and the job, never from the client."""
		if self.flags.from_check:
			return
		before = self.get_doc_before_save()
		for fieldname in (*HANDLING, *self.numbers):
			self.set(fieldname, before.get(fieldname) if before else None)
		if not before or before.sheet != self.sheet:
			self.status, self.progress = NEW, 0
			self.set("problems", [])

	def refuse_other_sheet_while_running(self) -> None:
		"""The sheet of a running import stays."""
		before = self.get_doc_before_save()
		if before and before.status == RUNNING and before.sheet != self.sheet:
			frappe.throw(_("This sheet is being taken over. Wait until it is done."))

	def keep_sheet_private(self) -> None:
		"""People name files after classes and students: the sheet gets the code of its import."""
		if self.sheet:
			keep_private(self, "sheet")

	def get_sheet(self) -> Any:
		"""Return the File document of the sheet.

		:raises frappe.ValidationError: when there is none
		"""
		where = {
			"file_url": self.sheet,
			"attached_to_doctype": self.doctype,
			"attached_to_name": self.name,
		}
		name = frappe.db.get_value("File", where, "name")
		return frappe.get_doc("File", name) if name else frappe.throw(_("Attach the file first."))

	def check(self, numbers: dict[str, int], problems: Iterable[tuple[int, str]]) -> dict[str, int]:
		"""Note what a sheet holds; nothing of it is taken over.

		:param numbers: fieldnames and numbers
		:param problems: row numbers and what is wrong with each
		:returns: the numbers
		"""
		self.refuse_while_running()
		self.update({"status": CHECKED, "progress": 0, **numbers})
		self.set("problems", [])
		listed = list(problems)
		for row, problem in listed[:NAMED]:
			self.append("problems", {"row_number": row, "problem": problem})
		if len(listed) > NAMED:
			more = _("{0} more problems are not listed.").format(len(listed) - NAMED)
			self.append("problems", {"row_number": 0, "problem": more})
		self.flags.from_check = True
		self.save()
		return numbers

	def start(self) -> str:
		"""Take the sheet over in the background; doing it again with the same sheet changes nothing.

		:returns: the status
		:raises frappe.ValidationError: before the check, or while it runs
		"""
		self.refuse_while_running()
		if self.status == NEW:
			frappe.throw(_("Check the sheet first."))
		self.db_set(
			{
				"status": RUNNING,
				"progress": 0,
				"started_at": now_datetime(),
				"imported_by": frappe.session.user,
			}
		)
		frappe.enqueue(
			self.job,
			queue="long",
			timeout=LONGEST_RUN,
			job_id=f"{frappe.scrub(self.doctype)}-{self.name}",
			enqueue_after_commit=True,
			name=self.name,
		)
		return self.status

	def refuse_while_running(self) -> None:
		"""One run at a time; one that was given up may be started again."""
		started = self.started_at
		if self.status == RUNNING and started and started > now_datetime() - GIVEN_UP_AFTER:
			frappe.throw(_("This sheet is being taken over. Wait until it is done."))


def run_safely(doctype: str, name: str, take_over: Callable[[str], Any]) -> None:
	"""Run the job of an import; what fails is logged by code only, a traceback would carry names.

	:param take_over: does the work for a code
	"""
	try:
		take_over(name)
	except Exception as error:
		_undo()
		frappe.log_error(title=f"{doctype} {name} failed", message=f"{type(error).__name__} in {name}")
		finish(doctype, name, FAILED)


def finish(doctype: str, name: str, status: str, **numbers: int) -> None:
	"""Note how an import ended, with its numbers."""
	values = {"status": status, "finished_at": now_datetime(), **numbers}
	if status == DONE:
		values["progress"] = 100
	frappe.db.set_value(doctype, name, values, update_modified=False)
	keep_part()


def report_progress(doctype: str, name: str, done: int, total: int) -> None:
	"""Show progress to whoever waits; what is done is committed, so that others can write meanwhile."""
	percent = round(100 * done / total, 1) if total else 100
	frappe.db.set_value(doctype, name, {"progress": percent}, update_modified=False)
	keep_part()
	frappe.publish_progress(percent, title=_(doctype), doctype=doctype, docname=name)


def keep_part() -> None:
	"""Commit a part of a long job, except in tests, which undo what they wrote."""
	if not frappe.flags.in_test:
		frappe.db.commit()


def _undo() -> None:
	if not frappe.flags.in_test:
		frappe.db.rollback()
