"""Frappe's interface to the job queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NoReturn

import frappe
from frappe.jobs.backends import get_backend, uses_redis
from frappe.jobs.job import DEFAULT_TIMEOUT, QUEUE_TIMEOUTS, Job, method_path


def get_queues_timeout() -> dict[str, int]:
	"""Return queue → seconds a job may take; queues of the configuration's `workers` included."""
	own = {name: int(values.get("timeout", DEFAULT_TIMEOUT)) for name, values in _own_queues().items()}
	return {**QUEUE_TIMEOUTS, **own}


def _own_queues() -> dict[str, dict]:
	return (frappe.conf.workers if frappe.conf else None) or {}


def enqueue(
	method: str | Callable,
	queue: str = "default",
	timeout: int | None = None,
	event: str | None = None,
	is_async: bool = True,
	job_name: str | None = None,
	now: bool = False,
	enqueue_after_commit: bool = False,
	*,
	on_success: Callable | None = None,
	on_failure: Callable | None = None,
	at_front: bool = False,
	job_id: str | None = None,
	deduplicate: bool = False,
	**kwargs: Any,
) -> Any:
	"""Have a method called outside this request.

	The job starts when the caller's transaction is committed and vanishes when it is rolled back; `now` and
	`is_async=False` call it at once.

	Args:
		method: function or its dotted path.
		queue: short, default, long, or one of the configuration's `workers`.
		timeout: seconds the job may take.
		event: kept for information.
		job_name: what lists call it; the path unless given.
		enqueue_after_commit: on RQ, and in a GET request: only when the transaction is committed.
		on_success, on_failure: refused, as no back end but RQ could call them.
		at_front: before what waits in the queue.
		job_id: the caller's name for the work.
		deduplicate: do nothing while an unfinished job has the same `job_id`.
		kwargs: arguments of the method.

	Returns the job; None when it was a double; the method's answer when it was called at once.

	Raises:
		frappe.ValidationError: `deduplicate` without `job_id`, or an unknown queue.
	"""
	is_async = kwargs.pop("async", is_async)
	if deduplicate and not job_id:
		frappe.throw(frappe._("`job_id` paramater is required for deduplication."))
	if on_success or on_failure:
		raise NotImplementedError("on_success and on_failure are not offered; let the job do it")
	if now or not is_async:
		return frappe.call(method, **kwargs)
	backend = get_backend()
	if deduplicate and backend.find(job_id):
		return None
	path = method_path(method)
	job = Job(
		method=path,
		kwargs=kwargs,
		site=frappe.local.site,
		user=frappe.session.user if frappe.session else "Administrator",
		queue=_checked_queue(queue),
		timeout=int(timeout or get_queues_timeout()[queue]),
		event=event,
		job_name=job_name or path,
		job_id=job_id,
		at_front=at_front,
	)
	return backend.add(job, after_commit=enqueue_after_commit)


def _checked_queue(queue: str) -> str:
	if queue not in get_queues_timeout():
		frappe.throw(frappe._("Queue should be one of {0}").format(", ".join(get_queues_timeout())))
	return queue


def enqueue_doc(
	doctype: str,
	name: str | None = None,
	method: str | None = None,
	queue: str = "default",
	timeout: int = 300,
	now: bool = False,
	**kwargs: Any,
) -> Any:
	"""Have a method of a document called outside this request; arguments as for `enqueue`."""
	return enqueue(
		"frappe.utils.background_jobs.run_doc_method",
		queue=queue,
		timeout=timeout,
		now=now,
		doctype=doctype,
		name=name,
		doc_method=method,
		**kwargs,
	)


def run_doc_method(doctype: str, name: str | None, doc_method: str, **kwargs: Any) -> None:
	"""Call a method of a document; the body of `enqueue_doc`'s jobs."""
	getattr(frappe.get_doc(doctype, name or doctype), doc_method)(**kwargs)


def execute_job(
	site: str,
	method: str | Callable,
	event: str | None,
	job_name: str,
	kwargs: dict[str, Any],
	user: str | None = None,
	is_async: bool = True,
	retry: int = 0,
) -> Any:
	"""Run a job in a site context of its own; what RQ workers are told to call.

	Raises:
		Exception: what the job raised, after it was rolled back.
	"""
	import os

	from frappe.jobs.backends.rq import current_run, forbid_retry
	from frappe.jobs.runner import execute

	sites_path = os.environ.get("SITES_PATH") or "."
	try:
		return execute(site, method, kwargs, user, sites_path, attempt=retry + 1, run=current_run())
	except Exception:
		forbid_retry()
		raise


def get_jobs(
	site: str | None = None, queue: str | list[str] | None = None, key: str = "method"
) -> dict[str, list]:
	"""Return site → what `key` says of its unfinished jobs ("method", "job_name" or an argument's name).

	Args:
		site: only this site; None means the site of the context.
		queue: only these queues.
	"""
	wanted = [queue] if isinstance(queue, str) else queue
	found: dict[str, list] = defaultdict(list)
	for job in get_backend().list():
		if wanted and job.queue not in wanted:
			continue
		if site in (None, job.site):
			value = getattr(job, key) if key in ("method", "job_name", "job_id") else job.arguments().get(key)
			found[job.site].append(value)
	return found


def get_queue_list(queue_list: str | list[str] | None = None, build_queue_name: bool = False) -> list[str]:
	"""Return the names of queues, all unless given; with `build_queue_name` as RQ knows them."""
	names = [queue_list] if isinstance(queue_list, str) else list(queue_list or get_queues_timeout())
	for name in names:
		_checked_queue(name)
	return [generate_qname(name) for name in names] if build_queue_name else names


def get_queue(qtype: str, is_async: bool = True) -> Any:
	"""Return the RQ queue of a kind; needs `redis_queue` in the site's configuration."""
	from frappe.jobs.backends.rq import get_rq_queue

	return get_rq_queue(_checked_queue(qtype), is_async=is_async)


def generate_qname(qtype: str) -> str:
	"""Return a queue's name on Redis, which benches may share: "<bench>:<queue>"."""
	from frappe.jobs.backends.rq import bench_id

	return f"{bench_id()}:{qtype}"


def create_job_id(job_id: str) -> str:
	"""Return the caller's job id made unique across the sites of a bench."""
	return f"{frappe.local.site}||{job_id}"


def is_job_enqueued(job_id: str) -> bool:
	"""Tell whether an unfinished job has the caller's id."""
	return get_backend().find(job_id) is not None


def get_job(job_id: str) -> Any:
	"""Return the unfinished job with the caller's id, with `get_status()`; None without one."""
	return get_backend().find(job_id)


def get_job_status(job_id: str) -> str | None:
	"""Return queued or started, None without an unfinished job of that id."""
	job = get_job(job_id)
	return job.get_status() if job else None


def get_redis_conn(username: str | None = None, password: str | None = None) -> Any:
	"""Return the connection to the Redis that keeps the queue.

	Raises:
		frappe.ValidationError: the site keeps its jobs in its own database.
	"""
	if not uses_redis():
		_throw_no_redis()
	from frappe.jobs.backends.rq import get_connection

	return get_connection()


def _throw_no_redis() -> NoReturn:
	frappe.throw(frappe._("redis_queue is not configured for this site."))


def get_workers(queue: Any = None) -> list:
	"""Return the RQ workers; threads of a process are not listed."""
	if not uses_redis():
		return []
	from rq import Worker

	return Worker.all(queue=queue) if queue else Worker.all(connection=get_redis_conn())


def is_queue_accessible(qobj: Any) -> tuple[bool, str]:
	"""Return (whether the current user may look at an RQ queue, the queue's name); Administrator may."""
	return frappe.session.user == "Administrator", qobj.name


def start_worker(
	queue: str | None = None,
	quiet: bool = False,
	rq_username: str | None = None,
	rq_password: str | None = None,
	burst: bool = False,
	strategy: str | None = None,
) -> None:
	"""Work off jobs of all sites of the bench until the process ends; the working directory is `sites`.

	Args:
		queue: names separated by commas; all queues unless given.
		burst: end as soon as nothing waits.
		quiet, rq_username, rq_password, strategy: accepted for Frappe's callers.
	"""
	from frappe.jobs.process import run_worker

	set_niceness()
	run_worker(queue=queue, burst=burst)


def set_niceness() -> None:
	"""Let the processes of workers give way to the web process."""
	import contextlib
	import os

	with contextlib.suppress(OSError):
		os.nice(int((frappe.conf.background_process_niceness if frappe.conf else None) or 10))
