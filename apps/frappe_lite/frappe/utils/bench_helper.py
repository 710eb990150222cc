"""Entry point of the command line: `python -m frappe.utils.bench_helper frappe --site … command`.

The contract is the one of the official bench: its CLI changes into `sites/` and runs this module.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from typing import Any

import click

import frappe


def main() -> None:
	"""Run the command line."""
	commands: dict[str, click.Command] = dict(get_app_groups())
	commands["get-frappe-commands"] = get_frappe_commands
	commands["get-frappe-help"] = get_frappe_help
	click.Group(commands=commands)(prog_name="bench")


def get_app_groups() -> dict[str, click.Group]:
	"""Return the groups of the command line: `frappe`, with the commands of every app in it."""
	commands: dict[str, click.Command] = {}
	for app in get_apps():
		commands.update(get_app_commands(app))
	options = [
		click.Option(["--site"], help="Site to work on; `all` means every site of the bench"),
		click.Option(["--profile"], is_flag=True, help="Profile the command"),
		click.Option(["--verbose"], is_flag=True, help="Say what is done"),
		click.Option(["--force"], is_flag=True, help="Do it although it was done or looks unsafe"),
	]
	callback = click.pass_context(app_group)
	return {"frappe": click.Group("frappe", commands, callback=callback, params=options)}


def app_group(
	ctx: click.Context,
	site: str | None = None,
	force: bool = False,
	verbose: bool = False,
	profile: bool = False,
) -> None:
	"""Keep the options of the group where the commands find them."""
	ctx.obj = {"sites": get_sites(site), "force": force, "verbose": verbose, "profile": profile}
	if ctx.info_name == "frappe":
		ctx.info_name = ""


def get_sites(site_arg: str | None) -> list[str]:
	"""Return the sites that `--site` means; without it the one chosen by FRAPPE_SITE, `bench use` or
	configuration.

	Args:
		site_arg: name of a site, several separated by commas, or "all".
	"""
	if site_arg == "all":
		from frappe.utils.site_list import get_sites as all_sites

		return all_sites()
	if site_arg:
		return [name.strip() for name in site_arg.split(",")]
	site = os.environ.get("FRAPPE_SITE") or _default_site()
	return [site] if site else []


def _default_site() -> str | None:
	path = "common_site_config.json"
	return frappe.get_file_json(path).get("default_site") if os.path.exists(path) else None


def get_apps() -> list[str]:
	"""Return the apps of the bench."""
	return frappe.get_all_apps(with_internal_apps=False, sites_path=".")


def get_app_commands(app: str) -> dict[str, click.Command]:
	"""Return name → command of an app; {} when it has none, with a traceback when they cannot be imported."""
	try:
		module = importlib.import_module(f"{app}.commands")
	except ModuleNotFoundError as error:
		if error.name not in (app, f"{app}.commands"):
			traceback.print_exc()
		return {}
	except Exception:
		traceback.print_exc()
		return {}
	return {command.name: command for command in getattr(module, "commands", ()) if command.name}


@click.command("get-frappe-commands")
def get_frappe_commands() -> None:
	"""Print the names of all commands as JSON; the official CLI completes with them."""
	names: list[Any] = [name for app in get_apps() for name in get_app_commands(app)]
	click.echo(json.dumps(names))


@click.command("get-frappe-help")
def get_frappe_help() -> None:
	"""Print the help of the `frappe` group; the official CLI shows its list of commands."""
	group = get_app_groups()["frappe"]
	click.echo(click.Context(group).get_help())


if __name__ == "__main__":
	if sys.stdout.encoding and sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
		sys.stdout.reconfigure(encoding="utf-8")
	main()
