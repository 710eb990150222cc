"""Processes of a bench: everything in one, or web, worker and scheduler apart."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import frappe
from frappe.jobs.backends import uses_redis
from frappe.jobs.memory import bound_arenas
from frappe.jobs.scheduler import Scheduler
from frappe.jobs.worker import DEFAULT_LANES, WorkerPool, work_off

WEB_THREADS = 6
HOST = "127.0.0.1"


def run_all(
	site: str | None = None,
	port: int = 8000,
	host: str = HOST,
	sites_path: str = ".",
	on_ready: Callable[[], Any] | None = None,
) -> None:
	"""Serve the web, work off jobs and schedule in this process until SIGINT or SIGTERM.

	Args:
		site: the one site to serve; None serves all of the bench by host name.
		port, host: address to listen on.
		sites_path: the bench's `sites` folder.
		on_ready: called when the server listens.
	"""
	sites = _sites(site, sites_path)
	# Links in the mails of this process's jobs lead to the port it listens on.
	os.environ["FRAPPE_WEBSERVER_PORT"] = str(port)
	server = _web_server(host, port, site, sites_path)
	pool = _pool(sites, sites_path)
	scheduler = Scheduler(sites, sites_path)
	stop = _stop_on_signals(server)
	if pool:
		pool.start()
	else:
		print("Jobs wait on Redis for a worker: run `bench worker` beside this process, here or elsewhere.")
	scheduler.start()
	if on_ready:
		on_ready()
	try:
		server.run()
	finally:
		stop.set()
		scheduler.stop()
		if pool:
			pool.stop()
		server.close()


start = run_all


def run_web(
	site: str | None = None,
	port: int = 8000,
	host: str = HOST,
	sites_path: str = ".",
	on_ready: Callable[[], Any] | None = None,
) -> None:
	"""Serve only the web in this process until SIGINT or SIGTERM; arguments as for `run_all`."""
	server = _web_server(host, port, site, sites_path)
	_stop_on_signals(server)
	if on_ready:
		on_ready()
	try:
		server.run()
	finally:
		server.close()


def run_worker(
	site: str | None = None,
	queue: str | Sequence[str] | None = None,
	sites_path: str = ".",
	burst: bool = False,
) -> None:
	"""Work off jobs in this process until SIGINT or SIGTERM.

	Args:
		site: only this site's; None means all sites of the bench.
		queue: one name, or several; all unless given.
		sites_path: the bench's `sites` folder.
		burst: end as soon as nothing waits.
	"""
	sites = _sites(site, sites_path)
	queues = queue.split(",") if isinstance(queue, str) else queue
	frappe.init(sites[0] if sites else "", sites_path=sites_path, force=True)
	if uses_redis():
		from frappe.jobs.backends.rq import run_rq_worker

		run_rq_worker(queues, sites_path, burst)
		return
	frappe.destroy()
	if burst:
		for name in sites:
			work_off(name, sites_path, queues or ("short", "default", "long"))
		return
	pool = WorkerPool(sites, sites_path, lanes=[queues] * 2 if queues else DEFAULT_LANES)
	pool.start()
	_wait_for_signal()
	pool.stop()


def run_scheduler(site: str | None = None, sites_path: str = ".") -> None:
	"""Schedule in this process until SIGINT or SIGTERM; arguments as for `run_worker`."""
	scheduler = Scheduler(_sites(site, sites_path), sites_path)
	scheduler.start()
	_wait_for_signal()
	scheduler.stop()


def _sites(site: str | None, sites_path: str) -> list[str]:
	if site:
		return [site]
	return sorted(
		name
		for name in os.listdir(sites_path)
		if os.path.exists(os.path.join(sites_path, name, "site_config.json"))
	)


def _pool(sites: list[str], sites_path: str) -> WorkerPool | None:
	own = []
	for site in sites:
		frappe.init(site, sites_path=sites_path, force=True)
		if not uses_redis():
			own.append(site)
		frappe.destroy()
	return WorkerPool(own, sites_path) if own else None


def _web_server(host: str, port: int, site: str | None, sites_path: str) -> Any:
	bound_arenas()
	from waitress.server import create_server

	from frappe.app import MAX_BODY, application, configure

	configure(site, sites_path)
	try:
		return create_server(
			application,
			max_request_body_size=MAX_BODY + 1024 * 1024,
			host=host,
			port=port,
			threads=WEB_THREADS,
			ident=None,
			clear_untrusted_proxy_headers=True,
		)
	except OSError as error:
		sys.exit(f"Port {port} on {host} cannot be used ({error.strerror}); choose another one with --port.")


def _stop_on_signals(server: Any) -> threading.Event:
	stop = threading.Event()

	def end(_signal: int, _frame: FrameType | None) -> None:
		if not stop.is_set():
			stop.set()
			raise SystemExit(0)

	signal.signal(signal.SIGINT, end)
	signal.signal(signal.SIGTERM, end)
	return stop


def _wait_for_signal() -> None:
	stop = threading.Event()
	for number in (signal.SIGINT, signal.SIGTERM):
		signal.signal(number, lambda *_: stop.set())
	while not stop.wait(3600):
		continue
