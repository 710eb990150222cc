"""The scheduler: one per site puts due Scheduled Job Types into the queue, tick by tick."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Any

import frappe
from frappe.jobs import lease
from frappe.jobs.backends import uses_redis
from frappe.jobs.owner import new_owner
from frappe.jobs.runner import site_context

LEASE_NAME = "scheduler"
DEFAULT_TICK_SECONDS = 60
TRIM_EVERY_TICKS = 60


class Scheduler:
	"""The ticking thread of a process. Of all processes of a site, the one holding the lease works; the
	others wait."""

	def __init__(
		self, sites: Sequence[str], sites_path: str = ".", tick_seconds: float | None = None
	) -> None:
		self.sites = list(sites)
		self.sites_path = sites_path
		self.tick_seconds = tick_seconds
		self.stopping = threading.Event()
		self.owner = ""
		self._thread: threading.Thread | None = None

	def start(self) -> None:
		"""Start the ticking thread; its first tick, which catches up what was missed, is at once."""
		self._thread = threading.Thread(target=self.run, name="scheduler", daemon=True)
		self._thread.start()

	def stop(self, seconds: float = 5.0) -> None:
		"""End the thread and give the lease back."""
		self.stopping.set()
		if self._thread:
			self._thread.join(seconds)

	def run(self) -> None:
		"""Tick until stopped (also the body of `bench schedule`)."""
		self.owner = new_owner()
		while True:
			pause = min((self._tick(site) for site in self.sites), default=DEFAULT_TICK_SECONDS)
			if self.stopping.wait(pause):
				break
		for site in self.sites:
			with site_context(site, self.sites_path):
				lease.give_back(LEASE_NAME, self.owner)

	def _tick(self, site: str) -> float:
		try:
			with site_context(site, self.sites_path):
				seconds = self.tick_seconds or tick_seconds()
				if lease.take(LEASE_NAME, self.owner, seconds * 2.5):
					enqueue_due_jobs()
				return seconds
		except Exception:
			logging.getLogger("frappe.jobs").exception("A tick of the scheduler failed; it goes on.")
			return self.tick_seconds or DEFAULT_TICK_SECONDS


def tick_seconds() -> int:
	"""Return the seconds between two ticks of the site of the context."""
	return int(frappe.conf.scheduler_tick_interval or DEFAULT_TICK_SECONDS)


def enqueue_due_jobs() -> list[str]:
	"""Put every due Scheduled Job Type of the site into the queue and commit; return their methods.

	What was due several times while nothing ran is put in once.
	"""
	from frappe.utils.scheduler import is_scheduler_inactive

	if not _is_queue_there() or is_scheduler_inactive(verbose=False):
		return []
	enqueued = []
	for name in _due_names():
		try:
			job_type = frappe.get_doc("Scheduled Job Type", name)
			if job_type.enqueue():
				enqueued.append(job_type.method)
			frappe.db.commit()
		except Exception as error:
			_leave_out(name, error)
	return enqueued


def _is_queue_there() -> bool:
	if not uses_redis():
		return True
	from frappe.jobs.backends.rq import RQBackend

	return RQBackend().hand_over()


def _due_names() -> list[str]:
	return frappe.db.sql_list(
		"""select `name` from `tabScheduled Job Type` where `stopped` = 0
		and (`next_execution` is null or `next_execution` <= %s) order by `next_execution`""",
		frappe.utils.now_datetime(),
	)


def _leave_out(name: str, error: Exception) -> None:
	from frappe.jobs.errors import error_code

	frappe.db.rollback()
	frappe.log_error(title=f"Scheduled job not started: {name}", message=error_code(error))
	frappe.db.commit()


def heartbeat() -> Any:
	"""Return {owner, until, heartbeat} of the site's scheduler in seconds since 1970; None when none ever
	ran."""
	return lease.read(LEASE_NAME)
