"""`bench run-tests`: the tests of an app, run by pytest on an existing site."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import frappe


class SitePlugin:
	"""Opens the site for the whole run, as the tests expect.

	Args:
		site: name of the site.
		skip_before_tests: do not call the `before_tests` hooks.
		app: only this app's `before_tests`.
	"""

	def __init__(self, site: str, skip_before_tests: bool, app: str | None) -> None:
		self.site = site
		self.sites_path = os.path.abspath(".")
		self.skip_before_tests = skip_before_tests
		self.app = app

	def pytest_sessionstart(self, session: Any) -> None:
		"""Connect and call the `before_tests` hooks."""
		frappe.init(self.site, sites_path=self.sites_path, force=True)
		frappe.connect()
		frappe.flags.in_test = True
		if not self.skip_before_tests:
			for method in frappe.get_hooks("before_tests", app_name=self.app):
				frappe.get_attr(method)()
			frappe.db.commit()

	def pytest_sessionfinish(self, session: Any) -> None:
		"""Leave the site as it was."""
		if getattr(frappe.local, "db", None):
			frappe.db.rollback()
		frappe.destroy()


def main(
	site: str,
	app: str | None = None,
	doctype: str | None = None,
	module_def: str | None = None,
	module: str | None = None,
	tests: Iterable[str] = (),
	case: str | None = None,
	failfast: bool = False,
	junit_xml_output: str | None = None,
	skip_before_tests: bool = False,
) -> int:
	"""Run tests on a site; see `bench run-tests --help`.

	Returns:
		exit code: 0 when all passed; 5, no tests found, counts as passed.
	"""
	import pytest

	paths = _paths(site, app, doctype, module_def, module)
	arguments = [
		*paths,
		"-p",
		"no:cacheprovider",
		"--import-mode=importlib",
		"-o",
		"addopts=",
		"--rootdir",
		os.sep,
	]
	arguments += ["-k", _expression(tests, case)] if tests or case else []
	arguments += ["-x"] if failfast else []
	arguments += [f"--junit-xml={os.path.abspath(junit_xml_output)}"] if junit_xml_output else []
	code = int(
		pytest.main([*arguments, "-q", "--noconftest"], plugins=[SitePlugin(site, skip_before_tests, app)])
	)
	return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else code


def _expression(tests: Iterable[str], case: str | None) -> str:
	names = " or ".join(tests)
	return f"{case} and ({names})" if case and names else (case or names)


def _paths(
	site: str, app: str | None, doctype: str | None, module_def: str | None, module: str | None
) -> list[str]:
	frappe.init(site, force=True)
	frappe.connect()
	try:
		if doctype:
			return [_doctype_test(doctype)]
		if module:
			return [frappe.get_module(module).__file__]
		if module_def:
			return _tests_below(frappe.get_module_path(module_def))
		return [path for name in [app] if name for path in _tests_below(frappe.get_app_path(name))] or [
			path for name in frappe.get_installed_apps() for path in _tests_below(frappe.get_app_path(name))
		]
	finally:
		frappe.destroy()


def _doctype_test(doctype: str) -> str:
	scrubbed = frappe.scrub(doctype)
	folder = os.path.join(frappe.get_module_path(frappe.get_meta(doctype).module), "doctype", scrubbed)
	return os.path.join(folder, f"test_{scrubbed}.py")


def _tests_below(folder: str) -> list[str]:
	"""Return the test files of an app; links to folders outside, such as fixtures, are not followed."""
	return [
		os.path.join(root, name)
		for root, folders, names in os.walk(folder)
		if "node_modules" not in root
		for name in sorted(names)
		if name.startswith("test_") and name.endswith(".py") and name != "test_records.py"
	]
