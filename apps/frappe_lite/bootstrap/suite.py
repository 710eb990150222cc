"""`make test`: linters, desk tests, Python tests. On Debian as root it installs the servers and the browser
they use."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import desk
import environment
from checks import ROOT, install_debian_packages, run

EXTRAS = "dev,queue"
PYTHON_FOLDERS = ("apps", "tests", "patches", "setup.py")
# Real servers and a real browser; a test whose server is missing is skipped and says so.
DEBIAN_PACKAGES = (
	"mariadb-server",
	"redis-server",
	"chromium",
	"chromium-driver",
	"fonts-noto-cjk",
	"libpangoft2-1.0-0",
)
# Where the two databases could differ; the rest is the same on both.
ON_MARIADB = (
	"tests/rest",
	*(f"tests/runtime/{floor}" for floor in ("automation", "core", "database", "email", "jobs")),
	*(f"tests/runtime/{floor}" for floor in ("model", "permissions", "query_builder", "workflow")),
	"tests/app",
	"apps",
)
# What MariaDB Connector/Python compiles with.
DEBIAN_COMPILER = ("gcc", "libc6-dev", "libmariadb-dev")


def test(pytest_arguments: list[str]) -> int:
	"""Run everything; returns pytest's exit code, or stops at the first failing linter."""
	install_debian_packages(*DEBIAN_PACKAGES, *DEBIAN_COMPILER)
	environment.prepare(EXTRAS)
	has_mariadb = environment.prepare_optional("mariadb", "tests on MariaDB are skipped")
	environment.prepare_optional("weasyprint", "tests of PDF are skipped")
	desk.prepare()
	if pytest_arguments:
		return _pytest(*pytest_arguments).wait()
	lint()
	_desk_tests()
	# One processor for each database: the run on MariaDB takes about as long as the whole one on SQLite.
	with _on_mariadb() if has_mariadb else contextlib.nullcontext([]) as failed_on_mariadb:
		failed = _pytest().wait()
	return failed or len(failed_on_mariadb)


def _pytest(*arguments: str, **options: Any) -> subprocess.Popen:
	command = [str(environment.PYTHON), "-m", "pytest", *arguments]
	return subprocess.Popen(command, cwd=ROOT, env=environment.with_env_first(), **options)


@contextlib.contextmanager
def _on_mariadb() -> Iterator[list[int]]:
	"""Run what asks a database on MariaDB meanwhile, and show how it ended; a failure lands in the list."""
	path = ROOT / "logs" / "test-mariadb.log"
	failed: list[int] = []
	print(f"Running tests on MariaDB at the same time (log: {path.relative_to(ROOT)}) …", flush=True)
	with open(path, "w", encoding="utf-8") as log:
		running = _pytest("--db-type", "mariadb", *ON_MARIADB, stdout=log, stderr=log)
		try:
			yield failed
			code = running.wait()
		except BaseException:
			running.terminate()
			running.wait()
			raise
	text = path.read_text(encoding="utf-8")
	print("\nOn MariaDB:", text if code else text.splitlines()[-1], flush=True)
	failed += [code] if code else []


def lint() -> int:
	"""Check the style of Python and of the desk.

	Raises:
		Missing: a linter has something to say.
	"""
	environment.prepare(EXTRAS)
	ruff = str(environment.ENV / "bin" / "ruff")
	folders = [folder for folder in PYTHON_FOLDERS if Path(ROOT / folder).exists()]
	run(ruff, "check", *folders)
	run(ruff, "format", "--check", "-q", *folders, remedy="Run `env/bin/ruff format`.")
	npm, env = desk.node_tools()
	desk.install_packages(npm, env)
	run(*npm, "run", "--silent", "lint", cwd=desk.DESK, env=env)
	return 0


def _desk_tests() -> None:
	npm, env = desk.node_tools()
	run(*npm, "test", "--silent", cwd=desk.DESK, env=dict(env, CI=os.environ.get("CI", "true")))
