"""Worker threads: each takes one job after the other, a watch renews leases and ends what takes too long.

A job that ignores its end (it hangs in a system call) is recorded as failed and its thread is given up and
replaced, so
one stuck job never holds up the others. What such a thread does later leaves no trace: its lease is gone.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.jobs.backends.table import TableBackend
from frappe.jobs.errors import JobTimeout
from frappe.jobs.job import Job
from frappe.jobs.owner import new_owner
from frappe.jobs.runner import run_claimed, site_context
from frappe.jobs.wake import rings, wait_for_ring, wake_workers

LEASE_SECONDS = 30.0
WATCH_SECONDS = 1.0
GRACE_SECONDS = 5.0
POLL_SECONDS = 1.0
# The first thread serves only what must not wait; the last one looks at the long queue first.
DEFAULT_LANES = (("short",), ("default", "short"), ("long", "default", "short"))


@dataclass
class Running:
	"""A job under way; `deadline` in seconds of the monotonic clock."""

	job: Job
	thread_id: int
	deadline: float
	renewed: float
	told: bool = False


class WorkerPool:
	"""Threads that work off the queues of some sites in this process."""

	def __init__(
		self,
		sites: Sequence[str],
		sites_path: str = ".",
		lanes: Sequence[Sequence[str]] = DEFAULT_LANES,
		poll_seconds: float = POLL_SECONDS,
		lease_seconds: float = LEASE_SECONDS,
	) -> None:
		self.sites = list(sites)
		self.sites_path = sites_path
		self.lanes = lanes
		self.poll_seconds = poll_seconds
		self.lease_seconds = lease_seconds
		self.stopping = threading.Event()
		self._running: dict[int, Running] = {}
		self._threads: dict[threading.Thread, Sequence[str]] = {}

	def start(self) -> None:
		"""Put back what dead processes held and start the threads."""
		for site in self.sites:
			with site_context(site, self.sites_path):
				TableBackend().release_dead()
		for lane in self.lanes:
			self._start_lane(lane)
		watch = threading.Thread(target=self._watch, name="job-watch", daemon=True)
		watch.start()

	def _start_lane(self, lane: Sequence[str]) -> None:
		thread = threading.Thread(target=self._work, args=(lane,), name=f"worker-{lane[0]}", daemon=True)
		self._threads[thread] = lane
		thread.start()

	def stop(self, seconds: float = 10.0) -> bool:
		"""Take no more jobs and wait for those under way.

		Returns whether all of them ended within `seconds`; the others run again after their lease.
		"""
		self.stopping.set()
		wake_workers()
		deadline = time.monotonic() + seconds
		for thread in list(self._threads):
			thread.join(max(0.0, deadline - time.monotonic()))
		return not any(thread.is_alive() for thread in self._threads)

	# ---- one thread
	def _work(self, lane: Sequence[str]) -> None:
		me = threading.get_ident()
		while not self.stopping.is_set() and threading.current_thread() in self._threads:
			seen = rings()
			try:
				worked = self._work_once(lane, me)
			except JobTimeout:
				continue
			except Exception:
				_log_trouble()
				worked = False
			if not worked and not self.stopping.is_set():
				wait_for_ring(seen, self.poll_seconds)

	def _work_once(self, lane: Sequence[str], me: int) -> bool:
		worked = False
		for site in self.sites:
			job = self._claim(site, lane)
			if job:
				worked = True
				self._run(job, me)
		return worked

	def _claim(self, site: str, lane: Sequence[str]) -> Job | None:
		with site_context(site, self.sites_path):
			if frappe.conf.maintenance_mode or frappe.conf.pause_jobs:
				return None
			return TableBackend().claim(lane, new_owner(), self.lease_seconds)

	def _run(self, job: Job, me: int) -> None:
		now = time.monotonic()
		self._running[me] = Running(job, me, now + job.timeout, now)
		try:
			run_claimed(job, self.sites_path)
		finally:
			self._running.pop(me, None)

	# ---- the watch
	def _watch(self) -> None:
		while not self.stopping.wait(WATCH_SECONDS) or self._running:
			for running in list(self._running.values()):
				try:
					self._look_after(running)
				except Exception:
					_log_trouble()
			if self.stopping.is_set():
				time.sleep(WATCH_SECONDS)

	def _look_after(self, running: Running) -> None:
		now = time.monotonic()
		if now > running.deadline + GRACE_SECONDS:
			self._give_up(running)
		elif now > running.deadline:
			self._tell(running)
		elif now - running.renewed > self.lease_seconds / 3:
			with site_context(running.job.site, self.sites_path):
				TableBackend().renew(running.job.id, running.job.lease_owner, self.lease_seconds)
			running.renewed = now

	def _tell(self, running: Running) -> None:
		if not running.told and self._running.get(running.thread_id) is running:
			running.told = True
			ctypes.pythonapi.PyThreadState_SetAsyncExc(
				ctypes.c_ulong(running.thread_id), ctypes.py_object(JobTimeout)
			)

	def _give_up(self, running: Running) -> None:
		if self._running.pop(running.thread_id, None) is not running:
			return
		job = running.job
		stuck = next(thread for thread in self._threads if thread.ident == running.thread_id)
		self._start_lane(self._threads.pop(stuck))
		with site_context(job.site, self.sites_path):
			if TableBackend().fail(job.id, job.lease_owner, "JobTimeout"):
				frappe.log_error(title=f"Job failed: {job.method}", message=f"JobTimeout\njob {job.id}")
			frappe.db.commit()


def _log_trouble() -> None:
	import logging

	logging.getLogger("frappe.jobs").exception("A worker could not take or record a job; it goes on.")


def work_off(site: str, sites_path: str = ".", queues: Sequence[str] = ("short", "default", "long")) -> int:
	"""Run what waits now in this thread and return how many jobs ran (`bench worker --burst`, tests)."""
	count = 0
	while True:
		with site_context(site, sites_path):
			job: Any = TableBackend().claim(queues, new_owner(), LEASE_SECONDS)
		if not job:
			return count
		run_claimed(job, sites_path)
		count += 1
