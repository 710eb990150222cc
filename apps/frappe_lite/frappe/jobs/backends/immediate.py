"""Jobs that run inside the call that enqueues them, in its transaction: for tests."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.jobs.job import FINISHED, Job


class ImmediateBackend:
	"""Runs every job at once; nothing ever waits."""

	def add(self, job: Job, after_commit: bool = False) -> Any:
		"""Run the job and return what its method answers; its errors reach the caller."""
		job.status = FINISHED
		return frappe.call(job.method, **job.kwargs)

	def find(self, job_id: str) -> Job | None:
		"""Return None, as nothing waits."""
		return None

	def list(self, queue: str | None = None) -> list[Job]:
		"""Return no jobs, as nothing waits."""
		return []
