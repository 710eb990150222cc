"""The same jobs on RQ workers, with a Redis server of the test's own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import frappe
import pytest
from frappe.installer import update_site_config
from frappe.jobs.backends.rq import RQBackend
from frappe.tests import sample_jobs
from frappe.utils.background_jobs import generate_qname, get_job_status, get_jobs, get_queue, is_job_enqueued

NOTE = "frappe.tests.sample_jobs.note"
OnSite = Callable[[], AbstractContextManager[None]]

pytestmark = [
	pytest.mark.redis,
	pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed"),
	pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
	pytest.importorskip("rq")
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		port = probe.getsockname()[1]
	folder = tmp_path_factory.mktemp("redis")
	command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
	process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
	deadline = time.monotonic() + 10
	while time.monotonic() < deadline:
		with socket.socket() as client:
			if client.connect_ex(("127.0.0.1", port)) == 0:
				break
		time.sleep(0.05)
	yield f"redis://127.0.0.1:{port}"
	process.terminate()
	process.wait(10)


@pytest.fixture
def on_redis(on_site: OnSite, redis_url: str) -> OnSite:
	"""The copied site, with its jobs on Redis."""
	import redis

	redis.Redis.from_url(redis_url).flushall()
	with on_site():
		update_site_config("redis_queue", redis_url)
	return on_site


def run_worker(sites_path: str, site: str) -> None:
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "worker", "--burst"]
	done = subprocess.run(
		command, cwd=sites_path, env={**os.environ}, capture_output=True, text=True, timeout=60, check=False
	)
	assert done.returncode == 0, done.stdout + done.stderr


def notes(on_site: OnSite) -> list[str]:
	with on_site():
		return sample_jobs.notes()


def test_a_job_is_sent_when_its_transaction_is_committed(on_redis: OnSite) -> None:
	with on_redis():
		frappe.enqueue(NOTE, text="one", job_id="mine", enqueue_after_commit=True)
		assert not is_job_enqueued("mine")
		frappe.db.commit()
		assert is_job_enqueued("mine")
		assert get_job_status("mine") == "queued"
		assert get_jobs() == {frappe.local.site: [NOTE]}
		assert get_queue("default").name == generate_qname("default")
		assert generate_qname("default").endswith(":default")


def test_a_rolled_back_transaction_sends_nothing(on_redis: OnSite) -> None:
	with on_redis():
		frappe.enqueue(NOTE, text="one", job_id="mine")
		frappe.db.rollback()
		assert not is_job_enqueued("mine")


def test_a_worker_runs_jobs_as_their_user(on_redis: OnSite, own_sites_path: str, site: str) -> None:
	with on_redis():
		frappe.enqueue(NOTE, text="from redis", queue="short")
		frappe.db.commit()
	run_worker(own_sites_path, site)
	assert notes(on_redis) == ["from redis"]
	with on_redis():
		assert get_jobs() == {}
		assert frappe.db.sql("select `status` from `__jobs` where `queue` = 'rq'") == (("finished",),)


def test_a_failed_job_is_final_and_leaves_only_a_code(
	on_redis: OnSite, own_sites_path: str, site: str
) -> None:
	with on_redis():
		frappe.enqueue("frappe.tests.sample_jobs.note_and_fail", text="Li Ming")
		frappe.db.commit()
	run_worker(own_sites_path, site)
	assert notes(on_redis) == []
	with on_redis():
		assert get_queue("default").failed_job_registry.count == 1
		logs = frappe.get_all("Error Log", fields=["method", "error"])
	assert len(logs) == 1
	assert "Li Ming" not in str(logs)


def test_a_double_is_left_out_while_the_first_waits(on_redis: OnSite) -> None:
	with on_redis():
		assert frappe.enqueue(NOTE, job_id="same", deduplicate=True, text="one")
		frappe.db.commit()
		assert frappe.enqueue(NOTE, job_id="same", deduplicate=True, text="two") is None


def test_a_job_handed_out_twice_is_done_once(on_redis: OnSite, own_sites_path: str, site: str) -> None:
	from frappe.jobs.runner import execute

	call: dict[str, Any] = {"site": site, "method": NOTE, "kwargs": {"text": "once"}, "run": "run-1"}
	execute(**call, sites_path=own_sites_path)
	execute(**call, sites_path=own_sites_path)
	assert notes(on_redis) == ["once"]


@pytest.fixture
def only_tick_is_scheduled(on_redis: OnSite) -> Iterator[None]:
	"""The sample job is the only one; afterwards those of the apps are back, as copies share a database."""
	from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs

	with on_redis():
		frappe.db.delete("Scheduled Job Type")
		sync_jobs({"hourly": ["frappe.tests.sample_jobs.tick"]})
		frappe.db.commit()
	yield
	with on_redis():
		sync_jobs()
		frappe.db.commit()


@pytest.mark.usefixtures("only_tick_is_scheduled")
def test_the_scheduler_hands_due_jobs_to_redis(on_redis: OnSite, own_sites_path: str, site: str) -> None:
	from frappe.jobs.scheduler import enqueue_due_jobs

	with on_redis():
		frappe.db.set_value("Scheduled Job Type", "sample_jobs.tick", "next_execution", "2020-01-01 00:00:00")
		frappe.db.set_value("Scheduled Job Type", "sample_jobs.tick", "last_execution", "2020-01-01 00:00:00")
		frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
		frappe.db.commit()
		assert enqueue_due_jobs() == ["frappe.tests.sample_jobs.tick"]
	run_worker(own_sites_path, site)
	with on_redis():
		assert frappe.db.count("Scheduled Job Log", {"scheduled_job_type": "sample_jobs.tick"}) == 1


# ------------------------------------------------------------------ while Redis is away
@pytest.fixture
def without_redis(on_redis: OnSite, monkeypatch: pytest.MonkeyPatch) -> OnSite:
	"""The copied site, with its jobs on a Redis that is down."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		nobody = f"redis://127.0.0.1:{probe.getsockname()[1]}"
	monkeypatch.setenv("FRAPPE_REDIS_QUEUE", nobody)
	return on_redis


def test_nobody_loses_work_while_redis_is_away(
	without_redis: OnSite, monkeypatch: pytest.MonkeyPatch, own_sites_path: str, site: str
) -> None:
	with without_redis():
		frappe.enqueue(NOTE, text="kept", job_id="kept", deduplicate=True, queue="short")
		frappe.db.commit()
		assert frappe.enqueue(NOTE, text="double", job_id="kept", deduplicate=True) is None
		assert is_job_enqueued("kept")
		assert get_jobs() == {frappe.local.site: [NOTE]}
	monkeypatch.delenv("FRAPPE_REDIS_QUEUE")
	with without_redis():
		assert RQBackend().hand_over()
		assert frappe.db.sql("select count(*) from `__jobs`") == ((0,),)
		assert is_job_enqueued("kept")
	run_worker(own_sites_path, site)
	assert notes(without_redis) == ["kept"]


def test_what_is_handed_over_twice_is_done_once(
	without_redis: OnSite, monkeypatch: pytest.MonkeyPatch, own_sites_path: str, site: str
) -> None:
	with without_redis():
		frappe.enqueue(NOTE, text="once", queue="short")
		frappe.db.commit()
	monkeypatch.delenv("FRAPPE_REDIS_QUEUE")
	monkeypatch.setattr("frappe.jobs.backends.table.TableBackend.forget", lambda self, id: None)
	for _each in range(2):
		with without_redis():
			assert RQBackend().hand_over()
		run_worker(own_sites_path, site)
	assert notes(without_redis) == ["once"]


def test_the_scheduler_waits_for_redis(without_redis: OnSite) -> None:
	from frappe.jobs.scheduler import enqueue_due_jobs

	with without_redis():
		frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
		frappe.db.commit()
		assert enqueue_due_jobs() == []
		assert not frappe.db.count("Error Log")


def test_a_worker_without_redis_says_so_in_one_sentence(without_redis: OnSite, own_sites_path: str) -> None:
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "worker", "--burst"]
	done = subprocess.run(
		command, cwd=own_sites_path, capture_output=True, text=True, timeout=60, check=False
	)
	assert done.returncode == 1
	assert done.stderr.startswith("Error: Redis cannot be reached on redis://127.0.0.1:")
	assert done.stderr.count("\n") == 1


def test_doctor_looks_at_redis(on_redis: OnSite, monkeypatch: pytest.MonkeyPatch) -> None:
	from frappe.utils import doctor

	with on_redis():
		frappe.enqueue(NOTE, text="waits")
		frappe.db.commit()
		assert doctor._queue() == ("Queue: 1 unfinished on Redis, 0 workers", False)
		assert doctor.count_running_jobs() == 0
		assert doctor.purge_pending_jobs() == 1
		assert doctor._queue() == ("Queue: 0 unfinished on Redis, 0 workers", False)


def test_doctor_says_that_redis_is_away(without_redis: OnSite) -> None:
	from frappe.utils import doctor

	with without_redis():
		frappe.enqueue(NOTE, text="waits")
		frappe.db.commit()
		line, is_good = doctor._queue()
	assert not is_good and "cannot be reached" in line and line.endswith("1 jobs wait")
