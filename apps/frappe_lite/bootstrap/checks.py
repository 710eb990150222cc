"""What a machine must have, and how to say in one sentence what is missing."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class Missing(Exception):
	"""Something the command needs is not there; the text says what and how to get it."""


def writable_folder() -> None:
	"""Refuse a bench whose folders this user may not write: everything lands in them."""
	for folder in (ROOT, ROOT / "sites", ROOT / "apps" / "frappe_lite" / "frappe"):
		if not os.access(folder, os.W_OK | os.X_OK):
			raise Missing(f"{folder} cannot be written by this user: clone into a folder of your own.")


def free_port(port: int) -> None:
	"""Refuse a port that another program listens on, or that only root may use."""
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except PermissionError:
			raise Missing(f"Port {port} is for root only: run `PORT=8000 make start`.") from None
		except OSError:
			other = port + 1 if port < 65535 else 8000
			raise Missing(f"Port {port} is in use: run `PORT={other} make start`.") from None


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
