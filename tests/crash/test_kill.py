"""Web, worker and scheduler are killed at random moments under load, and nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.installer import update_site_config
from frappe.jobs import lease
from frappe.jobs.runner import site_context

KILLS = 50
KEY, SECRET = "crash-key", "crash-secret-0123"
SCHEDULED = "frappe.tests.sample_jobs.scheduled_note"
# A few runs of the scheduler among the kills, whatever time the machine takes to start it anew.
SCHEDULED_RUNS = 6

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.timeout(240)]


def free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


class Mailbox:
	"""A mail server that looks, at every mail, whether its success was recorded before."""

	def __init__(self, database: Path) -> None:
		self.database = database
		self.ids: dict[str, list[str]] = {}
		self.sent_again: list[str] = []

	async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
		message_id = message_from_bytes(envelope.content)["Message-ID"]
		for address in envelope.rcpt_tos:
			if self.is_recorded(address):
				self.sent_again.append(address)
			self.ids.setdefault(address, []).append(message_id)
		return "250 taken"

	def is_recorded(self, address: str) -> bool:
		with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
			query = "select 1 from `tabEmail Queue Recipient` where recipient = ? and status = 'Sent'"
			found = connection.execute(query, (address,)).fetchone()
		connection.close()
		return bool(found)


class Processes:
	"""Web, worker and scheduler of a bench as processes of their own."""

	def __init__(self, sites_path: Path, site: str) -> None:
		self.sites_path = sites_path
		self.port = free_port()
		self.commands = {
			"web": ["--site", site, "serve", "--port", str(self.port)],
			"worker": ["worker"],
			"scheduler": ["schedule"],
		}
		self.running: dict[str, subprocess.Popen] = {}

	def start(self, kind: str) -> None:
		command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", *self.commands[kind]]
		with open(self.sites_path.parent / "logs" / f"{kind}.out", "ab") as log:
			self.running[kind] = subprocess.Popen(command, cwd=self.sites_path, stdout=log, stderr=log)

	def start_all(self) -> None:
		for kind in self.commands:
			self.start(kind)

	def kill(self, kind: str) -> None:
		process = self.running[kind]
		process.send_signal(signal.SIGKILL)
		process.wait()

	def stop_all(self) -> None:
		for process in self.running.values():
			process.terminate()
		for process in self.running.values():
			try:
				process.wait(15)
			except subprocess.TimeoutExpired:
				process.kill()
				process.wait()


class Load(threading.Thread):
	"""Posts one write after the other and remembers those that were accepted."""

	def __init__(self, port: int, name: str) -> None:
		super().__init__(daemon=True)
		self.url = f"http://127.0.0.1:{port}/api/method/frappe.tests.sample_jobs.accept"
		self.prefix = name
		self.accepted: list[str] = []
		self.refused: Counter[str] = Counter()
		self.stopping = threading.Event()

	def run(self) -> None:
		number = 0
		while not self.stopping.wait(0.05):
			number += 1
			key = f"{self.prefix}{number}"
			if self.post(key):
				self.accepted.append(key)

	def post(self, key: str) -> bool:
		headers = {"Authorization": f"token {KEY}:{SECRET}", "Content-Type": "application/json"}
		request = urllib.request.Request(self.url, json.dumps({"key": key}).encode(), headers, method="POST")
		try:
			with urllib.request.urlopen(request, timeout=20) as answer:
				return answer.status == 200
		except urllib.error.HTTPError as error:
			self.refused[str(error.code)] += 1
		except OSError as error:
			self.refused[type(error).__name__] += 1
			self.stopping.wait(0.1)
		return False


@pytest.fixture
def bench(
	site: str, bench_path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Path, Mailbox]]:
	"""The sites folder of a copy of the bench, made ready, and its mail server."""
	from aiosmtpd.controller import Controller

	if request.config.getoption("--db-type") != "sqlite":
		pytest.skip("the copy of a bench has a database of its own only on SQLite")
	copy = tmp_path / "bench"
	shutil.copytree(bench_path, copy)
	sites = copy / "sites"
	with site_context(site, str(sites)):
		mailbox = Mailbox(Path(frappe.local.site_path, "db", f"{frappe.conf.db_name}.db").resolve())
		controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
		controller.start()
		_prepare(controller.port)
	yield sites, mailbox
	controller.stop()
	frappe.destroy()


def _prepare(port: int) -> None:
	for key, value in {
		"mail_server": "127.0.0.1",
		"mail_port": port,
		"auto_email_id": "school@example.com",
		"scheduler_tick_interval": 1,
		"rate_limit": {},
	}.items():
		update_site_config(key, value)
	user = frappe.get_doc("User", "Administrator")
	user.api_key, user.api_secret = KEY, SECRET
	user.save()
	frappe.db.delete("Scheduled Job Type")
	frappe.get_doc(
		doctype="Scheduled Job Type", method=SCHEDULED, frequency="Cron", cron_format="* * * * * */2"
	).insert()
	frappe.db.delete("Email Queue")
	frappe.db.sql("delete from `__jobs`")
	frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
	frappe.db.commit()


def _wait_for_writes(loads: list[Load], seconds: float) -> None:
	"""A busy machine takes its time to start processes anew; go on until enough writes were accepted."""
	time.sleep(1.5)
	deadline = time.monotonic() + seconds
	while sum(len(load.accepted) for load in loads) <= 2 * KILLS and time.monotonic() < deadline:
		time.sleep(0.2)


def _drained() -> bool:
	frappe.db.rollback()
	jobs = frappe.db.sql(
		"select count(*) from `__jobs` where `status` in ('queued', 'started') and `method` like '%%.note'"
	)
	mails = frappe.db.sql("select count(*) from `tabEmail Queue` where `status` != 'Sent'")
	return not jobs[0][0] and not mails[0][0] and _scheduled_runs() >= SCHEDULED_RUNS


def _scheduled_runs() -> int:
	return frappe.db.sql(
		"select count(*) from `__jobs` where `status` = 'finished' and `job_name` = %s", SCHEDULED
	)[0][0]


def _wait_until_drained(site: str, sites: Path, seconds: float) -> None:
	"""Go on until no job and no mail waits and the scheduler, slow to start anew, did its share."""
	deadline = time.monotonic() + seconds
	with site_context(site, str(sites)):
		while not _drained() and time.monotonic() < deadline:
			time.sleep(0.2)


def _keys(prefix: str) -> Counter[str]:
	notes = frappe.db.sql_list(
		"select `description` from `tabToDo` where `description` like %s", f"{prefix}%"
	)
	return Counter(note.removeprefix(prefix) for note in notes)


def test_kill_9_loses_and_doubles_nothing(bench: tuple[Path, Mailbox], site: str) -> None:
	sites, mailbox = bench
	chance = random.Random(os.environ.get("CRASH_SEED") or time.time_ns())
	processes = Processes(sites, site)
	processes.start_all()
	loads = [Load(processes.port, name) for name in ("a", "b")]
	try:
		for load in loads:
			load.start()
		time.sleep(1.0)
		for _kill in range(KILLS):
			time.sleep(chance.uniform(0.1, 0.9))
			kind = chance.choice(list(processes.commands))
			processes.kill(kind)
			processes.start(kind)
		_wait_for_writes(loads, 60)
		for load in loads:
			load.stopping.set()
		for load in loads:
			load.join(25)
		_wait_until_drained(site, sites, 60)
		heartbeat_before = time.time()
		time.sleep(2.5)
	finally:
		processes.stop_all()
	accepted = [key for load in loads for key in load.accepted]
	print(f"accepted {len(accepted)}, refused {sum((load.refused for load in loads), Counter())}")
	assert len(accepted) > KILLS
	with site_context(site, str(sites)):
		_check_writes_and_jobs(accepted)
		_check_mails(mailbox)
		_check_scheduler(heartbeat_before)


def _check_writes_and_jobs(accepted: list[str]) -> None:
	written, done = _keys("write:"), _keys("job:")
	assert set(accepted) <= set(written)
	assert set(written.values()) == {1}
	# A job exists exactly when its write does, and succeeded exactly once.
	assert done == written
	outcomes = frappe.db.sql(
		"select `status`, count(*) from `__jobs` where `method` = %s group by `status`",
		"frappe.tests.sample_jobs.note",
	)
	assert outcomes == (("finished", len(written)),)


def _check_mails(mailbox: Mailbox) -> None:
	written = _keys("write:")
	assert set(mailbox.ids) == {f"{key}@example.com" for key in written}
	assert mailbox.sent_again == []
	repeats = {address: ids for address, ids in mailbox.ids.items() if len(ids) > 1}
	print(f"{len(mailbox.ids)} mails, {len(repeats)} repeated after a kill before their success was recorded")
	assert all(len(set(ids)) == 1 for ids in repeats.values())
	assert frappe.db.count("Email Queue", {"status": "Sent"}) == len(written)


def _check_scheduler(moment: float) -> None:
	runs = _scheduled_runs()
	assert runs >= SCHEDULED_RUNS
	assert _keys("scheduled") == Counter({"": runs})
	assert frappe.db.count("Scheduled Job Log", {"status": "Complete"}) == runs
	assert lease.read("scheduler").heartbeat > moment
