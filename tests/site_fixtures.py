"""Fixtures of all tests: one bench and one site per session, each test undone after it, a server when
asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.mariadb_server import MariaDBServer

ROOT = Path(__file__).resolve().parent.parent
SITE = "test.localhost"
ADMIN_PASSWORD = "admin"
STRONG_PASSWORD = "Zx9!kkqP2w"
START_SECONDS = 30


def pytest_addoption(parser: pytest.Parser) -> None:
	group = parser.getgroup("bench")
	group.addoption(
		"--db-type", default="sqlite", choices=["sqlite", "mariadb"], help="Database of the test site"
	)
	group.addoption("--db-root-username", default="root", help="Who may create databases (MariaDB)")
	group.addoption("--db-root-password", default="", help="Password of that user (MariaDB)")
	group.addoption("--db-host", default="127.0.0.1", help="Database server (MariaDB)")
	group.addoption(
		"--db-port",
		default=None,
		type=int,
		help="Port of the database server (MariaDB); a private server is started unless given",
	)


def _apps() -> list[str]:
	"""The apps whose code can be imported; the runtime's own tests also pass without the app."""
	has_app = (
		find_spec("crisis_intervention")
		and (ROOT / "apps/crisis_intervention/crisis_intervention/hooks.py").exists()
	)
	return ["crisis_intervention"] if has_app else []


@pytest.fixture(scope="session")
def bench_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
	"""A bench of its own beside the repository, without sites."""
	bench = tmp_path_factory.mktemp("bench")
	for folder in ("apps", "sites", "logs", "config/pids"):
		(bench / folder).mkdir(parents=True)
	(bench / "sites/apps.txt").write_text("\n".join(["frappe", *_apps()]) + "\n", encoding="utf-8")
	(bench / "sites/common_site_config.json").write_text("{}", encoding="utf-8")
	return bench


@pytest.fixture(scope="session")
def sites_path(bench_path: Path) -> str:
	"""The bench's sites folder."""
	return str(bench_path / "sites")


@pytest.fixture(scope="session")
def site(sites_path: str, database_server: MariaDBServer | None) -> Iterator[str]:
	"""Name of the session's site, with the runtime and the app installed. Use `db` to work on it."""
	import frappe
	from frappe.installer import new_site, update_site_config

	frappe.init("", sites_path=sites_path, force=True)
	new_site(SITE, admin_password=ADMIN_PASSWORD, install_apps=_apps(), **_database_options(database_server))
	update_site_config("allow_tests", 1)
	frappe.db.close()
	frappe.destroy()
	yield SITE
	frappe.destroy()


@pytest.fixture(scope="session")
def database_server(request: pytest.FixtureRequest) -> MariaDBServer | None:
	"""The MariaDB server of the session, one of our own unless a port is given; None on SQLite."""
	option = request.config.getoption
	if option("--db-type") == "sqlite":
		return None
	if not option("--db-port"):
		return request.getfixturevalue("mariadb_server")
	login, password = option("--db-root-username"), option("--db-root-password")
	return MariaDBServer(option("--db-host"), option("--db-port"), login, password)


def _database_options(server: MariaDBServer | None) -> dict[str, Any]:
	"""What `new_site` needs to know of the database."""
	if not server:
		return {"db_type": "sqlite"}
	root = {"db_root_username": server.root_login, "db_root_password": server.root_password}
	return {**server.config, **root}


@contextlib.contextmanager
def connected(site: str, sites_path: str) -> Iterator[Any]:
	"""Work on a site as Administrator; what the block does not commit is undone."""
	import frappe

	frappe.init(site, sites_path=sites_path, force=True)
	frappe.flags.in_test = True
	frappe.connect()
	frappe.flags.mute_emails = False
	try:
		yield frappe.db
	finally:
		if getattr(frappe.local, "db", None):
			frappe.db.rollback()
		frappe.destroy()


@pytest.fixture
def db(site: str, sites_path: str) -> Iterator[Any]:
	"""The site's database, as Administrator; what the test writes is rolled back."""
	import frappe

	with connected(site, sites_path):
		yield frappe.db


@pytest.fixture(scope="class", autouse=True)
def _site_of_app_tests(request: pytest.FixtureRequest) -> Iterator[None]:
	"""Classes on `FrappeTestCase` expect a site that is open before `setUpClass`."""
	cls = request.cls
	if cls is None or not any(base.__module__ == "frappe.tests.utils" for base in cls.__mro__):
		yield
		return
	site = request.getfixturevalue("site")
	with connected(site, request.getfixturevalue("sites_path")):
		yield


@pytest.fixture
def make_user(db: Any) -> Callable[..., str]:
	"""Make users of the site: `make_user("Role", …, email=…, enabled=…)` answers the new user's name."""
	import frappe

	def make(*roles: str, email: str | None = None, **values: Any) -> str:
		email = email or f"user-{secrets.token_hex(4)}@example.com"
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": email.split("@")[0],
				"send_welcome_email": 0,
				"enabled": 1,
				"user_type": "System User",
				"roles": [{"role": role} for role in roles],
				**values,
			}
		)
		user.flags.no_welcome_mail = True
		return user.insert().name

	return make


@pytest.fixture
def as_user(db: Any) -> Callable[[str], contextlib.AbstractContextManager[None]]:
	"""Act as a user: `with as_user(name): …`."""
	import frappe

	@contextlib.contextmanager
	def act(user: str) -> Iterator[None]:
		before = frappe.session.user
		frappe.set_user(user)
		try:
			yield
		finally:
			frappe.set_user(before)

	return act


@dataclass
class Server:
	"""A running web server.

	Args:
		url: address without a slash at its end.
		site: name of its site.
		sites_path: folder of its site.
		process: the process.
	"""

	url: str
	site: str
	sites_path: str
	process: subprocess.Popen

	def connected(self) -> contextlib.AbstractContextManager[Any]:
		"""Work on the server's site from the test; what is committed the server sees."""
		return connected(self.site, self.sites_path)


def free_port() -> int:
	"""Return a port nobody listens on."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


@pytest.fixture(scope="session")
def start_server(
	site: str,
	bench_path: Path,
	tmp_path_factory: pytest.TempPathFactory,
	database_server: MariaDBServer | None,
) -> Iterator[Callable[..., Server]]:
	"""Start web servers, each on a copy of the site, so that what they commit is seen by nobody else.

	`start_server(command, config)` takes the command, `serve` or `start`, and keys of site_config.json.
	"""
	processes = []

	def start(command: str = "serve", config: dict[str, Any] | None = None) -> Server:
		bench = tmp_path_factory.mktemp("served")
		shutil.copytree(bench_path, bench, dirs_exist_ok=True)
		_configure_copy(bench / "sites" / site / "site_config.json", config or {}, database_server)
		server = start_on(bench, site, command)
		processes.append(server.process)
		return server

	yield start
	for process in processes:
		_stop(process)


def _configure_copy(path: Path, config: dict[str, Any], server: MariaDBServer | None) -> None:
	values = {**json.loads(path.read_text(encoding="utf-8")), **config}
	if server:
		values["db_user"] = values.get("db_user") or values["db_name"]
		values["db_name"] = server.copy_database(values["db_name"], values["db_user"])
	path.write_text(json.dumps(values), encoding="utf-8")


def start_on(bench: Path, site: str, command: str = "serve", port: int | None = None) -> Server:
	"""Start a web server on a bench; the caller stops it.

	Args:
		bench: root of the bench.
		site: name of the site to serve.
		command: "serve", or "start" for web, worker and scheduler.
		port: port to listen on, any free one by default.
	"""
	port = port or free_port()
	arguments = [
		sys.executable,
		"-m",
		"frappe.utils.bench_helper",
		"frappe",
		"--site",
		site,
		command,
		"--port",
		str(port),
	]
	with open(bench / "logs/server.log", "ab") as log:
		process = subprocess.Popen(arguments, cwd=bench / "sites", stdout=log, stderr=log, env={**os.environ})
	server = Server(f"http://127.0.0.1:{port}", site, str(bench / "sites"), process)
	_wait(server, bench / "logs/server.log")
	return server


def _wait(server: Server, log: Path) -> None:
	deadline = time.monotonic() + START_SECONDS
	while time.monotonic() < deadline:
		if server.process.poll() is not None:
			break
		try:
			with urllib.request.urlopen(f"{server.url}/api/method/ping", timeout=5):
				return
		except urllib.error.HTTPError:
			return
		except OSError:
			time.sleep(0.05)
	_stop(server.process)
	raise AssertionError(f"The server did not start:\n{log.read_text(errors='replace')}")


def _stop(process: subprocess.Popen) -> None:
	process.terminate()
	try:
		process.wait(10)
	except subprocess.TimeoutExpired:
		process.kill()
		process.wait()


@pytest.fixture(scope="session")
def server(start_server: Callable[[], Server]) -> Server:
	"""One running web server for the session."""
	return start_server()
