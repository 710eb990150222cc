"""The bench and the machine: folders, programs, tracebacks."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import frappe
from frappe.kernel.site import get_site_path as get_site_path


def get_bench_path() -> str:
	"""Return the bench's folder."""
	given = os.environ.get("FRAPPE_BENCH_ROOT")
	package = os.path.dirname(os.path.realpath(frappe.__file__))
	return given or os.path.abspath(os.path.join(package, "..", "..", ".."))


def get_bench_id() -> str:
	"""Return the name by which Redis keys of this bench begin."""
	return frappe.get_conf().get("bench_id") or os.path.basename(get_bench_path())


def get_sites_path() -> str:
	"""Return the folder of the bench's sites."""
	return getattr(frappe.local, "sites_path", None) or os.path.join(get_bench_path(), "sites")


def get_site_id(site: str | None = None) -> str:
	"""Return a name of a site that no other bench's has."""
	return f"{site or frappe.local.site}@{get_bench_id()}"


def get_path(*path: str, base: str | None = None) -> str:
	"""Return a path in the site's folder, or in `base`."""
	return os.path.join(base or frappe.local.site_path, *path)


def get_site_base_path() -> str:
	"""Return the site's folder."""
	return frappe.local.site_path


def get_files_path(*path: str, is_private: bool = False) -> str:
	"""Return a path in the site's folder of files."""
	return get_site_path("private" if is_private else "public", "files", *path)


def get_backups_path() -> str:
	"""Return the site's folder of backups."""
	return get_site_path("private", "backups")


def get_request_site_address(full_address: bool = False) -> str:
	"""Return the site's address as the request names it."""
	from frappe.utils.urls import get_url

	return get_url(full_address=full_address)


def get_traceback(with_context: bool = False) -> str:
	"""Return the text of the error being handled, "" when there is none; paths count from the bench."""
	kind, value, trace = sys.exc_info()
	if kind is None:
		return ""
	text = "".join(traceback.format_exception(kind, value, trace))
	return text.replace(get_bench_path() + "/", "")


def execute_in_shell(
	cmd: str | list[str], verbose: bool = False, low_priority: bool = False, check_exit_code: bool = False
) -> tuple[bytes, bytes]:
	"""Run a program and return (error output, output).

	Args:
		cmd: arguments, or a line that is split as a shell does; no shell is involved.
		verbose: print the output.
		low_priority: run with little claim to the processor.

	Raises:
		frappe.CommandFailedError: it failed and `check_exit_code` is given.
	"""
	arguments = shlex.split(cmd) if isinstance(cmd, str) else cmd
	done = subprocess.run(
		["nice", *arguments] if low_priority else arguments, capture_output=True, check=False
	)
	if verbose:
		print(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
	if check_exit_code and done.returncode:
		raise frappe.CommandFailedError("Command failed", done.stdout, done.stderr)
	return done.stderr, done.stdout


def get_disk_usage() -> float:
	"""Return the size of the site's files in MB."""
	folder = get_files_path()
	sizes = (
		os.path.getsize(os.path.join(root, name)) for root, _dirs, names in os.walk(folder) for name in names
	)
	return sum(sizes) / 1024 / 1024


def touch_file(path: str) -> str:
	"""Create a file or set its time to now; return its path."""
	with open(path, "a"):
		os.utime(path)
	return path


def create_folder(path: str, with_init: bool = False) -> bool:
	"""Create a folder; return whether it was missing.

	Args:
		with_init: put an empty `__init__.py` into it.
	"""
	is_new = not os.path.isdir(path)
	os.makedirs(path, exist_ok=True)
	if is_new and with_init:
		touch_file(os.path.join(path, "__init__.py"))
	return is_new


def get_file_size(path: str, format: bool = False) -> Any:
	"""Return a file's size in bytes, or as text with a unit."""
	from frappe.utils.numbers import bytes_to_human

	size = os.path.getsize(path)
	return bytes_to_human(size) if format else size


def update_progress_bar(txt: str, i: int, length: int, absolute: bool = False) -> None:
	"""Draw a progress bar on the terminal; nothing without one."""
	if not sys.stdout.isatty():
		return
	share = (i + 1) / max(length, 1)
	done = int(share * 40)
	state = f"{i + 1} of {length}" if absolute else f"{int(share * 100)}%"
	end = "\n" if i + 1 >= length else ""
	sys.stdout.write(f"\r{txt}: [{'=' * done:<40}] {state}{end}")
	sys.stdout.flush()


def create_batch(iterable: Iterable, size: int) -> Iterator[list]:
	"""Yield the members of a sequence in lists of at most `size`."""
	items = list(iterable)
	for start in range(0, len(items), size):
		yield items[start : start + size]


def squashify(what: Any) -> Any:
	"""Return the only member of a list of one; anything else as it is."""
	return what[0] if isinstance(what, list | tuple) and len(what) == 1 else what


def call_hook_method(hook: str, *args: Any, **kwargs: Any) -> Any:
	"""Call all methods of a hook and return what the first returned."""
	out = None
	for method in frappe.get_hooks(hook):
		out = out or frappe.get_attr(method)(*args, **kwargs)
	return out


def is_cli() -> bool:
	"""Tell whether no request is being answered."""
	return not getattr(frappe.local, "request", None)


def log(event: str, details: str) -> None:
	"""Write a line to the site's log."""
	frappe.logger(event).info(details)


def get_installed_apps_info() -> list[dict]:
	"""Return the installed apps with their versions."""
	versions = (
		(app, getattr(frappe.get_module(app), "__version__", "0.0.1")) for app in frappe.get_installed_apps()
	)
	return [{"app_name": app, "version": version, "branch": ""} for app, version in versions]


def get_hook_method(hook_name: str, fallback: Callable | None = None) -> Callable | None:
	"""Return the last method of a hook, else `fallback`."""
	methods = frappe.get_hooks(hook_name)
	return frappe.get_attr(methods[-1]) if methods else fallback


def set_request(**kwargs: Any) -> None:
	"""Make a request as the web server does, for tests and renderings outside of requests."""
	from werkzeug.test import EnvironBuilder
	from werkzeug.wrappers import Request

	frappe.local.request = Request(EnvironBuilder(**kwargs).get_environ())


def is_git_url(url: str) -> bool:
	"""Tell whether an address is a repository's."""
	return url.endswith(".git") or url.startswith("git@")
