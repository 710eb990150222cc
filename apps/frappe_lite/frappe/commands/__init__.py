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


def pass_context(function: Callable) -> Callable:
	"""Hand a command the context of the `frappe` group: `sites`, `force`, `verbose`, `profile`."""

	@functools.wraps(function)
	def command(ctx: click.Context, *args: Any, **kwargs: Any) -> Any:
		obj = frappe._dict(ctx.obj or {"sites": [], "force": False, "verbose": False, "profile": False})
		return _profiled(function, obj, args, kwargs) if obj.profile else function(obj, *args, **kwargs)

	return click.pass_context(command)


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
	try:
		frappe.init(site, sites_path=sites_path, force=True)
	except frappe.IncorrectSitePath:
		raise click.ClickException(f"Site {site} does not exist on this bench") from None
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
