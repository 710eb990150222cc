"""`make test`: linters, desk tests, Python tests. On Debian as root it installs the servers and the browser
they use."""

import os
import subprocess
from pathlib import Path

import desk
import environment
from checks import ROOT, install_debian_packages, run

EXTRAS = "dev,queue"
PYTHON_FOLDERS = ("apps", "tests", "patches", "setup.py")
# Real servers and a real browser; a test whose server is missing is skipped and says so.
DEBIAN_PACKAGES = ("mariadb-server", "redis-server", "chromium", "chromium-driver", "fonts-noto-cjk")
# What MariaDB Connector/Python compiles with.
DEBIAN_COMPILER = ("gcc", "libc6-dev", "libmariadb-dev")


def test(pytest_arguments: list[str]) -> int:
	"""Run everything; returns pytest's exit code, or stops at the first failing linter."""
	install_debian_packages(*DEBIAN_PACKAGES, *DEBIAN_COMPILER)
	environment.prepare(EXTRAS)
	environment.prepare_optional("mariadb", "tests on MariaDB are skipped")
	desk.prepare()
	if not pytest_arguments:
		lint()
		_desk_tests()
	command = [str(environment.PYTHON), "-m", "pytest", *pytest_arguments]
	return subprocess.run(command, cwd=ROOT, env=environment.with_env_first(), check=False).returncode


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
