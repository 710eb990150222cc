"""The virtual environment `env/` with the runtime and the app installed from this folder."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from checks import ROOT, Missing, install_debian_packages, run

ENV = ROOT / "env"
PYTHON = ENV / "bin" / "python"
RUNTIME = ROOT / "apps" / "frappe_lite"


def prepare(extras: str = "") -> None:
	"""Make `env/` hold what pyproject.toml and setup.py ask for; does nothing when it already does.

	Args:
		extras: optional dependency groups such as "dev,queue".
	"""
	stamp = ENV / f"installed{'-' + extras.replace(',', '-') if extras else ''}"
	wanted = _fingerprint()
	stamps = [stamp] if extras else ENV.glob("installed*")
	if PYTHON.exists() and any(known.exists() and known.read_text() == wanted for known in stamps):
		return
	(ROOT / "logs").mkdir(exist_ok=True)
	if not _has_pip():
		_create()
	print("Installing Python packages (log: logs/pip.log) …", flush=True)
	group = f"[{extras}]" if extras else ""
	remedy = "Is the package index reachable? See logs/pip.log."
	pip = (str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check")
	run(*pip, "-e", f"{RUNTIME}{group}", log="pip", remedy=remedy)
	run(*pip, "--no-deps", "-e", str(ROOT), log="pip", remedy=remedy)
	stamp.write_text(wanted)


def prepare_optional(package: str, why: str) -> bool:
	"""Install one optional package; tells whether it is there, and says what is left out when it is not."""
	found = subprocess.run([str(PYTHON), "-c", f"import {package}"], capture_output=True, check=False)
	if found.returncode == 0:
		return True
	try:
		run(str(PYTHON), "-m", "pip", "install", "-q", package, log="pip")
	except Missing:
		print(f"The Python package {package} could not be installed: {why} (see logs/pip.log).", flush=True)
		return False
	return True


def _has_pip() -> bool:
	"""Tell whether `env/` is whole; one whose creation was interrupted has a Python but no pip."""
	if not PYTHON.exists():
		return False
	return (
		subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode
		== 0
	)


def _create() -> None:
	print("Creating env/ …", flush=True)
	try:
		run(sys.executable, "-m", "venv", "--clear", str(ENV), log="venv")
	except Missing:
		version = f"{sys.version_info[0]}.{sys.version_info[1]}"
		remedy = f"Install the venv module, on Debian with `apt-get install python{version}-venv`."
		if not install_debian_packages("python3-venv"):
			raise Missing(f"Python cannot create a virtual environment. {remedy}") from None
		run(sys.executable, "-m", "venv", "--clear", str(ENV), log="venv", remedy=remedy)


def _fingerprint() -> str:
	digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
	for path in (RUNTIME / "pyproject.toml", ROOT / "setup.py"):
		digest.update(path.read_bytes())
	return digest.hexdigest()


def with_env_first() -> dict:
	"""Return the process environment with env/bin first on PATH."""
	return dict(
		os.environ, PATH=f"{ENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", VIRTUAL_ENV=str(ENV)
	)


def site_packages() -> Path:
	"""Return the folder of installed packages of `env/`."""
	return next((ENV / "lib").glob("python3*/site-packages"))
