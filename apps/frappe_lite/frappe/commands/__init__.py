"""Commands of the bench; each module holds one family and stays light to import."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any

import click

import frappe

MODULES = (
	"site",
	"apps",
	"backups",
	"users",
	"scheduler",
	"records",
	"config",
	"server",
	"testing",
	"boilerplate",
)

REFUSALS = (
	frappe.ValidationError,
	frappe.PermissionError,
	frappe.IncorrectSitePath,
	frappe.exceptions.ImproperDBConfigurationError,
	frappe.exceptions.ServiceUnavailableError,
)
# Package → the extra of this runtime that brings it.
OPTIONAL_PACKAGES = {"mariadb": "mariadb", "redis": "queue", "rq": "queue", "weasyprint": "print"}


def pass_context(function: Callable) -> Callable:
	"""Hand a command the context of the `frappe` group: `sites`, `force`, `verbose`, `profile`.

	What the runtime refuses is said in one sentence; `--verbose` shows where it was refused.
	"""

	@functools.wraps(function)
	def command(ctx: click.Context, *args: Any, **kwargs: Any) -> Any:
		obj = frappe._dict(ctx.obj or {"sites": [], "force": False, "verbose": False, "profile": False})
		with one_sentence(obj.verbose):
			return _profiled(function, obj, args, kwargs) if obj.profile else function(obj, *args, **kwargs)

	return click.pass_context(command)


@contextlib.contextmanager
def one_sentence(verbose: bool = False) -> Iterator[None]:
	"""Say in one sentence what was refused or is missing, and exit with 1.

	Args:
		verbose: let the exception through, so that its place is seen.
	"""
	try:
		yield
	except (*REFUSALS, ModuleNotFoundError) as error:
		sentence = _sentence(error)
		if verbose or not sentence:
			raise
		raise click.ClickException(sentence) from None


def _sentence(error: Exception) -> str | None:
	if isinstance(error, ModuleNotFoundError):
		extra = OPTIONAL_PACKAGES.get(error.name or "")
		remedy = f"env/bin/pip install -e 'apps/frappe_lite[{extra}]'"
		return (
			extra and f"The Python package {error.name} is not installed: run `{remedy}` in the bench's root"
		)
	from frappe.utils import strip_html

	return strip_html(str(error)).strip() or f"{type(error).__name__} (`bench --verbose …` shows where)"


def _profiled(function: Callable, obj: frappe._dict, args: tuple, kwargs: dict) -> Any:
	import cProfile
	import pstats

	profile = cProfile.Profile()
	try:
		return profile.runcall(function, obj, *args, **kwargs)
	finally:
		pstats.Stats(profile).sort_stats("cumulative").print_stats(30)


def get_site(context: frappe._dict, raise_err: bool = True) -> str | None:
	"""Return the site a command is for.

	Args:
		context: what pass_context hands over.
		raise_err: exit with a sentence when no site was named and none is the default.
	"""
	for site in context.sites or ():
		return site
	if raise_err:
		raise click.UsageError("Please specify --site sitename, or choose one by `bench use sitename`")
	return None


@contextlib.contextmanager
def connected(site: str, commit: bool = True, sites_path: str = ".") -> Iterator[None]:
	"""Work on a site as Administrator in one transaction.

	Args:
		site: name of the site.
		commit: commit at the end; an exception rolls back in any case.
		sites_path: the bench's sites folder.
	"""
	frappe.init(site, sites_path=sites_path, force=True)
	frappe.connect()
	try:
		yield
		if commit:
			frappe.db.commit()
	except BaseException:
		frappe.db.rollback()
		raise
	finally:
		frappe.destroy()


def for_each_site(context: frappe._dict, commit: bool = True) -> Iterator[str]:
	"""Yield each site a command is for, connected; one named site is required."""
	get_site(context)
	for site in context.sites:
		with connected(site, commit):
			yield site


def get_commands() -> list[click.Command]:
	"""Return all commands of the runtime."""
	from importlib import import_module

	return [command for name in MODULES for command in import_module(f"frappe.commands.{name}").commands]


commands = get_commands()
