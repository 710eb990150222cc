"""When a method of an app runs: from `scheduler_events`, or set by an administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

LONG_FREQUENCIES = ("Hourly Long", "Daily Long", "Weekly Long", "Monthly Long")
MAINTENANCE_FREQUENCIES = ("Hourly Maintenance", "Daily Maintenance")
CRON = {
	"Yearly": "0 0 1 1 *",
	"Annual": "0 0 1 1 *",
	"Monthly": "0 0 1 * *",
	"Monthly Long": "0 0 1 * *",
	"Weekly": "0 0 * * 0",
	"Weekly Long": "0 0 * * 0",
	"Daily": "0 0 * * *",
	"Daily Long": "0 0 * * *",
	"Daily Maintenance": "0 0 * * *",
	"Hourly": "0 * * * *",
	"Hourly Long": "0 * * * *",
	"Hourly Maintenance": "0 * * * *",
}


class ScheduledJobType(Document):
	def autoname(self):
		self.name = ".".join(self.method.split(".")[-2:])

	def validate(self):
		if self.frequency == "Cron":
			self.check_cron_format()
		else:
			self.cron_format = None
		if self.frequency != "All":
			self.create_log = 1
		self.next_execution = self.get_next_execution()

	def check_cron_format(self):
		from croniter import croniter

		if not self.cron_format:
			frappe.throw(_("Cron format is required for job types with Cron frequency."))
		if not croniter.is_valid(self.cron_format):
			frappe.throw(
				_("{0} is not a valid Cron expression.").format(f"<code>{self.cron_format}</code>"),
				title=_("Bad Cron Expression"),
			)

	def on_trash(self):
		frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": self.name})

	def get_cron(self) -> str:
		"""Return when the job runs as a cron expression."""
		if self.frequency == "All":
			from frappe.jobs.scheduler import tick_seconds

			return f"*/{max(1, tick_seconds() // 60)} * * * *"
		return CRON.get(self.frequency) or self.cron_format

	def get_next_execution(self) -> datetime:
		"""Return the first time after the last run, or after the type was made, at which the job is due."""
		from croniter import croniter

		last = get_datetime(self.last_execution or self.creation or now_datetime())
		return croniter(self.get_cron(), last).get_next(datetime)

	def is_event_due(self, current_time: datetime | None = None) -> bool:
		"""Tell whether the job should run now, or at `current_time`."""
		return self.get_next_execution() <= (current_time or now_datetime())

	@property
	def rq_job_id(self) -> str:
		"""The name under which the queue knows the job."""
		return f"scheduled_job::{self.method}"

	def is_job_in_queue(self) -> bool:
		"""Tell whether the job waits or runs already."""
		from frappe.utils.background_jobs import is_job_enqueued

		return is_job_enqueued(self.rq_job_id)

	def get_queue_name(self) -> str:
		"""Return the queue the job belongs to."""
		return "long" if self.frequency in (*LONG_FREQUENCIES, *MAINTENANCE_FREQUENCIES) else "default"

	def enqueue(self, force: bool = False) -> bool:
		"""Put the job into the queue when it is due, or with `force`; return whether it was put in.

		The row of the queue and the new last and next run are written in one transaction.
		"""
		if not force and not self.is_event_due():
			self.set_run_times(self.last_execution)
			return False
		if self.is_job_in_queue():
			return False
		frappe.enqueue(
			"frappe.core.doctype.scheduled_job_type.scheduled_job_type.run_scheduled_job",
			queue=self.get_queue_name(),
			job_name=self.method,
			job_id=self.rq_job_id,
			job_type=self.method,
			enqueue_after_commit=True,
		)
		self.set_run_times(now_datetime())
		return True

	def set_run_times(self, last_execution: Any) -> None:
		"""Keep the last run and the next one that follows from it."""
		self.last_execution = last_execution
		next_execution = self.get_next_execution()
		self.next_execution = next_execution
		frappe.db.set_value(
			"Scheduled Job Type",
			self.name,
			{"last_execution": last_execution, "next_execution": next_execution},
			update_modified=False,
		)

	def execute(self) -> None:
		"""Run the job's method and log how it went; a failure is logged in codes and raised."""
		try:
			if self.server_script:
				frappe.get_doc("Server Script", self.server_script).execute_scheduled_method()
			else:
				frappe.get_attr(self.method)()
		except Exception as error:
			self.log_failure(error)
			raise
		if self.create_log:
			self.write_log("Complete")

	def log_failure(self, error: Exception) -> None:
		"""Record a failed run in a transaction of its own; what the run wrote is undone."""
		from frappe.jobs.errors import error_code

		frappe.db.rollback()
		self.write_log("Failed", error_code(error))
		if not frappe.flags.in_test:
			frappe.db.commit()

	def write_log(self, status: str, details: str | None = None) -> None:
		"""Write a Scheduled Job Log; `details` in codes only."""
		frappe.get_doc(
			doctype="Scheduled Job Log", scheduled_job_type=self.name, status=status, details=details
		).insert(ignore_permissions=True)


def run_scheduled_job(scheduled_job_type: str | None = None, job_type: str | None = None) -> None:
	"""Run the job of a method; what the queue calls.

	Args:
		scheduled_job_type, job_type: dotted path of the method; two names, as Frappe's versions differ.
	"""
	method = job_type or scheduled_job_type
	frappe.get_doc("Scheduled Job Type", {"method": method}).execute()


@frappe.whitelist()
def execute_event(doc: str) -> dict[str, Any]:
	"""Put a Scheduled Job Type into the queue now (System Manager only).

	Args:
		doc: the document, or its JSON with a name.
	"""
	frappe.only_for("System Manager")
	values = frappe.parse_json(doc)
	job_type = frappe.get_doc("Scheduled Job Type", values["name"])
	job_type.enqueue(force=True)
	return job_type.as_dict()


def sync_jobs(hooks: dict | None = None) -> None:
	"""Make the Scheduled Job Types what the apps' `scheduler_events` say.

	What an administrator stopped stays stopped; types whose event is gone are deleted, those of server
	scripts stay.

	Args:
		hooks: events to use instead of the installed apps'.
	"""
	from frappe.jobs.events import scheduled_events

	events = scheduled_events(hooks if hooks is not None else frappe.get_hooks("scheduler_events"))
	known = {
		row.method: row
		for row in frappe.get_all(
			"Scheduled Job Type", fields=["name", "method", "frequency", "cron_format", "server_script"]
		)
	}
	for method, (frequency, cron_format) in events.items():
		_sync_event(known.get(method), method, frequency, cron_format)
	for method, row in known.items():
		if method not in events and not row.server_script:
			frappe.delete_doc("Scheduled Job Type", row.name, ignore_permissions=True, force=True)


def _sync_event(row: Any, method: str, frequency: str, cron_format: str | None) -> None:
	if row is None:
		frappe.get_doc(
			doctype="Scheduled Job Type", method=method, frequency=frequency, cron_format=cron_format
		).insert(ignore_permissions=True)
	elif (row.frequency, row.cron_format or None) != (frequency, cron_format):
		doc = frappe.get_doc("Scheduled Job Type", row.name)
		doc.update({"frequency": frequency, "cron_format": cron_format})
		doc.save(ignore_permissions=True)
