"""A bench with one fresh site that has the runtime only, and a server for it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.runtime.mariadb_server import MariaDBServer
from tests.site_fixtures import connected, free_port

NAME = "plain.localhost"
ADMIN_PASSWORD = "admin"
START_SECONDS = 30
# The recorded site was set up in English and UTC, and its limit of new users per hour was raised.
SETTINGS = "frappe.db.set_single_value('System Settings', {'language': 'en', 'time_zone': 'UTC'})"


@dataclass
class PlainSite:
	"""A running site.

	Args:
		url: address without a slash at its end.
		name: of the site.
		sites_path: folder of the site.
		admin_password: of Administrator.
		process: the server.
	"""

	url: str
	name: str
	sites_path: Path
	admin_password: str
	process: subprocess.Popen

	def connected(self) -> contextlib.AbstractContextManager[Any]:
		"""Work on the site from the test; what is committed the server sees."""
		return connected(self.name, str(self.sites_path))


def start_plain_site(bench: Path, server: MariaDBServer | None = None) -> PlainSite:
	"""Create the site in an empty folder, on a MariaDB server if one is given, and serve it."""
	for folder in ("apps", "sites", "logs", "config/pids"):
		(bench / folder).mkdir(parents=True, exist_ok=True)
	sites = bench / "sites"
	(sites / "apps.txt").write_text("frappe\n")
	(sites / "common_site_config.json").write_text("{}")
	_bench(sites, "new-site", NAME, "--admin-password", ADMIN_PASSWORD, *_on(server))
	config = sites / NAME / "site_config.json"
	values = {**json.loads(config.read_text()), "throttle_user_limit": 100000}
	config.write_text(json.dumps(values))
	_set_english_and_utc(sites)
	return _serve(sites)


def _on(server: MariaDBServer | None) -> list[str]:
	if not server:
		return []
	where = ["--db-type", "mariadb", "--db-host", server.host, "--db-port", str(server.port)]
	root = [f"--db-root-username={server.root_login}", f"--db-root-password={server.root_password}"]
	return [*where, *root, "--force"]


def _command(*arguments: str) -> list[str]:
	return [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", *arguments]


def _bench(sites: Path, *arguments: str) -> None:
	subprocess.run(_command(*arguments), cwd=sites, check=True, capture_output=True, timeout=120)


def _set_english_and_utc(sites: Path) -> None:
	script = (
		f"import frappe; frappe.init({NAME!r}, sites_path='.'); frappe.connect(); {SETTINGS};"
		" frappe.clear_cache(); frappe.db.commit()"
	)
	subprocess.run([sys.executable, "-c", script], cwd=sites, check=True, capture_output=True, timeout=60)


def _serve(sites: Path) -> PlainSite:
	port = free_port()
	with open(sites.parent / "logs/server.log", "wb") as log:
		process = subprocess.Popen(
			_command("--site", NAME, "serve", "--port", str(port)),
			cwd=sites,
			stdout=log,
			stderr=log,
			env={**os.environ},
		)
	site = PlainSite(f"http://127.0.0.1:{port}", NAME, sites, ADMIN_PASSWORD, process)
	_wait(site)
	return site


def _wait(site: PlainSite) -> None:
	deadline = time.monotonic() + START_SECONDS
	while time.monotonic() < deadline and site.process.poll() is None:
		try:
			urllib.request.urlopen(f"{site.url}/api/method/ping", timeout=5).close()
			return
		except urllib.error.HTTPError:
			return
		except OSError:
			time.sleep(0.05)
	stop(site)
	raise AssertionError((site.sites_path.parent / "logs/server.log").read_text(errors="replace"))


def stop(site: PlainSite) -> None:
	"""End the server."""
	site.process.terminate()
	try:
		site.process.wait(10)
	except subprocess.TimeoutExpired:
		site.process.kill()
		site.process.wait()
