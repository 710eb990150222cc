"""`bench run-tests`: the tests of an app, run by unittest on an existing site.

Only the standard library is needed, so that the tests also run on a bench without development packages.
"""

from __future__ import annotations

import contextlib
import os
import unittest
from collections.abc import Iterable, Iterator
from importlib import import_module

import click

import frappe
from frappe.tests.junit import JUnitResult


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
		exit code: 0 when all passed, also when there were none; 1 otherwise.

	Raises:
		click.ClickException: there is no such app, DocType or module, or it has no tests of that name.
	"""
	with _open(site):
		modules = _modules(app, doctype, module_def, module)
		suite = _suite(modules, tuple(tests), case)
		if not skip_before_tests:
			_before_tests(app)
		runner = unittest.TextTestRunner(failfast=failfast, resultclass=JUnitResult)
		result = runner.run(suite)
		if junit_xml_output:
			result.write(junit_xml_output)
	return 0 if result.wasSuccessful() else 1


@contextlib.contextmanager
def _open(site: str) -> Iterator[None]:
	"""Open the site for the whole run, as the tests expect; what a test leaves uncommitted is undone."""
	frappe.init(site, sites_path=os.path.abspath("."), force=True)
	frappe.connect()
	frappe.flags.in_test = True
	try:
		yield
	finally:
		if getattr(frappe.local, "db", None):
			frappe.db.rollback()
		frappe.destroy()


def _before_tests(app: str | None) -> None:
	for method in frappe.get_hooks("before_tests", app_name=app):
		frappe.get_attr(method)()
	frappe.db.commit()


def _suite(modules: Iterable[str], tests: tuple[str, ...], case: str | None) -> unittest.TestSuite:
	loader = unittest.TestLoader()
	every = [test for name in modules for test in _flat(loader.loadTestsFromModule(import_module(name)))]
	chosen = [test for test in every if _is_wanted(test, tests, case)]
	if (tests or case) and not chosen:
		raise click.ClickException(f"There is no test {' or '.join(tests) or case} here")
	return unittest.TestSuite(chosen)


def _flat(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
	for test in suite:
		if isinstance(test, unittest.TestSuite):
			yield from _flat(test)
		else:
			yield test


def _is_wanted(test: unittest.TestCase, tests: tuple[str, ...], case: str | None) -> bool:
	method = test.id().rsplit(".", 1)[-1]
	return (not tests or method in tests) and (not case or type(test).__name__ == case)


def _modules(app: str | None, doctype: str | None, module_def: str | None, module: str | None) -> list[str]:
	"""Return the dotted names of the modules to run."""
	if doctype:
		return [_module_of_doctype(doctype)]
	if module:
		return [_importable(module)]
	if module_def:
		return _modules_below(_folder_of_module(module_def))
	apps = [app] if app else frappe.get_installed_apps()
	_check_installed(apps)
	return [name for each in apps for name in _modules_below(frappe.get_app_path(each))]


def _check_installed(apps: Iterable[str]) -> None:
	for app in apps:
		if app not in frappe.get_installed_apps():
			raise click.ClickException(f"App {app} is not installed on {frappe.local.site}")


def _module_of_doctype(doctype: str) -> str:
	if not frappe.db.exists("DocType", doctype):
		raise click.ClickException(f"There is no DocType {doctype} on {frappe.local.site}")
	scrubbed = frappe.scrub(doctype)
	folder = _folder_of_module(frappe.get_meta(doctype).module)
	path = os.path.join(folder, "doctype", scrubbed, f"test_{scrubbed}.py")
	if not os.path.exists(path):
		raise click.ClickException(f"DocType {doctype} has no tests of its own")
	return _dotted(path)


def _folder_of_module(module_def: str) -> str:
	if not frappe.db.exists("Module Def", module_def):
		raise click.ClickException(f"There is no Module Def {module_def} on {frappe.local.site}")
	return frappe.get_module_path(module_def)


def _importable(module: str) -> str:
	try:
		import_module(module)
	except ModuleNotFoundError as error:
		if error.name and (module == error.name or module.startswith(f"{error.name}.")):
			raise click.ClickException(f"There is no module {module}") from None
		raise
	return module


def _modules_below(folder: str) -> list[str]:
	"""Return the test modules of a folder; links to folders outside, such as fixtures, are not followed."""
	return [
		_dotted(os.path.join(root, name))
		for root, folders, names in os.walk(folder)
		if "node_modules" not in root
		for name in sorted(names)
		if name.startswith("test_") and name.endswith(".py") and name != "test_records.py"
	]


def _dotted(path: str) -> str:
	"""Return the module's name, counted from the outermost folder that is a package."""
	folder, name = os.path.split(os.path.abspath(path))
	parts = [name.removesuffix(".py")]
	while os.path.exists(os.path.join(folder, "__init__.py")):
		folder, name = os.path.split(folder)
		parts.append(name)
	return ".".join(reversed(parts))
