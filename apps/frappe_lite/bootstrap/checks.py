"""What a machine must have, and how to say in one sentence what is missing."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OLDEST_PYTHON = (3, 10)


class Missing(Exception):
	"""Something the command needs is not there; the text says what and how to get it."""


def python_version() -> None:
	"""Refuse a Python older than 3.10."""
	if sys.version_info < OLDEST_PYTHON:
		found = ".".join(map(str, sys.version_info[:3]))
		raise Missing(f"Python 3.10 or newer is needed, this is {found}: run `make start PYTHON=python3.11`.")


def free_port(port: int) -> None:
	"""Refuse a port that another program listens on."""
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			raise Missing(f"Port {port} is in use: run `PORT={port + 1} make start`.") from None


def run(*command: str, cwd: Path = ROOT, log: str = "", env: dict | None = None, remedy: str = "") -> None:
	"""Run a command; what it prints goes to logs/<log>.log, or to the terminal without a log.

	Raises:
		Missing: it failed; the last lines of its log and the remedy are in the text.
	"""
	if not log:
		done = subprocess.run(command, cwd=cwd, env=env, check=False, stdin=subprocess.DEVNULL)
		tail = ""
	else:
		path = ROOT / "logs" / f"{log}.log"
		with open(path, "a", encoding="utf-8") as out:
			done = subprocess.run(
				command, cwd=cwd, env=env, check=False, stdin=subprocess.DEVNULL, stdout=out, stderr=out
			)
		tail = "\n".join(path.read_text(encoding="utf-8").splitlines()[-15:])
	if done.returncode:
		raise Missing(f"{tail}\n`{' '.join(command)}` failed. {remedy}".strip())


def install_debian_packages(*packages: str) -> bool:
	"""Install Debian packages when this is root on Debian; tells whether they are there now."""
	if not shutil.which("apt-get") or os.geteuid() != 0:
		return False
	if all(_is_installed(package) for package in packages):
		return True
	print(f"Installing Debian packages: {' '.join(packages)}", flush=True)
	quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
	command = ("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages)
	try:
		run("apt-get", "update", "-q", log="apt", env=quiet)
		run(*command, log="apt", env=quiet)
	except Missing as problem:
		print(problem, file=sys.stderr)
		return False
	return True


def _is_installed(package: str) -> bool:
	query = ["dpkg-query", "-W", "-f=${Status}", package]
	found = subprocess.run(query, capture_output=True, text=True, check=False)
	return "install ok installed" in found.stdout
