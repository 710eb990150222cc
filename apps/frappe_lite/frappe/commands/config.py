"""Commands on configuration and caches, and those that call into a site."""

from __future__ import annotations

import ast
import json
import re
import sys
from typing import Any

import click

import frappe
from frappe.commands import connected, for_each_site, get_site, pass_context

DOTTED_PATH = re.compile(r"[A-Za-z_]\w*(\.\w+)+")


@click.command("set-config")
@click.argument("key")
@click.argument("value")
@click.option("-g", "--global", "global_", is_flag=True, default=False, help="For all sites of the bench")
@click.option("-p", "--parse", is_flag=True, default=False, help="VALUE is a Python literal")
@click.option("--as-dict", is_flag=True, default=False, help="The same as --parse")
@pass_context
def set_config(context: frappe._dict, key: str, value: str, global_: bool, parse: bool, as_dict: bool):
	"""Set one key of a site's configuration; the value None removes it."""
	from frappe.installer import update_site_config

	parsed = _literal(value) if parse or as_dict else value
	if global_:
		update_site_config(key, parsed, validate=False, site_config_path="common_site_config.json")
		return
	get_site(context)
	for site in context.sites:
		frappe.init(site, force=True)
		update_site_config(key, parsed, validate=False)
		frappe.destroy()


def _literal(value: str) -> Any:
	try:
		return ast.literal_eval(value)
	except (ValueError, SyntaxError):
		raise click.ClickException(f"{value!r} is not a Python literal") from None


@click.command("show-config")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@pass_context
def show_config(context: frappe._dict, form: str):
	"""Print the configuration of sites."""
	get_site(context)
	found = {}
	for site in context.sites:
		frappe.init(site, force=True)
		found[site] = dict(sorted(frappe.conf.items()))
		frappe.destroy()
	if form == "json":
		click.echo(json.dumps(found, indent=1))
		return
	for site, values in found.items():
		click.secho(f"Site {site}", fg="green")
		for key, value in values.items():
			click.echo(f"{key}: {value}")


@click.command("clear-cache")
@pass_context
def clear_cache(context: frappe._dict):
	"""Make every process read a site's meta, permissions and hooks anew."""
	for _site in for_each_site(context):
		frappe.clear_cache()


@click.command("execute")
@click.argument("method")
@click.option("--args", help="Positional arguments, a Python list or JSON")
@click.option("--kwargs", help="Named arguments, a Python dict or JSON")
@pass_context
def execute(context: frappe._dict, method: str, args: str | None = None, kwargs: str | None = None):
	"""Call a function of an installed app, or evaluate an expression, and print the answer as JSON."""
	positional = _arguments(args, [])
	named = _arguments(kwargs, {})
	for _site in for_each_site(context):
		answer = _call(method, positional, named)
		if answer is not None:
			click.echo(_shown(answer))


def _shown(answer: Any) -> str:
	if isinstance(answer, str):
		return answer
	try:
		return frappe.as_json(answer)
	except TypeError:
		# A document, a query: the call succeeded, whatever can be shown of its answer.
		return repr(answer)


def _arguments(text: str | None, empty: Any) -> Any:
	if not text:
		return empty
	try:
		return json.loads(text)
	except ValueError:
		return _literal(text)


def _call(method: str, args: Any, kwargs: dict[str, Any]) -> Any:
	"""Call what a dotted path or an expression means; the owner of the machine may run any Python on his
	site.
	"""
	args = args if isinstance(args, list | tuple) else (args,)
	if DOTTED_PATH.fullmatch(method):
		function = _function(method)
	else:
		function = eval(compile(method, "<execute>", "eval"), {"frappe": frappe})
	return function(*args, **kwargs) if callable(function) else function


def _function(path: str) -> Any:
	"""Return what a dotted path leads to; an import that fails inside the path's module is not hidden."""
	try:
		return frappe.get_attr(path)
	except ModuleNotFoundError as error:
		if not path.startswith(f"{error.name}."):
			raise
	except AttributeError:
		pass
	try:
		return eval(compile(path, "<execute>", "eval"), {"frappe": frappe})
	except (AttributeError, NameError):
		raise click.ClickException(f"There is no {path}") from None


@click.command("console")
@click.option("--autoreload", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
@pass_context
def console(context: frappe._dict, autoreload: bool = False):
	"""Open a Python prompt on a site; nothing is kept unless `frappe.db.commit()` is called."""
	import code

	with connected(get_site(context), commit=False):
		frappe.local.lang = frappe.db.get_default("lang") or frappe.local.lang
		names = {"frappe": frappe, **{app: frappe.get_module(app) for app in frappe.get_installed_apps()}}
		banner = f"Apps in this namespace: {', '.join(frappe.get_installed_apps())}"
		if sys.stdin.isatty():
			code.interact(banner=banner, local=names)
		else:
			exec(compile(sys.stdin.read(), "<console>", "exec"), names)


@click.command("reset-perms")
@pass_context
def reset_perms(context: frappe._dict):
	"""Throw changed rights of all DocTypes away, so that the rights of the apps apply."""
	from frappe.permissions import reset_perms as reset

	for _site in for_each_site(context):
		for doctype in frappe.get_all("Custom DocPerm", pluck="parent", distinct=True, limit_page_length=0):
			reset(doctype)


commands = [set_config, show_config, clear_cache, execute, console, reset_perms]
