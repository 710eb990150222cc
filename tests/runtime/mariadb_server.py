"""A private MariaDB server for tests, when the program is on the machine."""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

START_SECONDS = 30
ATTEMPTS = 3
USER_HOSTS = ("localhost", "127.0.0.1")
PROGRAM = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin:/usr/local/sbin:/sbin")


@dataclass
class MariaDBServer:
	"""A running server.

	Args:
		host, port: where it listens.
		root_login, root_password: who may create databases.
	"""

	host: str
	port: int
	root_login: str = "root"
	root_password: str = ""

	@property
	def config(self) -> dict[str, object]:
		"""Keys of a site's configuration that lead to it."""
		return {"db_type": "mariadb", "db_host": self.host, "db_port": self.port}

	def copy_database(self, source: str, user: str) -> str:
		"""Copy a database, let `user` work on the copy, and return the copy's name."""
		name = f"{source[:40]}_{secrets.token_hex(4)}"
		options = [f"--host={self.host}", f"--port={self.port}", f"--user={self.root_login}"]
		options.append(f"--password={self.root_password}")
		grants = [f"grant all privileges on `{name}`.* to '{user}'@'{host}';" for host in USER_HOSTS]
		client = ["mariadb", "--no-defaults", *options]
		subprocess.run(
			[*client, "-e", f"create database `{name}`; {' '.join(grants)}"], check=True, timeout=60
		)
		dump = ["mariadb-dump", "--no-defaults", *options, "--single-transaction", source]
		with subprocess.Popen(dump, stdout=subprocess.PIPE) as writing:
			subprocess.run([*client, name], stdin=writing.stdout, check=True, timeout=60)
		assert writing.returncode == 0
		return name


def why_not() -> str | None:
	"""Return why no server can be started, None when one can."""
	if not PROGRAM or not shutil.which("mariadb-install-db"):
		return "no mariadbd on this machine"
	return None if find_spec("mariadb") else "MariaDB Connector/Python is not installed"


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDBServer]:
	"""A server of this session, stopped and removed at its end; the test is skipped without the program."""
	reason = why_not()
	if reason:
		pytest.skip(reason)
	with running_server() as server:
		yield server


@contextmanager
def running_server() -> Iterator[MariaDBServer]:
	"""Start a server on a free port in a temporary folder, and stop and remove it afterwards."""
	folder = Path(tempfile.mkdtemp(prefix="mariadb-"))
	process = None
	try:
		_install(folder / "data")
		process, port = _start_on_a_free_port(folder)
		yield MariaDBServer("127.0.0.1", port)
	finally:
		if process is not None:
			_stop(process)
		shutil.rmtree(folder, ignore_errors=True)


def _start_on_a_free_port(folder: Path) -> tuple[subprocess.Popen, int]:
	"""Start the server; another process may take the port between the choice and the start, so try again."""
	for attempt in range(1, ATTEMPTS + 1):
		port = _free_port()
		process = _start(folder, port)
		try:
			_wait(process, port, folder / "log")
			return process, port
		except RuntimeError:
			_stop(process)
			if attempt == ATTEMPTS:
				raise
	raise RuntimeError("MariaDB did not start")


def _stop(process: subprocess.Popen) -> None:
	process.terminate()
	with suppress(subprocess.TimeoutExpired):
		process.wait(20)
	process.kill()
	process.wait()


def _install(data: Path) -> None:
	arguments = ["--no-defaults", f"--datadir={data}", "--skip-test-db", *_user()]
	arguments.append("--auth-root-authentication-method=normal")
	subprocess.run(["mariadb-install-db", *arguments], check=True, capture_output=True, timeout=100)


def _user() -> list[str]:
	import os

	return ["--user=root"] if os.geteuid() == 0 else []


def _start(folder: Path, port: int) -> subprocess.Popen:
	options = {
		"datadir": folder / "data",
		"socket": folder / "socket",
		"pid-file": folder / "pid",
		"port": port,
		"bind-address": "127.0.0.1",
		"innodb-buffer-pool-size": "64M",
		"innodb-flush-log-at-trx-commit": 0,
	}
	arguments = [f"--{name}={value}" for name, value in options.items()]
	with open(folder / "log", "wb") as log:
		return subprocess.Popen([PROGRAM, "--no-defaults", *arguments, *_user()], stdout=log, stderr=log)


def _wait(process: subprocess.Popen, port: int, log: Path) -> None:
	deadline = time.monotonic() + START_SECONDS
	while time.monotonic() < deadline and process.poll() is None:
		with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
			return
		time.sleep(0.05)
	raise RuntimeError(f"MariaDB did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]
