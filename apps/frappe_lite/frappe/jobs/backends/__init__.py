"""Back ends of the queue. All offer the same interface; which one a site uses follows from its
configuration."""

from __future__ import annotations

from typing import Any, Protocol

import frappe
from frappe.jobs.job import Job


class Backend(Protocol):
	"""What a back end offers to those who enqueue and look."""

	def add(self, job: Job, after_commit: bool = False) -> Any:
		"""Take a job; with `after_commit` it exists only if the transaction of the caller is committed."""

	def find(self, job_id: str) -> Job | None:
		"""Return the unfinished job of this site with the caller's id."""

	def list(self, queue: str | None = None) -> list[Job]:
		"""Return the unfinished jobs of this site."""


def get_backend() -> Backend:
	"""Return the back end of the site of the context.

	`frappe.flags.jobs_run_at_once` (tests) runs jobs inside the call; `redis_queue` in the site's
	configuration hands them to RQ; otherwise they are rows of the site's own database.
	"""
	if frappe.flags.jobs_run_at_once:
		from frappe.jobs.backends.immediate import ImmediateBackend

		return ImmediateBackend()
	if uses_redis():
		from frappe.jobs.backends.rq import RQBackend

		return RQBackend()
	from frappe.jobs.backends.table import TableBackend

	return TableBackend()


def uses_redis() -> bool:
	"""Tell whether the site of the context hands its jobs to RQ."""
	return bool(frappe.conf.redis_queue)
