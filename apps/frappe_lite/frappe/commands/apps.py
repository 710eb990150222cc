"""Commands on the apps of a site."""

from __future__ import annotations

import json

import click

import frappe
from frappe.commands import connected, for_each_site, get_site, pass_context


@click.command("install-app")
@click.argument("apps", nargs=-1, required=True)
@click.option("--force", is_flag=True, default=False, help="Install again although it is installed")
@pass_context
def install_app(context: frappe._dict, apps: tuple[str, ...], force: bool = False):
	"""Install apps on sites."""
	from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs
	from frappe.installer import install_app as install

	for _site in for_each_site(context):
		frappe.db.begin()
		for app in apps:
			install(app, verbose=True, force=force or context.force)
		sync_jobs()


@click.command("uninstall-app")
@click.argument("app")
@click.option("--yes", "-y", is_flag=True, default=False, help="Do not ask")
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would go")
@click.option("--no-backup", is_flag=True, default=False, help="Make no backup first")
@click.option("--force", is_flag=True, default=False, help="Remove it although the site does not list it")
@pass_context
def uninstall(context: frappe._dict, app: str, yes: bool, dry_run: bool, no_backup: bool, force: bool):
	"""Remove an app and its data from sites."""
	from frappe.installer import remove_app

	for _site in for_each_site(context):
		remove_app(app, dry_run=dry_run, yes=yes, no_backup=no_backup, force=force or context.force)


@click.command("remove-from-installed-apps")
@click.argument("app")
@pass_context
def remove_from_installed_apps(context: frappe._dict, app: str):
	"""Take an app off a site's list without touching its data."""
	from frappe.installer import remove_from_installed_apps as remove

	for _site in for_each_site(context):
		remove(app)


@click.command("list-apps")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@pass_context
def list_apps(context: frappe._dict, form: str):
	"""List the apps installed on sites."""
	from frappe.core.doctype.installed_applications.installed_applications import get_app_version
	from frappe.utils.site_list import get_sites

	sites = context.sites or get_sites()
	found = {}
	for site in sites:
		with connected(site, commit=False):
			found[site] = [(app, get_app_version(app)) for app in frappe.get_installed_apps()]
	if form == "json":
		click.echo(json.dumps({site: [app for app, _version in apps] for site, apps in found.items()}))
		return
	for site, apps in found.items():
		_print_apps(site if len(found) > 1 else None, apps)


def _print_apps(site: str | None, apps: list[tuple[str, str]]) -> None:
	if site:
		click.secho(site, fg="green")
	width = max(len(app) for app, _version in apps)
	for app, version in apps:
		click.echo(f"{app:{width}} {version}")


@click.command("version")
@click.option(
	"--format", "-f", "form", type=click.Choice(["legacy", "plain", "table", "json"]), default="plain"
)
def version(form: str):
	"""Print the versions of the bench's apps."""
	from frappe.core.doctype.installed_applications.installed_applications import get_app_version

	frappe.init("", force=True)
	rows = [{"app": app, "version": get_app_version(app)} for app in frappe.get_all_apps()]
	if form == "json":
		click.echo(json.dumps(rows, indent=1))
		return
	for row in rows:
		click.echo(f"{row['app']} {row['version']}")


@click.command("doctor")
@click.option("--site", help="Site to look at")
@pass_context
def doctor(context: frappe._dict, site: str | None = None):
	"""Say whether web, queue and scheduler of sites are in order."""
	from frappe.utils.doctor import report

	sites = [site] if site else context.sites or [get_site(context)]
	troubled = False
	for name in sites:
		with connected(name, commit=False):
			for line, is_good in report():
				click.secho(line, fg=None if is_good else "red")
				troubled |= not is_good
	raise SystemExit(1 if troubled else 0)


commands = [install_app, uninstall, remove_from_installed_apps, list_apps, version, doctor]
