from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import frappe
import pytest
from frappe.core.doctype.scheduled_job_type.scheduled_job_type import run_scheduled_job, sync_jobs
from frappe.jobs import lease
from frappe.jobs.backends.table import TableBackend
from frappe.jobs.job import clock
from frappe.jobs.scheduler import LEASE_NAME, Scheduler, enqueue_due_jobs
from frappe.utils import now_datetime
from frappe.utils.scheduler import (
	activate_scheduler,
	get_scheduler_status,
	is_scheduler_inactive,
	is_scheduler_process_running,
	toggle_scheduler,
)

from tests.runtime.records import empty_tables

METHOD = "frappe.tests.sample_jobs.tick"
FAILING = "frappe.tests.sample_jobs.fail"
HOOKS = {"hourly": [METHOD], "cron": {"30 6 * * *": [FAILING]}}
OnSite = Callable[[], AbstractContextManager[None]]


def job_type(method: str = METHOD) -> Any:
	return frappe.get_doc("Scheduled Job Type", {"method": method})


@pytest.fixture
def synced(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	"""The two sample jobs are the only ones; commits of ticks are left out, so that the test can be
	undone."""
	empty_tables()
	frappe.db.delete("Scheduled Job Type")
	sync_jobs(HOOKS)
	toggle_scheduler(True)
	monkeypatch.setattr(frappe.local.db, "commit", lambda: None)


def set_last(method: str, last: datetime) -> None:
	job_type(method).set_run_times(last)


def test_sync_makes_types_of_hooks(synced: None) -> None:
	hourly, cron = job_type(), job_type(FAILING)
	assert (hourly.name, hourly.frequency, hourly.create_log) == ("sample_jobs.tick", "Hourly", 1)
	assert (cron.frequency, cron.cron_format) == ("Cron", "30 6 * * *")
	assert hourly.next_execution > now_datetime() - timedelta(seconds=5)


def test_sync_follows_changed_hooks_and_keeps_what_an_administrator_stopped(synced: None) -> None:
	job_type().db_set("stopped", 1)
	sync_jobs({"daily": [METHOD]})
	assert (job_type().frequency, job_type().stopped) == ("Daily", 1)
	assert not frappe.db.exists("Scheduled Job Type", {"method": FAILING})


def test_what_was_missed_several_times_is_put_in_once(synced: None) -> None:
	set_last(METHOD, now_datetime() - timedelta(days=3))
	assert enqueue_due_jobs() == [METHOD]
	assert enqueue_due_jobs() == []
	assert [job.method for job in TableBackend().list()] == [
		"frappe.core.doctype.scheduled_job_type.scheduled_job_type.run_scheduled_job"
	]
	assert job_type().last_execution >= now_datetime() - timedelta(seconds=5)
	assert job_type().next_execution > now_datetime()


def test_what_still_waits_in_the_queue_is_not_put_in_again(synced: None) -> None:
	for _tick in range(2):
		set_last(METHOD, now_datetime() - timedelta(days=1))
		enqueue_due_jobs()
	assert len(TableBackend().list()) == 1


def test_a_stopped_type_is_left_out(synced: None) -> None:
	set_last(METHOD, now_datetime() - timedelta(days=1))
	job_type().db_set("stopped", 1)
	assert enqueue_due_jobs() == []


@pytest.mark.parametrize("key", ["maintenance_mode", "pause_scheduler", "disable_scheduler"])
def test_nothing_is_put_in_while_the_configuration_says_so(synced: None, key: str) -> None:
	set_last(METHOD, now_datetime() - timedelta(days=1))
	frappe.conf[key] = 1
	assert is_scheduler_inactive(verbose=False)
	assert enqueue_due_jobs() == []
	assert get_scheduler_status() == {"status": "inactive"}


def test_a_disabled_scheduler_rests_until_it_is_enabled(synced: None) -> None:
	set_last(METHOD, now_datetime() - timedelta(days=1))
	toggle_scheduler(False)
	assert enqueue_due_jobs() == []
	activate_scheduler()
	assert enqueue_due_jobs() == [METHOD]


def test_only_a_system_manager_may_activate(synced: None, make_user: Any, as_user: Any) -> None:
	user = make_user()
	with as_user(user), pytest.raises(frappe.PermissionError):
		activate_scheduler()


def test_a_run_is_logged(synced: None) -> None:
	run_scheduled_job(job_type=METHOD)
	(log,) = frappe.get_all(
		"Scheduled Job Log", {"scheduled_job_type": "sample_jobs.tick"}, ["status", "details"]
	)
	assert (log.status, log.details) == ("Complete", None)


def test_a_bad_cron_expression_is_refused(synced: None) -> None:
	doc = job_type(FAILING)
	doc.cron_format = "every day"
	with pytest.raises(frappe.ValidationError):
		doc.save()


# ---- leases, which commit
def test_one_holder_at_a_time(on_site: OnSite) -> None:
	with on_site():
		assert lease.take("x", "other:1:a", 60)
		assert not lease.take("x", "elsewhere:1:b", 60)
		assert lease.take("x", "other:1:a", 60)
		lease.give_back("x", "other:1:a")
		assert lease.take("x", "elsewhere:1:b", 60)


def test_a_lease_that_ran_out_is_taken_over(on_site: OnSite) -> None:
	with on_site():
		assert lease.take("x", "other:1:a", -1)
		assert lease.take("x", "elsewhere:1:b", 60)
		assert not lease.take("x", "other:1:a", 60)


def test_the_lease_of_a_dead_process_is_taken_over_at_once(on_site: OnSite) -> None:
	import socket

	with on_site():
		assert lease.take("x", f"{socket.gethostname()}:999999999:a", 600)
		assert lease.take("x", "elsewhere:1:b", 60)


def test_the_scheduler_shows_a_heartbeat_and_gives_its_lease_back(
	on_site: OnSite, site: str, own_sites_path: str
) -> None:
	scheduler = Scheduler([site], own_sites_path, tick_seconds=0.05)
	scheduler.start()
	with on_site():
		deadline = clock() + 5
		while not is_scheduler_process_running() and clock() < deadline:
			frappe.db.rollback()
		assert is_scheduler_process_running()
		assert lease.read(LEASE_NAME).owner == scheduler.owner
	scheduler.stop()
	with on_site():
		assert lease.read(LEASE_NAME).owner is None
		assert lease.read(LEASE_NAME).heartbeat > clock() - 10
