"""The official command line (frappe-bench on PyPI) drives this bench."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = "5.31.1"
SITE = "official.localhost"
INSTALL_SECONDS, COMMAND_SECONDS = 240, 60


@pytest.fixture(scope="session")
def official_bench(tmp_path_factory):
	"""Path of the official `bench`, installed into an environment of its own."""
	folder = tmp_path_factory.mktemp("frappe-bench")
	venv.create(folder, with_pip=True)
	command = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", f"frappe-bench=={VERSION}"]
	try:
		done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
	except subprocess.TimeoutExpired:
		pytest.skip(f"frappe-bench {VERSION} could not be installed within {INSTALL_SECONDS} s")
	if done.returncode:
		reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
		pytest.skip(f"frappe-bench {VERSION} could not be installed: {reason}")
	return folder / "bin/bench"


@pytest.fixture
def bench_folder(tmp_path):
	"""A bench like this repository, with a site: the apps' folders and the env are links to those here."""
	for folder in ("apps", "sites", "logs", "config/pids"):
		(tmp_path / folder).mkdir(parents=True)
	(tmp_path / "apps/frappe_lite").symlink_to(ROOT / "apps/frappe_lite")
	(tmp_path / "env").symlink_to(sys.prefix)
	(tmp_path / "sites/apps.txt").write_text("frappe\n", encoding="utf-8")
	config = {"frappe_user": "root", "default_site": SITE}
	(tmp_path / "sites/common_site_config.json").write_text(json.dumps(config), encoding="utf-8")
	return tmp_path


@pytest.fixture
def bench(official_bench, bench_folder):
	"""Run a command of the official bench and return what it printed."""

	def run(*arguments, cwd="."):
		done = subprocess.run(
			[str(official_bench), *arguments],
			cwd=bench_folder / cwd,
			capture_output=True,
			text=True,
			timeout=COMMAND_SECONDS,
			check=False,
		)
		assert done.returncode == 0, done.stdout + done.stderr
		return done.stdout

	return run


def test_the_official_bench_makes_and_drives_a_site(bench, bench_folder):
	bench("new-site", SITE, "--admin-password", "admin")
	bench("--site", SITE, "migrate")
	assert json.loads(bench("--site", SITE, "list-apps", "--format", "json")) == {SITE: ["frappe"]}
	assert json.loads(bench("--site", SITE, "execute", "frappe.get_installed_apps")) == ["frappe"]
	assert json.loads(bench("--site", SITE, "execute", "frappe.get_installed_apps", cwd="apps")) == ["frappe"]
	assert "migrate" in bench("--help")
	bench("--site", SITE, "backup")
	assert list((bench_folder / "sites" / SITE / "private/backups").glob("*-manifest.json"))
	assert (bench_folder / "apps/frappe_lite").exists()


def test_our_own_bench_script_follows_the_same_contract(bench_folder):
	script = str(ROOT / "bench")
	for cwd in (bench_folder, bench_folder / "apps"):
		done = subprocess.run(
			[script, "version"],
			cwd=cwd,
			capture_output=True,
			text=True,
			timeout=60,
			check=False,
		)
		assert done.returncode == 0, done.stderr
		assert done.stdout.startswith("frappe ")


def test_a_bench_without_its_env_says_what_to_do(bench_folder):
	(bench_folder / "env").unlink()
	done = subprocess.run(
		[str(ROOT / "bench"), "version"],
		cwd=bench_folder,
		capture_output=True,
		text=True,
		timeout=60,
		check=False,
	)
	assert done.returncode == 1
	assert "make start" in done.stderr
