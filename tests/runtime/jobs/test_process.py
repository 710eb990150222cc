"""Everything in one process, started and stopped as `bench start` does it."""

from __future__ import annotations

import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.tests import sample_jobs


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_process_serves_works_and_schedules_until_it_is_told_to_stop(
	start_server: Callable[[str], Any], number: signal.Signals
) -> None:
	from frappe.utils.scheduler import is_scheduler_process_running

	server = start_server("start")
	with urllib.request.urlopen(f"{server.url}/api/method/ping", timeout=10) as answer:
		assert answer.status == 200
	with server.connected():
		frappe.enqueue("frappe.tests.sample_jobs.note", text="in one process")
		frappe.db.commit()
		deadline = time.monotonic() + 10
		while "in one process" not in sample_jobs.notes() and time.monotonic() < deadline:
			time.sleep(0.1)
			frappe.db.rollback()
		assert "in one process" in sample_jobs.notes()
		assert is_scheduler_process_running()
	server.process.send_signal(number)
	assert server.process.wait(15) == 0
	assert "Traceback" not in Path(server.sites_path, "..", "logs", "server.log").read_text()


def test_a_port_in_use_is_said_in_one_sentence(start_server: Callable[[str], Any]) -> None:
	import sys

	server = start_server("start")
	port = server.url.rpartition(":")[2]
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", server.site]
	done = subprocess.run(
		[*command, "start", "--port", port],
		cwd=server.sites_path,
		capture_output=True,
		text=True,
		timeout=30,
		check=False,
	)
	server.process.terminate()
	server.process.wait(15)
	assert done.returncode == 1
	assert f"Port {port}" in done.stderr
	assert "Traceback" not in done.stderr
