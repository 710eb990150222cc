"""Commands that start a new app or a new patch."""

from __future__ import annotations

import os
import re

import click

import frappe
from frappe.commands import pass_context


@click.command("make-app")
@click.argument("destination", type=click.Path(file_okay=False))
@click.argument("app_name")
@click.option("--no-git", is_flag=True, default=False, help="Accepted for scripts written for Frappe")
def make_app(destination: str, app_name: str, no_git: bool = False):
	"""Write the skeleton of a new app into DESTINATION."""
	from frappe.utils.boilerplate import make_boilerplate

	frappe.init("", force=True)
	title = click.prompt("App Title", default=frappe.unscrub(app_name))
	description = click.prompt("App Description", default=title)
	publisher = click.prompt("App Publisher", default="")
	email = click.prompt("App Email", default="")
	try:
		folder = make_boilerplate(
			destination, app_name, title=title, description=description, publisher=publisher, email=email
		)
	except frappe.ValidationError as error:
		raise click.ClickException(str(error)) from None
	click.echo(f"'{app_name}' created at {folder}")


@click.command("create-patch")
@click.option("--app", required=True, help="App the patch is of")
@click.option("--name", required=True, help="Name of the patch's file, without .py")
@click.option("--describe", default="", help="Why the patch is needed")
@pass_context
def create_patch(context: frappe._dict, app: str, name: str, describe: str):
	"""Write an empty patch and its line in patches.txt."""
	frappe.init("", force=True)
	if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
		raise click.ClickException(f"{name!r} is not a name for a Python module")
	folder = os.path.join(frappe.get_app_path(app), "patches")
	path = os.path.join(folder, f"{name}.py")
	if os.path.exists(path):
		raise click.ClickException(f"{path} exists")
	os.makedirs(folder, exist_ok=True)
	open(os.path.join(folder, "__init__.py"), "a", encoding="utf-8").close()
	with open(path, "w", encoding="utf-8") as file:
		file.write(f'"""{describe or name}. Running it twice is safe."""\n\n\n')
		file.write(
			f'def execute():\n\traise NotImplementedError("{app}.patches.{name} is not written yet")\n'
		)
	_note(frappe.get_app_path(app, "patches.txt"), f"{app}.patches.{name}")
	click.echo(f"Patch written to {path}")


def _note(path: str, line: str) -> None:
	text = frappe.read_file(path) or "[pre_model_sync]\n\n[post_model_sync]\n"
	with open(path, "w", encoding="utf-8") as file:
		file.write(text.rstrip("\n") + f"\n{line}\n")


commands = [make_app, create_patch]
