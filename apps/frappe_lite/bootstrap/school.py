"""`make start`: the demo school's site, made once, then web, worker and scheduler in one process."""

import os
import re
import shutil
import sys
from pathlib import Path

import desk
import environment
from checks import ROOT, Missing, free_port, run

SITES = ROOT / "sites"
APP = "crisis_intervention"
UNFINISHED = ".being-created"
ACCOUNTS = "demo_accounts.txt"
SITE_NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)


def start() -> int:
	"""Prepare everything and become the server process; returns only by an error."""
	site, port = _site(), _port()
	free_port(port)
	environment.prepare()
	desk.prepare()
	_prepare_site(site)
	_announce(site, port)
	os.chdir(SITES)
	helper = [str(environment.PYTHON), "-m", "frappe.utils.bench_helper", "frappe"]
	os.execve(
		helper[0], [*helper, "--site", site, "start", "--port", str(port)], environment.with_env_first()
	)


def _site() -> str:
	given = os.environ.get("SITE") or "school.localhost"
	if not SITE_NAME.fullmatch(given):
		raise Missing(f"SITE must be a host name such as school.localhost, not {given!r}.")
	return given


def _port() -> int:
	given = os.environ.get("PORT") or "8000"
	if not (given.isascii() and given.isdigit()) or not 0 < int(given) < 65536:
		raise Missing(f"PORT must be a number from 1 to 65535, not {given!r}.")
	return int(given)


def _prepare_site(site: str) -> None:
	folder = SITES / site
	unfinished = SITES / f"{site}{UNFINISHED}"
	if unfinished.exists() and folder.exists():
		print(f"An earlier start was interrupted while creating {site}: creating it anew.", flush=True)
		shutil.rmtree(folder)
	if (folder / "site_config.json").exists():
		return
	unfinished.write_text("removed when the site is complete\n")
	_create_site(site)
	unfinished.unlink()


def _create_site(site: str) -> None:
	print(f"Creating the site {site} with a demo school …", flush=True)
	password = os.environ.get("ADMIN_PASSWORD") or "admin"
	_bench("new-site", site, "--admin-password", password, "--install-app", APP)
	_bench("--site", site, "execute", f"{APP}.demo.load")


def _bench(*arguments: str) -> None:
	command = (str(environment.PYTHON), "-m", "frappe.utils.bench_helper", "frappe", *arguments)
	run(*command, cwd=SITES, log="site", remedy="See logs/site.log.")


def _announce(site: str, port: int) -> None:
	# A terminal without UTF-8 shows marks for the names rather than stopping the start.
	sys.stdout.reconfigure(errors="replace")
	print(f"\n{site}: http://127.0.0.1:{port}   (Ctrl-C stops it)")
	print("Administrator, for set-up only: the ADMIN_PASSWORD of the first start, `admin` unless given")
	accounts: Path = SITES / site / ACCOUNTS
	if accounts.exists():
		print(accounts.read_text(encoding="utf-8"))
	sys.stdout.flush()
