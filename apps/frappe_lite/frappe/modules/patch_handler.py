"""Patches: changes of a site's data that run once, in the order of each app's patches.txt."""

from __future__ import annotations

import os
import re
import time
from enum import Enum
from typing import Any

import frappe


class PatchError(Exception):
	"""A patch could not be run."""


class PatchType(Enum):
	"""When patches run: before or after the tables follow the new DocTypes."""

	pre_model_sync = "pre_model_sync"
	post_model_sync = "post_model_sync"


def run_all(skip_failing: bool = False, patch_type: PatchType | None = None) -> None:
	"""Run the patches that did not run on this site yet; each is its own transaction.

	Args:
		skip_failing: note a failing patch as skipped and go on.
		patch_type: only those of this section of the files.
	"""
	executed = set(frappe.get_all("Patch Log", filters={"skipped": 0}, pluck="patch", limit_page_length=0))
	for patch in get_all_patches(patch_type):
		if patch not in executed:
			_run_or_skip(patch, skip_failing)


def _run_or_skip(patch: str, skip_failing: bool) -> None:
	try:
		if not run_single(patchmodule=patch):
			raise PatchError(f"{patch}: failed: STOPPED")
	except Exception:
		if not skip_failing:
			raise
		frappe.db.rollback()
		update_patch_log(patch, skipped=True)
		frappe.db.commit()


def get_all_patches(patch_type: PatchType | None = None) -> list[str]:
	"""Return the patches of all installed apps."""
	if patch_type and not isinstance(patch_type, PatchType):
		frappe.throw(f"Unsupported patch type specified: {patch_type}")
	return [p for app in frappe.get_installed_apps() for p in get_patches_from_app(app, patch_type)]


def get_patches_from_app(app: str, patch_type: PatchType | None = None) -> list[str]:
	"""Return the lines of an app's patches.txt.

	Args:
		app: package name.
		patch_type: only this section; a file without sections counts as pre_model_sync.
	"""
	path = frappe.get_app_path(app, "patches.txt")
	sections = _sections(frappe.read_file(path) or "")
	if patch_type:
		return sections[patch_type.value]
	return [patch for patches in sections.values() for patch in patches]


def _sections(text: str) -> dict[str, list[str]]:
	"""Split patches.txt.

	>>> _sections("a.b.one\\n[post_model_sync]\\na.b.two  # why")["post_model_sync"]
	['a.b.two']
	"""
	sections: dict[str, list[str]] = {kind.value: [] for kind in PatchType}
	current = PatchType.pre_model_sync.value
	for line in text.splitlines():
		line = line.strip()
		heading = re.fullmatch(r"\[(\w+)\]", line)
		if heading:
			current = heading.group(1)
		elif line and not line.startswith("#"):
			sections.setdefault(current, []).append(_without_comment(line))
	return sections


def _without_comment(line: str) -> str:
	"""Cut the comment off, but keep a dated one: Frappe counts `path #2026-11-23` as a patch of its own."""
	return line if re.search(r"#\s*\d{4}-\d{2}-\d{2}|#\s*\d+$", line) else line.split("#")[0].strip()


def run_single(
	patchmodule: str | None = None, method: Any = None, methodargs: Any = None, force: bool = False
) -> bool:
	"""Run one patch unless it ran before.

	Args:
		patchmodule: its line in patches.txt.
		method, methodargs: a function to run instead, kept for Frappe's signature.
		force: run it although it ran before.
	"""
	if force or method or not executed(patchmodule or ""):
		return execute_patch(patchmodule or "", method, methodargs)
	return True


def execute_patch(patchmodule: str, method: Any = None, methodargs: Any = None) -> bool:
	"""Run one patch in one transaction and note it in the Patch Log."""
	frappe.flags.in_patch = True
	started = time.monotonic()
	try:
		print(f"Executing {patchmodule or method} in {frappe.local.site} ({frappe.conf.db_name})")
		_call(patchmodule, method, methodargs)
		if patchmodule:
			update_patch_log(patchmodule)
		frappe.db.commit()
	except Exception:
		frappe.db.rollback()
		raise
	finally:
		frappe.flags.in_patch = False
	print(f"Success: Done in {round(time.monotonic() - started, 3)}s")
	return True


def _call(patchmodule: str, method: Any, methodargs: Any) -> None:
	if method:
		method(**(methodargs or {}))
	elif patchmodule.startswith("execute:"):
		_run_statement(patchmodule.removeprefix("execute:"))
	else:
		frappe.get_attr(patchmodule.split()[0] + ".execute")()


def _run_statement(statement: str) -> None:
	"""Run an `execute:` line. Its text is code of an installed app, as the app's modules are."""
	exec(compile(statement, "patches.txt", "exec"), {"frappe": frappe, "os": os})


def update_patch_log(patchmodule: str, skipped: bool = False) -> None:
	"""Note a patch as done, or as skipped with its traceback."""
	existing = frappe.db.get_value("Patch Log", {"patch": patchmodule})
	patch = frappe.get_doc("Patch Log", existing) if existing else frappe.new_doc("Patch Log")
	patch.update({"patch": patchmodule, "skipped": int(skipped)})
	if skipped:
		patch.traceback = frappe.get_traceback(with_context=False)
	patch.flags.ignore_permissions = True
	patch.save()


def executed(patchmodule: str) -> bool:
	"""Tell whether a patch ran on this site."""
	return bool(frappe.db.get_value("Patch Log", {"patch": patchmodule, "skipped": 0}))


def check_session_stopped() -> None:
	"""Raise SessionStopped while the site is under maintenance."""
	if frappe.db.get_global("__session_status") == "stop":
		raise frappe.SessionStopped("Session Stopped")
