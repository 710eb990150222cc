"""`make start`: what is wrong is said in one sentence with its remedy, and an interrupted start recovers."""

from __future__ import annotations

import importlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "apps" / "frappe_lite" / "bootstrap"
MODULES = ("checks", "desk", "environment", "school", "suite", "dispatch")


def run(*arguments: str, **environment: str) -> tuple[int, str]:
	"""Run the bootstrap in a process of its own; answers (exit code, what it printed)."""
	done = subprocess.run(
		[sys.executable, str(BOOTSTRAP), *arguments],
		cwd=ROOT,
		env={**os.environ, **environment},
		capture_output=True,
		text=True,
		timeout=60,
		check=False,
	)
	return done.returncode, (done.stdout + done.stderr).strip()


@pytest.fixture
def bootstrap(monkeypatch):
	"""Import the bootstrap's modules, which lie outside of any package."""
	monkeypatch.syspath_prepend(str(BOOTSTRAP))
	yield importlib.import_module
	for name in MODULES:
		sys.modules.pop(name, None)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000.5", "٣"])
def test_a_port_must_be_a_port(port):
	code, said = run("start", PORT=port)
	assert (code, said) == (1, f"PORT must be a number from 1 to 65535, not {port!r}.")


@pytest.mark.parametrize("site", ["../x", "a/b", ".hidden", "a b", "学校"])
def test_a_site_must_be_a_host_name(site):
	code, said = run("start", SITE=site)
	assert (code, said) == (1, f"SITE must be a host name such as school.localhost, not {site!r}.")
	assert not list((ROOT / "sites").glob("*.being-created"))


def test_a_busy_port_names_another():
	with socket.socket() as busy:
		busy.bind(("127.0.0.1", 0))
		busy.listen()
		port = busy.getsockname()[1]
		code, said = run("start", PORT=str(port))
	assert code == 1
	assert said.startswith(f"Port {port} is in use: run `PORT=") and said.endswith("make start`.")


def test_an_unknown_command_shows_the_known_ones():
	code, said = run("nope")
	assert code == 2 and "start|test" in said


@pytest.mark.parametrize("version", [(3, 9, 20), (3, 6, 0)])
def test_an_old_python_is_told_before_anything_else(version):
	script = (
		f"import runpy, sys; sys.version_info = {version}; sys.argv = ['bootstrap', 'start']; "
		f"runpy.run_path({str(BOOTSTRAP)!r}, run_name='__main__')"
	)
	done = subprocess.run(
		[sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
	)
	found = ".".join(map(str, version))
	assert done.returncode == 1
	assert done.stderr.strip() == (
		f"Python 3.10 or newer is needed, this is {found}: run `make start PYTHON=python3.11`."
	)


def test_a_folder_of_somebody_else_is_refused(bootstrap, monkeypatch, capsys):
	checks, dispatch = bootstrap("checks"), bootstrap("dispatch")
	monkeypatch.setattr(checks.os, "access", lambda path, mode: False)
	assert dispatch.run_command(["start"]) == 1
	assert "cannot be written by this user" in capsys.readouterr().err


def test_a_failing_command_shows_the_end_of_its_log_and_a_remedy(bootstrap, monkeypatch, tmp_path):
	checks = bootstrap("checks")
	(tmp_path / "logs").mkdir()
	monkeypatch.setattr(checks, "ROOT", tmp_path)
	command = (sys.executable, "-c", "import sys; sys.exit('no network')")
	with pytest.raises(checks.Missing) as caught:
		checks.run(*command, cwd=tmp_path, log="pip", remedy="Is the package index reachable?")
	assert "no network" in str(caught.value)
	assert str(caught.value).endswith("failed. Is the package index reachable?")


def test_an_environment_without_pip_is_made_anew(bootstrap, monkeypatch, tmp_path):
	environment = bootstrap("environment")
	monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin/python")
	assert not environment._has_pip()
	(tmp_path / "bin").mkdir()
	(tmp_path / "bin/python").write_text("#!/bin/sh\nexit 1\n")
	(tmp_path / "bin/python").chmod(0o755)
	assert not environment._has_pip()


@pytest.fixture
def school(bootstrap, monkeypatch, tmp_path):
	"""The module that makes the demo school, on an empty folder of sites."""
	school = bootstrap("school")
	(tmp_path / "apps.txt").write_text("frappe\ncrisis_intervention\n", encoding="utf-8")
	(tmp_path / "common_site_config.json").write_text("{}", encoding="utf-8")
	monkeypatch.setattr(school, "SITES", tmp_path)
	monkeypatch.setattr(school.environment, "PYTHON", Path(sys.executable))
	return school


@pytest.fixture
def commands(school, monkeypatch, tmp_path):
	"""Commands the module would run; new-site makes the folder, and fails as often as told."""
	made: list[tuple[str, ...]] = []
	failures: list[Exception] = []

	def bench(*arguments: str) -> None:
		made.append(arguments)
		if arguments[0] == "new-site":
			folder = tmp_path / arguments[1]
			folder.mkdir()
			(folder / "site_config.json").write_text("{}")
		elif failures:
			raise failures.pop()

	monkeypatch.setattr(school, "_bench", bench)
	return made, failures


def test_an_interrupted_creation_starts_anew(school, commands, tmp_path, monkeypatch):
	made, failures = commands
	monkeypatch.setenv("ADMIN_PASSWORD", "given")
	failures.append(KeyboardInterrupt())
	with pytest.raises(KeyboardInterrupt):
		school._prepare_site("a.localhost")
	(tmp_path / "a.localhost" / "half").write_text("")
	school._prepare_site("a.localhost")
	assert not (tmp_path / "a.localhost" / "half").exists()
	assert [each[0] for each in made] == ["new-site", "--site", "new-site", "--site"]
	assert made[0][2:4] == ("--admin-password", "given")
	school._prepare_site("a.localhost")
	assert len(made) == 4


def test_a_site_that_exists_is_left_alone(school, commands, tmp_path):
	made, _failures = commands
	(tmp_path / "a.localhost").mkdir()
	(tmp_path / "a.localhost" / "site_config.json").write_text("{}")
	school._prepare_site("a.localhost")
	assert made == []
