"""Jobs as rows of the site's database.

A row is written in the transaction of the caller, so a job exists exactly when what it follows was committed.
A worker
holds a job by a lease; the row is marked finished in the transaction of the job's own work, so that a success
and its effects are recorded together or not at all, however the process ends.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.jobs import arguments
from frappe.jobs.connection import own_connection
from frappe.jobs.job import FAILED, FINISHED, QUEUED, STARTED, Job, clock
from frappe.jobs.owner import is_dead
from frappe.jobs.wake import wake_workers

MAX_ATTEMPTS = 5
# A job whose worker died so often is taken for the cause; deployments and power cuts stay far below.
MAX_LOSSES = 20
FRONT = 10**15
COLUMNS = (
	"`id`, `job_id`, `job_name`, `queue`, `method`, `arguments`, `user`, `event`, `status`, `timeout`, "
	"`attempts`, `lease_owner`"
)
HELD = "`id` = %s and `lease_owner` = %s and `status` = 'started'"


class TableBackend:
	"""The queue of one site in its table `__jobs`."""

	# ---- for those who enqueue
	def add(self, job: Job, after_commit: bool = False) -> Job:
		"""Write the job in the transaction of the caller.

		A GET is rolled back at its end and writes the job then, unless it is meant only for `after_commit`.
		"""
		job.id = frappe.generate_hash(length=20)
		if _is_reading_request() and not after_commit:
			_write_after_transaction(self, job)
		else:
			self._insert(job)
			frappe.db.after_commit.add(wake_workers)
		return job

	def _insert(self, job: Job) -> None:
		position = time.time_ns() // 1000
		frappe.db.sql(
			"""insert into `__jobs` (`id`, `job_id`, `job_name`, `queue`, `method`, `arguments`, `user`,
			`event`,
				`status`, `position`, `timeout`, `created`)
			values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
			(
				job.id,
				job.job_id,
				job.job_name,
				job.queue,
				job.method,
				arguments.dump(job.kwargs),
				job.user,
				job.event,
				QUEUED,
				position - FRONT if job.at_front else position,
				job.timeout,
				clock(),
			),
		)

	def keep(self, job: Job) -> None:
		"""Write a job that is to go elsewhere as soon as possible."""
		job.id = frappe.generate_hash(length=20)
		self._insert(job)

	def forget(self, id: str) -> None:
		"""Remove a job that was handed over elsewhere, and commit."""
		frappe.db.sql("delete from `__jobs` where `id` = %s", (id,))
		frappe.db.commit()

	def find(self, job_id: str, statuses: Iterable[str] = (QUEUED, STARTED)) -> Job | None:
		"""Return the job with the caller's id in one of `statuses`."""
		rows = frappe.db.sql(
			f"select {COLUMNS} from `__jobs` where `job_id` = %s and `status` in %s limit 1",
			(job_id, tuple(statuses)),
			as_dict=True,
		)
		return _as_job(rows[0]) if rows else None

	def list(self, queue: str | None = None) -> list[Job]:
		"""Return the unfinished jobs in the order in which they will run."""
		rows = frappe.db.sql(
			f"select {COLUMNS} from `__jobs` where `status` in %s order by `position`",
			((QUEUED, STARTED),),
			as_dict=True,
		)
		return [_as_job(row) for row in rows if queue in (None, row.queue)]

	# ---- for workers
	def claim(self, queues: Iterable[str], owner: str, lease_seconds: float) -> Job | None:
		"""Take the next job of the first queue that has one, and commit.

		Args:
			queues: in the order in which they are looked at.
			owner: the worker's name, unique for this run.
			lease_seconds: how long nobody else takes the job.
		"""
		now = clock()
		for queue in queues:
			row = self._next(queue, now)
			if row and self._take(row, owner, now + lease_seconds):
				return _as_job({**row, "attempts": row.attempts + 1, "lease_owner": owner, "status": STARTED})
		return None

	def _next(self, queue: str, now: float) -> Any:
		for condition in (
			"`status` = 'queued' and `run_after` <= %s",
			"`status` = 'started' and `lease_until` < %s",
		):
			rows = frappe.db.sql(
				f"""select {COLUMNS} from `__jobs` where {condition} and `queue` = %s
				order by `position` limit 1""",
				(now, queue),
				as_dict=True,
			)
			if rows:
				return rows[0]
		return None

	def _take(self, row: Any, owner: str, until: float) -> bool:
		if row.attempts >= MAX_LOSSES:
			self.fail(row.id, row.lease_owner, "WorkerLost")
			frappe.db.commit()
			return False
		frappe.db.sql(
			"""update `__jobs` set `status` = 'started', `lease_owner` = %s, `lease_until` = %s, `started` =
			%s,
				`attempts` = `attempts` + 1
			where `id` = %s and `status` = %s and (`lease_owner` is null or `lease_owner` = %s)""",
			(owner, until, clock(), row.id, row.status, row.lease_owner),
		)
		taken = self._holds(row.id, owner)
		frappe.db.commit()
		return taken

	def _holds(self, id: str, owner: str) -> bool:
		return bool(
			frappe.db.sql(
				"select 1 from `__jobs` where `id` = %s and `lease_owner` = %s and `status` = 'started'",
				(id, owner),
			)
		)

	def renew(self, id: str, owner: str, lease_seconds: float) -> bool:
		"""Prolong a lease and commit; False when it was lost."""
		frappe.db.sql(
			f"update `__jobs` set `lease_until` = %s where {HELD}",
			(clock() + lease_seconds, id, owner),
		)
		held = self._holds(id, owner)
		frappe.db.commit()
		return held

	def complete(self, id: str, owner: str) -> bool:
		"""Record the success in the transaction of the job's work; False when the lease was lost."""
		return self._end(id, owner, FINISHED, None)

	def fail(self, id: str, owner: str | None, error: str) -> bool:
		"""Record the failure in the caller's transaction; False when the lease was lost.

		Args:
			error: in codes only, see `errors.error_code`.
		"""
		return self._end(id, owner, FAILED, error)

	def _end(self, id: str, owner: str | None, status: str, error: str | None) -> bool:
		# Arguments of a finished job may name somebody and serve nobody any more.
		frappe.db.sql(
			"""update `__jobs` set `status` = %s, `ended` = %s, `error` = %s,
				`arguments` = case when %s = 'finished' then null else `arguments` end
			where `id` = %s and `lease_owner` = %s and `status` = 'started'""",
			(status, clock(), error, status, id, owner),
		)
		return bool(
			frappe.db.sql(
				"select 1 from `__jobs` where `id` = %s and `lease_owner` = %s and `status` = %s",
				(id, owner, status),
			)
		)

	def retry(self, id: str, owner: str, delay: float, error: str) -> None:
		"""Put a job back, to be run again after `delay` seconds, in the caller's transaction."""
		frappe.db.sql(
			f"""update `__jobs` set `status` = 'queued', `lease_owner` = null, `run_after` = %s, `error` = %s
			where {HELD}""",
			(clock() + delay, error, id, owner),
		)

	def release_dead(self) -> int:
		"""Put back at once what processes of this machine held when they died, and commit; return how
		many."""
		rows = frappe.db.sql(
			"select `id`, `lease_owner` from `__jobs` where `status` = 'started'", as_dict=True
		)
		dead = [row for row in rows if is_dead(row.lease_owner)]
		for row in dead:
			frappe.db.sql(
				f"update `__jobs` set `lease_until` = 0 where {HELD}",
				(row.id, row.lease_owner),
			)
		if dead:
			frappe.db.commit()
		return len(dead)


def is_queued(id: str) -> bool:
	"""Tell whether this transaction sees a job waiting."""
	return bool(frappe.db.sql("select 1 from `__jobs` where `id` = %s and `status` = %s", (id, QUEUED)))


def is_recorded(run: str) -> bool:
	"""Tell whether another queue's job has succeeded already, see `record_run`."""
	return bool(frappe.db.sql("select 1 from `__jobs` where `id` = %s", run))


def record_run(run: str, method: str) -> None:
	"""Keep the success of another queue's job in the transaction of its work.

	Args:
		run: unique name of the enqueued job.
		method: what it called.
	"""
	now = clock()
	frappe.db.sql(
		"""insert into `__jobs` (`id`, `queue`, `method`, `status`, `position`, `timeout`, `created`, `ended`)
		values (%s, 'rq', %s, 'finished', 0, 0, %s, %s)""",
		(run, method[:255], now, now),
	)


def trim(finished_days: int = 2, failed_days: int = 30) -> None:
	"""Delete old rows of jobs that ended, in the caller's transaction.

	Args:
		finished_days, failed_days: days for which they are kept.
	"""
	for status, days in ((FINISHED, finished_days), (FAILED, failed_days)):
		frappe.db.sql(
			"delete from `__jobs` where `status` = %s and `ended` < %s", (status, clock() - days * 86400)
		)


def _as_job(row: Any) -> Job:
	return Job(
		method=row["method"],
		stored=row["arguments"],
		site=frappe.local.site,
		user=row["user"],
		queue=row["queue"],
		timeout=row["timeout"],
		event=row["event"],
		job_name=row["job_name"],
		job_id=row["job_id"],
		id=row["id"],
		attempts=row["attempts"],
		status=row["status"],
		lease_owner=row["lease_owner"],
	)


def _is_reading_request() -> bool:
	request = getattr(frappe.local, "request", None)
	return bool(request) and request.method in ("GET", "HEAD", "OPTIONS")


def _write_after_transaction(backend: TableBackend, job: Job) -> None:
	written = False

	def write() -> None:
		nonlocal written
		if not written:
			written = True
			with own_connection():
				backend._insert(job)
			wake_workers()

	frappe.db.after_commit.add(write)
	frappe.db.after_rollback.add(write)
