"""Measures the running stack and prints medians beside those of a real Frappe; asserts nothing.

Run with `env/bin/python tests/benchmarks/run.py [--requests 200]`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
BASELINE = json.loads((Path(__file__).parent / "baseline.json").read_text())
PASSWORD = "admin"
SITE = "bench.localhost"
ROWS = 1000
TODO = "/api/resource/ToDo"


def bench(sites: Path, *arguments: str) -> float:
	"""Run one CLI command in a sites folder; returns its wall time in seconds."""
	started = time.perf_counter()
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", *arguments]
	subprocess.run(command, cwd=sites, check=True, stdout=subprocess.DEVNULL)
	return time.perf_counter() - started


class Client:
	"""One signed-in client on a kept-alive connection."""

	def __init__(self, port: int) -> None:
		self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
		self.headers = {"Host": SITE, "Accept": "application/json"}
		body = urlencode({"usr": "Administrator", "pwd": PASSWORD})
		form = {"Content-Type": "application/x-www-form-urlencoded"}
		self.connection.request("POST", "/api/method/login", body, {**self.headers, **form})
		answer = self.connection.getresponse()
		answer.read()
		cookies = [value for key, value in answer.getheaders() if key.lower() == "set-cookie"]
		self.headers["Cookie"] = "; ".join(cookie.split(";")[0] for cookie in cookies)

	def call(self, method: str, path: str, values: dict | None = None) -> dict:
		"""Send one request; returns its JSON body.

		Raises:
			RuntimeError: the status is not a success.
		"""
		body = json.dumps(values) if values is not None else None
		headers = {**self.headers, "Content-Type": "application/json"}
		self.connection.request(method, path, body, headers)
		answer = self.connection.getresponse()
		raw = answer.read()
		if answer.status >= 400:
			raise RuntimeError(f"{method} {path}: {answer.status} {raw[:300]!r}")
		return json.loads(raw)


def free_port() -> int:
	"""Return a port nobody listens on."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


@contextmanager
def running_stack(sites: Path) -> Iterator[tuple[int, int, float]]:
	"""Yield (port, process id, seconds to the first answer) of web + worker + scheduler in one process."""
	port = free_port()
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", SITE]
	started = time.perf_counter()
	process = subprocess.Popen([*command, "start", "--port", str(port)], cwd=sites, stdout=subprocess.DEVNULL)
	try:
		yield port, process.pid, _seconds_to_answer(port, started)
	finally:
		process.send_signal(signal.SIGTERM)
		process.wait(timeout=20)


def _seconds_to_answer(port: int, started: float) -> float:
	while time.perf_counter() - started < 60:
		try:
			connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
			connection.request("GET", "/api/method/ping", headers={"Host": SITE})
			if connection.getresponse().status == 200:
				return time.perf_counter() - started
		except OSError:
			time.sleep(0.01)
	raise RuntimeError("the server did not answer within a minute")


def resident_mib(pid: int) -> float:
	"""Return the resident memory of a process in MiB."""
	status = Path(f"/proc/{pid}/status").read_text()
	kib = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
	return int(kib) / 1024


def kinds_of_request(names: list[str]) -> dict[str, Callable[[Client, int], dict]]:
	"""Return what is measured: label → one request of client number i."""
	fields = urlencode({"fields": '["name","description","status","modified"]', "limit_page_length": 20})
	return {
		"ping": lambda client, i: client.call("GET", "/api/method/ping"),
		"list of 20": lambda client, i: client.call("GET", f"{TODO}?{fields}"),
		"read": lambda client, i: client.call("GET", f"{TODO}/{names[i % len(names)]}"),
		"insert": lambda client, i: client.call("POST", TODO, {"description": f"benchmark {i}"}),
		"save": lambda client, i: client.call(
			"PUT", f"{TODO}/{names[i % len(names)]}", {"description": f"saved {i} {time.time_ns()}"}
		),
	}


def measure(
	port: int, clients: int, requests: int, send: Callable[[Client, int], dict]
) -> tuple[float, float]:
	"""Return (requests per second, median latency in ms) of `requests` requests of each of `clients`
	clients."""

	def work(number: int, client: Client) -> list[float]:
		latencies = []
		for i in range(requests):
			begun = time.perf_counter()
			send(client, number * requests + i)
			latencies.append((time.perf_counter() - begun) * 1000)
		return latencies

	ready = [Client(port) for _ in range(clients)]
	started = time.perf_counter()
	with ThreadPoolExecutor(clients) as pool:
		latencies = [ms for part in pool.map(work, range(clients), ready) for ms in part]
	return len(latencies) / (time.perf_counter() - started), statistics.median(latencies)


def report_requests(port: int, requests: int) -> None:
	"""Measure every kind of request with one client and with four, and print the table."""
	first = Client(port)
	names = [first.call("POST", TODO, {"description": f"row {i}"})["data"]["name"] for i in range(ROWS)]
	print(f"{'request':12} {'clients':>7} {'req/s':>8} {'p50 ms':>8} {'Frappe':>7} {'ratio':>6}")
	for label, send in kinds_of_request(names).items():
		for clients in (1, 4):
			runs = [measure(port, clients, requests, send) for _ in range(3)]
			rate = statistics.median(run[0] for run in runs)
			latency = statistics.median(run[1] for run in runs)
			theirs = BASELINE["requests"][label][str(clients)]
			print(f"{label:12} {clients:7} {rate:8.0f} {latency:8.2f} {theirs:7} {rate / theirs:5.1f}x")


def main() -> None:
	"""Build the site, measure, print."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--requests", type=int, default=200, help="requests of each client in one run")
	asked = parser.parse_args()
	with tempfile.TemporaryDirectory() as folder:
		sites = make_sites(Path(folder))
		new_site = ["new-site", SITE, "--admin-password", PASSWORD, "--force"]
		report(
			"new-site, s", statistics.median(bench(sites, *new_site) for _ in range(3)), "seconds", "new-site"
		)
		with running_stack(sites) as (port, pid, cold):
			report("cold start, s", cold, "seconds", "cold start")
			report_requests(port, asked.requests)
			report("memory, MiB", resident_mib(pid), "memory_mib", "stack")


def make_sites(bench_folder: Path) -> Path:
	"""Return a sites folder of a throw-away bench over this repository's apps."""
	sites = bench_folder / "sites"
	sites.mkdir()
	(sites / "apps.txt").write_text("frappe\n")
	(sites / "common_site_config.json").write_text("{}")
	os.symlink(ROOT / "apps", bench_folder / "apps")
	return sites


def report(label: str, ours: float, group: str, key: str) -> None:
	"""Print one figure beside real Frappe's; lower is better."""
	theirs = BASELINE[group][key]
	print(f"{label:14} {ours:8.2f}   Frappe {theirs:6}   ratio {theirs / ours:5.1f}x", flush=True)


if __name__ == "__main__":
	main()
