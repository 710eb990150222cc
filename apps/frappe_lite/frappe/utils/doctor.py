"""What `bench doctor` looks at: the site's database, queue, scheduler, mail and backups."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import frappe
from frappe.jobs.backends import uses_redis
from frappe.jobs.job import STARTED

HEARTBEAT_SECONDS = 300
STALE_BACKUP_DAYS = 7
Line = tuple[str, bool]


def report() -> Iterator[Line]:
	"""Yield (sentence, whether it is good) about the site of the context."""
	yield f"-----{frappe.local.site}-----", True
	for check in (_database, _scheduler, _heartbeat, _queue, _mail, _errors, _backups):
		yield check()


def _database() -> Line:
	if frappe.conf.db_type == "mariadb":
		return f"Database: MariaDB {frappe.db.sql('select version()')[0][0]}", True
	answer = frappe.db.sql("pragma quick_check")[0][0]
	return f"Database: SQLite, {answer}", answer == "ok"


def _scheduler() -> Line:
	if frappe.conf.maintenance_mode:
		return "Scheduler: off, the site is in maintenance mode", False
	if frappe.conf.pause_scheduler:
		return "Scheduler: paused", False
	enabled = bool(frappe.db.get_single_value("System Settings", "enable_scheduler"))
	return f"Scheduler: {'enabled' if enabled else 'disabled'}", enabled


def _heartbeat() -> Line:
	from frappe.jobs.scheduler import heartbeat

	beat = heartbeat()
	if not beat or not beat.heartbeat:
		return "Heartbeat: no scheduler has run on this site yet", False
	seconds = int(time.time() - beat.heartbeat)
	return f"Heartbeat: {seconds} s ago", seconds < HEARTBEAT_SECONDS


def _queue() -> Line:
	if uses_redis():
		return _rq_queue()
	counts = dict(frappe.db.sql("select `status`, count(*) from `__jobs` group by `status`"))
	text = ", ".join(f"{number} {status}" for status, number in sorted(counts.items())) or "empty"
	return f"Queue: {text}", not counts.get("failed")


def _rq_queue() -> Line:
	from frappe.jobs.backends.rq import RQBackend, count_workers, unreachable

	waiting = len(RQBackend().list())
	try:
		workers = count_workers()
	except unreachable():
		return f"Queue: Redis cannot be reached on {frappe.conf.redis_queue}, {waiting} jobs wait", False
	return f"Queue: {waiting} unfinished on Redis, {workers} workers", bool(workers)


def _mail() -> Line:
	failed = frappe.db.count("Email Queue", {"status": "Error"})
	waiting = frappe.db.count("Email Queue", {"status": "Not Sent"})
	return f"Mail: {waiting} waiting, {failed} failed", not failed


def _errors() -> Line:
	since = frappe.utils.add_days(frappe.utils.now_datetime(), -1)
	number = frappe.db.count("Error Log", {"creation": (">", since)})
	return f"Error Log: {number} in the last day", not number


def _backups() -> Line:
	from frappe.utils.backups import MANIFEST, get_backup_path

	folder = get_backup_path()
	names = [name for name in os.listdir(folder) if name.endswith(MANIFEST)] if os.path.isdir(folder) else []
	if not names:
		return "Backups: none yet", True
	newest = max(os.path.getmtime(os.path.join(folder, name)) for name in names)
	days = int((time.time() - newest) / 86400)
	return f"Backups: {len(names)}, the newest {days} days old", days < STALE_BACKUP_DAYS


def purge_pending_jobs(queue: str | None = None) -> int:
	"""Forget the jobs that wait.

	Args:
		queue: only those of this queue.

	Returns:
		how many there were.
	"""
	if uses_redis():
		from frappe.jobs.backends.rq import RQBackend

		return RQBackend().purge(queue)
	condition, values = ("and `queue` = %s", (queue,)) if queue else ("", ())
	number = frappe.db.sql(f"select count(*) from `__jobs` where `status` = 'queued' {condition}", values)[0][
		0
	]
	frappe.db.sql(f"delete from `__jobs` where `status` = 'queued' {condition}", values)
	return number


def count_running_jobs() -> int:
	"""Return how many jobs of the site are running."""
	if uses_redis():
		from frappe.jobs.backends.rq import RQBackend

		return sum(job.status == STARTED for job in RQBackend().list())
	return frappe.db.sql("select count(*) from `__jobs` where `status` = 'started'")[0][0]
