"""Jobs on Redis for RQ workers on any machine; queues and workers are named as Frappe's.

While Redis cannot be reached, nobody's work fails for it: jobs are kept in the site's database, and the
scheduler hands them over when Redis is back.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from typing import Any

import frappe
from frappe.jobs.backends.table import TableBackend
from frappe.jobs.connection import own_connection
from frappe.jobs.job import QUEUED, STARTED, Job

RESULT_SECONDS = 600
FAILURE_SECONDS = 7 * 86400
MAX_LOSSES = 3
EXECUTE = "frappe.utils.background_jobs.execute_job"


class RQBackend:
	"""The queues of the bench on Redis, seen from one site."""

	def add(self, job: Job, after_commit: bool = False) -> Any:
		"""Send the job to Redis when the transaction of the caller is committed.

		Without a transaction that could be committed (a GET), it is sent at once unless `after_commit`.
		"""
		job.id = rq_job_id(job)
		if after_commit or not _is_reading_request():
			frappe.db.after_commit.add(lambda: self._send_or_keep(job))
		else:
			self._send_or_keep(job)
		return job

	def _send_or_keep(self, job: Job) -> None:
		try:
			self._send(job, frappe.generate_hash(length=20))
		except unreachable():
			with own_connection():
				TableBackend().keep(job)

	def hand_over(self) -> bool:
		"""Send what was kept while Redis was away, and commit; returns whether Redis can be reached.

		A job that was sent just before this process died is sent again under its old name, and done once.
		"""
		try:
			get_connection().ping()
			for job in TableBackend().list():
				if job.status == QUEUED and job.queue in _queues():
					self._hand_over(job)
		except unreachable():
			frappe.logger("jobs").error("Redis cannot be reached; jobs wait in the site's database")
			return False
		return True

	def _hand_over(self, job: Job) -> None:
		kept = job.id
		job.id = _clean(f"{job.site}||{job.job_id or kept}")
		self._send(job, run=f"kept-{kept}")
		TableBackend().forget(kept)

	def _send(self, job: Job, run: str) -> None:
		from rq import Retry

		get_rq_queue(job.queue).enqueue_call(
			EXECUTE,
			kwargs={
				"site": job.site,
				"user": job.user,
				"method": job.method,
				"event": job.event,
				"job_name": job.job_name,
				"is_async": True,
				"kwargs": job.arguments(),
			},
			timeout=job.timeout,
			job_id=job.id,
			at_front=job.at_front,
			result_ttl=RESULT_SECONDS,
			failure_ttl=FAILURE_SECONDS,
			meta={"site": job.site, "job_id": job.job_id, "run": run},
			# For workers that end suddenly; errors of the job itself are final, see `forbid_retry`.
			retry=Retry(max=MAX_LOSSES),
		)

	def find(self, job_id: str) -> Job | None:
		"""Return the unfinished job of this site with the caller's id."""
		from rq.exceptions import NoSuchJobError
		from rq.job import Job as RQJob

		try:
			found = RQJob.fetch(_clean(f"{frappe.local.site}||{job_id}"), connection=get_connection())
		except (NoSuchJobError, *unreachable()):
			return TableBackend().find(job_id, (QUEUED,))
		status = _status(found)
		return _as_job(found, status) if status else None

	def list(self, queue: str | None = None) -> list[Job]:
		"""Return the unfinished jobs of this site."""
		jobs = [job for job in TableBackend().list(queue) if job.queue in _queues()]
		with contextlib.suppress(*unreachable()):
			for name in [queue] if queue else _queues():
				jobs.extend(self._list_queue(get_rq_queue(name)))
		return [job for job in jobs if job.site == frappe.local.site]

	def purge(self, queue: str | None = None) -> int:
		"""Forget the jobs of this site that wait, and return how many there were."""
		waiting = [job for job in self.list(queue) if job.status == QUEUED]
		for job in waiting:
			found = get_rq_queue(job.queue).fetch_job(job.id)
			if found:
				found.delete()
			TableBackend().forget(job.id)
		return len(waiting)

	def _list_queue(self, queue: Any) -> list[Job]:
		waiting = [_as_job(job, QUEUED) for job in queue.get_jobs()]
		started_ids = queue.started_job_registry.get_job_ids()
		started = [queue.fetch_job(id.split(":")[0]) for id in started_ids]
		return waiting + [_as_job(job, STARTED) for job in started if job]


def unreachable() -> tuple[type[Exception], ...]:
	"""Return the errors that say that Redis cannot be reached."""
	from redis.exceptions import ConnectionError, TimeoutError

	return (ConnectionError, TimeoutError)


def _queues() -> list[str]:
	from frappe.utils.background_jobs import get_queues_timeout

	return list(get_queues_timeout())


def _status(job: Any) -> str | None:
	status = job.get_status()
	name = getattr(status, "value", status)
	if name in ("queued", "deferred", "scheduled"):
		return QUEUED
	return STARTED if name == "started" else None


def _as_job(job: Any, status: str) -> Job:
	values = job.kwargs
	return Job(
		method=values["method"],
		kwargs=values["kwargs"],
		site=values["site"],
		user=values["user"],
		queue=job.origin.rpartition(":")[2],
		timeout=job.timeout,
		event=values["event"],
		job_name=values["job_name"],
		job_id=job.meta.get("job_id"),
		id=job.id,
		status=status,
	)


def rq_job_id(job: Job) -> str:
	"""Return the id of a job on Redis, unique across the sites of a bench."""
	return _clean(
		f"{job.site}||{job.job_id}" if job.job_id else f"{job.site}||{frappe.generate_hash(length=20)}"
	)


def _clean(text: str) -> str:
	# RQ accepts letters, digits, dashes and underscores only.
	return re.sub(r"[^A-Za-z0-9_-]", lambda match: f"_{ord(match.group()):x}_", text)


def current_run() -> str | None:
	"""Return the unique name of the job that this RQ worker is running."""
	from rq import get_current_job

	job = get_current_job()
	return job.meta.get("run") if job else None


def forbid_retry() -> None:
	"""Have the running job fail for good when it raises now."""
	from rq import get_current_job

	job = get_current_job()
	if job:
		job.retries_left = 0


def bench_id() -> str:
	"""Return what tells this bench from others on the same Redis: `bench_id`, else the folder's path."""
	sites_path = getattr(frappe.local, "sites_path", None) or "."
	folder = os.path.realpath(os.path.join(sites_path, ".."))
	return frappe.conf.bench_id or folder.strip("/").replace("/", "-")


_connections: dict[str, Any] = {}


def get_connection() -> Any:
	"""Return this process's connection pool to the queue's Redis."""
	from redis import Redis

	url = frappe.conf.redis_queue
	if url not in _connections:
		_connections[url] = Redis.from_url(url)
	return _connections[url]


def get_rq_queue(name: str, is_async: bool = True) -> Any:
	"""Return an RQ queue of the bench by its short name."""
	from rq import Queue

	return Queue(f"{bench_id()}:{name}", connection=get_connection(), is_async=is_async)


def count_workers() -> int:
	"""Return how many workers serve the queues of the bench."""
	from rq import Worker

	found = {worker.name for name in _queues() for worker in Worker.all(queue=get_rq_queue(name))}
	return len(found)


def _is_reading_request() -> bool:
	request = getattr(frappe.local, "request", None)
	return bool(request) and request.method in ("GET", "HEAD", "OPTIONS")


def run_rq_worker(queues: Sequence[str] | None, sites_path: str, burst: bool) -> None:
	"""Work off queues until SIGINT or SIGTERM; needs an initialised context.

	Args:
		queues: short names, in the order in which they are served; all unless given.
		sites_path: the bench's `sites` folder.
		burst: end as soon as nothing waits.

	Raises:
		frappe.exceptions.ServiceUnavailableError: Redis cannot be reached.
	"""
	from rq import Worker

	os.environ["SITES_PATH"] = os.path.abspath(sites_path)
	names = list(queues or _queues())
	connection = get_connection()
	_check(connection)
	worker_queues = [get_rq_queue(name) for name in names]
	name = f"{frappe.generate_hash(length=10)}.{os.uname().nodename}.{os.getpid()}.{','.join(names)}"
	frappe.destroy()
	Worker(worker_queues, name=_clean(name), connection=connection).work(burst=burst, with_scheduler=False)


def _check(connection: Any) -> None:
	try:
		connection.ping()
	except unreachable():
		raise frappe.exceptions.ServiceUnavailableError(
			f"Redis cannot be reached on {frappe.conf.redis_queue}: start it, or correct redis_queue"
		) from None
