from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.jobs import worker
from frappe.jobs.backends.table import MAX_LOSSES, TableBackend
from frappe.jobs.owner import new_owner
from frappe.jobs.runner import run_claimed
from frappe.jobs.worker import WorkerPool, work_off
from frappe.tests import sample_jobs

JOBS = "frappe.tests.sample_jobs."
OnSite = Callable[[], AbstractContextManager[None]]


def enqueue(on_site: OnSite, *calls: tuple[str, dict[str, Any]], **options: Any) -> None:
	with on_site():
		frappe.db.sql("delete from `__jobs`")
		for method, arguments in calls:
			frappe.enqueue(JOBS + method, **options, **arguments)
		frappe.db.commit()


def rows(on_site: OnSite) -> list[Any]:
	with on_site():
		return frappe.db.sql("select * from `__jobs` order by `position`", as_dict=True)


def notes(on_site: OnSite) -> list[str]:
	with on_site():
		return sample_jobs.notes()


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
	deadline = time.monotonic() + seconds
	while time.monotonic() < deadline:
		if condition():
			return True
		time.sleep(0.05)
	return False


@pytest.fixture
def pool(site: str, own_sites_path: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkerPool]:
	monkeypatch.setattr(worker, "WATCH_SECONDS", 0.05)
	monkeypatch.setattr(worker, "GRACE_SECONDS", 0.3)
	pool = WorkerPool([site], own_sites_path, poll_seconds=0.05)
	yield pool
	pool.stop(0.5)


def test_a_job_and_its_success_are_recorded_together(on_site: OnSite, site: str, own_sites_path: str) -> None:
	enqueue(on_site, ("note", {"text": "one"}))
	assert work_off(site, own_sites_path) == 1
	(row,) = rows(on_site)
	assert (row.status, row.attempts, row.error, row.arguments) == ("finished", 1, None, None)
	assert notes(on_site) == ["one"]
	assert work_off(site, own_sites_path) == 0


def test_a_failed_job_leaves_only_a_code(on_site: OnSite, site: str, own_sites_path: str) -> None:
	enqueue(on_site, ("note_and_fail", {"text": "Li Ming"}))
	work_off(site, own_sites_path)
	(row,) = rows(on_site)
	assert row.status == "failed"
	assert row.error.startswith("ValidationError at frappe/tests/sample_jobs.py:")
	assert notes(on_site) == []
	with on_site():
		(log,) = frappe.get_all("Error Log", fields=["method", "error"])
	assert "Li Ming" not in log.error + log.method + row.error


def test_a_job_that_asks_for_it_runs_again_after_a_pause(
	on_site: OnSite, site: str, own_sites_path: str, tmp_path: Path
) -> None:
	enqueue(on_site, ("fail_until", {"path": str(tmp_path / "runs"), "times": 2}))
	assert work_off(site, own_sites_path) == 1
	(row,) = rows(on_site)
	assert row.status == "queued"
	assert row.run_after > time.time()
	with on_site():
		frappe.db.sql("update `__jobs` set `run_after` = 0")
		frappe.db.commit()
	assert work_off(site, own_sites_path) == 1
	assert rows(on_site)[0].status == "finished"
	assert notes(on_site) == ["at last"]


def test_a_lost_lease_leaves_no_trace(on_site: OnSite, own_sites_path: str) -> None:
	enqueue(on_site, ("note", {"text": "once"}))
	with on_site():
		first = TableBackend().claim(["default"], new_owner(), 0.0)
	time.sleep(0.01)
	with on_site():
		second = TableBackend().claim(["default"], new_owner(), 30.0)
	assert first.id == second.id
	assert run_claimed(first, own_sites_path) is False
	assert notes(on_site) == []
	assert run_claimed(second, own_sites_path) is True
	assert notes(on_site) == ["once"]
	assert rows(on_site)[0].status == "finished"


def test_a_job_that_kills_its_workers_is_given_up(on_site: OnSite) -> None:
	enqueue(on_site, ("note", {"text": "poison"}))
	with on_site():
		claims = 0
		while TableBackend().claim(["default"], new_owner(), -1.0):
			claims += 1
	assert claims == MAX_LOSSES
	assert (rows(on_site)[0].status, rows(on_site)[0].error) == ("failed", "WorkerLost")


def test_what_a_dead_process_held_is_taken_at_once(on_site: OnSite) -> None:
	enqueue(on_site, ("note", {"text": "one"}))
	with on_site():
		owner = new_owner()
		host = owner.split(":")[0]
		TableBackend().claim(["default"], f"{host}:999999999:gone", 600.0)
		assert TableBackend().claim(["default"], owner, 600.0) is None
		assert TableBackend().release_dead() == 1
		assert TableBackend().claim(["default"], owner, 600.0)


def test_priorities_follow_the_order_of_the_queues(on_site: OnSite, site: str, own_sites_path: str) -> None:
	enqueue(on_site, ("note", {"text": "long"}), queue="long")
	with on_site():
		frappe.enqueue(JOBS + "note", queue="short", text="short")
		frappe.db.commit()
	work_off(site, own_sites_path)
	assert notes(on_site) == ["short", "long"]


def test_a_stuck_job_does_not_hold_up_the_others(on_site: OnSite, pool: WorkerPool) -> None:
	enqueue(on_site, ("nap", {"seconds": 30}), timeout=60)
	pool.start()
	assert wait_for(lambda: rows(on_site)[0].status == "started")
	with on_site():
		frappe.enqueue(JOBS + "note", text="passes")
		frappe.db.commit()
	assert wait_for(lambda: notes(on_site) == ["passes"])


def test_a_job_that_takes_too_long_is_ended(on_site: OnSite, pool: WorkerPool) -> None:
	enqueue(on_site, ("nap", {"seconds": 30}), timeout=1)
	pool.start()
	assert wait_for(lambda: rows(on_site)[0].status == "failed")
	assert rows(on_site)[0].error.startswith("JobTimeout")
	assert notes(on_site) == []


def test_a_job_that_ignores_its_end_is_given_up_and_replaced(on_site: OnSite, pool: WorkerPool) -> None:
	enqueue(on_site, ("hang", {"seconds": 4}), timeout=1)
	pool.start()
	assert wait_for(lambda: rows(on_site)[0].status == "failed")
	assert rows(on_site)[0].error == "JobTimeout"
	with on_site():
		for number in range(4):
			frappe.enqueue(JOBS + "note", text=str(number))
		frappe.db.commit()
	assert wait_for(lambda: len(notes(on_site)) == 4)
	time.sleep(2.5)
	assert "hung" not in notes(on_site)


def test_a_lease_is_renewed_while_its_job_runs(on_site: OnSite, pool: WorkerPool) -> None:
	pool.lease_seconds = 0.6
	enqueue(on_site, ("nap", {"seconds": 1.5}), timeout=30)
	pool.start()
	assert wait_for(lambda: rows(on_site)[0].status == "finished")
	assert (rows(on_site)[0].attempts, notes(on_site)) == (1, ["awake"])


def test_an_enqueued_job_wakes_an_idle_worker(on_site: OnSite, pool: WorkerPool) -> None:
	pool.poll_seconds = 60
	pool.start()
	time.sleep(0.3)
	enqueue(on_site, ("note", {"text": "quick"}))
	assert wait_for(lambda: notes(on_site) == ["quick"], seconds=3)


def test_nothing_runs_in_maintenance_mode(
	on_site: OnSite, site: str, own_sites_path: str, pool: WorkerPool
) -> None:
	from frappe.installer import update_site_config

	enqueue(on_site, ("note", {"text": "later"}))
	with on_site():
		update_site_config("maintenance_mode", 1)
	pool.start()
	time.sleep(0.5)
	assert rows(on_site)[0].status == "queued"
