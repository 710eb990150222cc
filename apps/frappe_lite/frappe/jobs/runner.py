"""Runs one job in a context of its own: set up the site, call, record the outcome, commit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.jobs.backends.table import MAX_ATTEMPTS, TableBackend, is_recorded, record_run
from frappe.jobs.errors import JobTimeout, LeaseLost, error_code
from frappe.jobs.job import Job

# What was in the way is another transaction, gone in a moment; a job that others wait for sleeps shortly.
BACK_OFF_SECONDS = (1, 2, 5, 15)


@contextmanager
def site_context(site: str, sites_path: str = ".", user: str = "Administrator") -> Iterator[None]:
	"""Open a site for the block and leave nothing of it behind.

	Args:
		site: folder name of the site.
		sites_path: the bench's `sites` folder.
		user: who the block acts as.
	"""
	from frappe.kernel.cache import check_site_version

	frappe.init(site, sites_path=sites_path, force=True)
	try:
		frappe.connect()
		check_site_version()
		frappe.set_user(user)
		yield
	finally:
		frappe.destroy()


def run_claimed(job: Job, sites_path: str) -> bool:
	"""Run a job that was claimed from the table and record its outcome.

	No transaction is opened before the job's first write, so that a job which waits for a mail server or
	sleeps never holds the database.

	Returns whether it succeeded.
	"""
	with site_context(job.site, sites_path, job.user):
		frappe.local.job = frappe._dict(
			site=job.site, method=job.method, job_name=job.job_name, user=job.user, id=job.id
		)
		try:
			call(job.method, job.arguments())
			if not TableBackend().complete(job.id, job.lease_owner):
				raise LeaseLost
			frappe.db.commit()
		except LeaseLost:
			frappe.db.rollback()
			return False
		except Exception as error:
			_record_error(job, error)
			return False
	return True


def _record_error(job: Job, error: Exception) -> None:
	frappe.db.rollback()
	backend = TableBackend()
	if is_passing(error) and job.attempts < MAX_ATTEMPTS:
		delay = BACK_OFF_SECONDS[min(job.attempts, len(BACK_OFF_SECONDS)) - 1]
		backend.retry(job.id, job.lease_owner, delay, error_code(error))
	elif backend.fail(job.id, job.lease_owner, error_code(error)):
		frappe.log_error(title=f"Job failed: {job.method}", message=f"{error_code(error)}\njob {job.id}")
	frappe.db.commit()


def is_passing(error: Exception) -> bool:
	"""Tell whether running the job again may help: another transaction was in the way, or the job asks for
	it."""
	return isinstance(
		error, frappe.RetryBackgroundJobError | frappe.QueryDeadlockError | frappe.QueryTimeoutError
	) or bool(frappe.db.is_deadlocked(error) or frappe.db.is_timedout(error))


def call(method: str | Callable, kwargs: dict[str, Any]) -> Any:
	"""Call a job's method between the apps' `before_job` and `after_job` hooks and return its answer."""
	path = method if isinstance(method, str) else f"{method.__module__}.{method.__qualname__}"
	function = frappe.get_attr(method) if isinstance(method, str) else method
	_run_hooks("before_job", path, kwargs)
	answer = function(**kwargs)
	_run_hooks("after_job", path, kwargs, answer)
	return answer


def _run_hooks(kind: str, method: str, kwargs: dict[str, Any], result: Any = None) -> None:
	for hook in frappe.get_hooks(kind):
		frappe.call(hook, method=method, kwargs=kwargs, transaction_type="job", result=result)


def execute(
	site: str,
	method: str | Callable,
	kwargs: dict[str, Any],
	user: str | None = None,
	sites_path: str = ".",
	attempt: int = 1,
	run: str | None = None,
) -> Any:
	"""Run a job that another queue (RQ) keeps book of; passing errors are tried again after a pause.

	Args:
		site, method, kwargs, user: the call.
		sites_path: the bench's `sites` folder.
		attempt: how often this was tried, this time included.
		run: unique name of the enqueued job; its success is kept in the transaction of its work, so that a
		job which
			the queue hands out again after a worker's sudden end is not done twice.

	Raises:
		Exception: what the job raised, after it was rolled back and logged in codes.
	"""
	with site_context(site, sites_path, user or "Administrator"):
		try:
			if run and is_recorded(run):
				return None
			answer = call(method, kwargs)
			if run:
				record_run(run, str(method))
			frappe.db.commit()
			return answer
		except Exception as error:
			frappe.db.rollback()
			if not (is_passing(error) and attempt < MAX_ATTEMPTS) or isinstance(error, JobTimeout):
				frappe.log_error(title=f"Job failed: {method}", message=error_code(error))
				frappe.db.commit()
				raise
	time.sleep(BACK_OFF_SECONDS[min(attempt, len(BACK_OFF_SECONDS)) - 1])
	return execute(site, method, kwargs, user, sites_path, attempt + 1, run)
