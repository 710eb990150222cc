"""Commands on whole sites."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import Any

import click

import frappe
from frappe.commands import connected, for_each_site, get_site, one_sentence, pass_context


@click.command("new-site")
@click.argument("site")
@click.option("--db-name", help="Name of the database")
@click.option("--db-type", default="sqlite", type=click.Choice(["sqlite", "mariadb"]), show_default=True)
@click.option("--db-host", help="Host of the database server")
@click.option("--db-port", type=int, help="Port of the database server")
@click.option("--db-password", help="Password of the site's database user")
@click.option(
	"--db-root-username", "--mariadb-root-username", help="Who may create databases, as a rule root"
)
@click.option("--db-root-password", "--mariadb-root-password", help="Password of that user")
@click.option("--mariadb-user-host-login-scope", help="Accepted for scripts written for Frappe")
@click.option(
	"--no-mariadb-socket", is_flag=True, default=False, help="Accepted for scripts written for Frappe"
)
@click.option("--admin-password", help="Password of Administrator")
@click.option("--verbose", is_flag=True, default=False, help="Say what is done")
@click.option("--force", is_flag=True, default=False, help="Replace an existing site")
@click.option("--source_sql", "--source-sql", help="Backup to start from")
@click.option("--install-app", multiple=True, help="App to install; may be given several times")
@click.option("--set-default", is_flag=True, default=False, help="Make it the bench's default site")
def new_site(
	site: str, set_default: bool, source_sql: str | None, install_app: tuple[str, ...], **options: Any
):
	"""Create a site."""
	from frappe.installer import new_site as create

	for ignored in ("mariadb_user_host_login_scope", "no_mariadb_socket"):
		options.pop(ignored)
	frappe.init("", force=True)
	options["admin_password"] = options["admin_password"] or _ask_password()
	started = time.monotonic()
	try:
		with one_sentence(options["verbose"]):
			create(site, install_apps=install_app, **options)
	finally:
		frappe.destroy()
	if source_sql:
		_restore(site, source_sql)
	if set_default:
		use_site(site)
	click.echo(f"Site {site} created in {time.monotonic() - started:.1f} s")


def _ask_password() -> str:
	"""Ask for the password of Administrator, unless the configuration has it or nobody could answer."""
	if frappe.conf.admin_password:
		return str(frappe.conf.admin_password)
	if not sys.stdin.isatty():
		raise click.UsageError("Please give --admin-password")
	return click.prompt("Set Administrator password", hide_input=True, confirmation_prompt=True)


def _restore(site: str, path: str) -> None:
	from frappe.utils.restore import restore_site

	restore_site(site, path)


@click.command("reinstall")
@click.option("--admin-password", help="New password of Administrator")
@click.option("--db-root-username", "--mariadb-root-username")
@click.option("--db-root-password", "--mariadb-root-password")
@click.option("--yes", is_flag=True, default=False, help="Do not ask")
@pass_context
def reinstall(
	context: frappe._dict,
	admin_password: str | None,
	db_root_username: str | None,
	db_root_password: str | None,
	yes: bool,
):
	"""Throw a site's data away and install its apps anew."""
	from frappe.installer import install_db

	site = get_site(context)
	if not yes:
		click.confirm("This will wipe your database. Are you sure you want to reinstall?", abort=True)
	with connected(site, commit=False):
		apps = frappe.get_installed_apps()
	frappe.init(site, force=True)
	frappe.flags.root_login, frappe.flags.root_password = db_root_username, db_root_password
	try:
		others = [app for app in apps if app != "frappe"]
		install_db(admin_password=admin_password or _ask_password(), force=True, install_apps=others)
	finally:
		frappe.destroy()


@click.command("drop-site")
@click.argument("site")
@click.option("--db-root-username", "--mariadb-root-username", "--root-login")
@click.option("--db-root-password", "--mariadb-root-password", "--root-password")
@click.option("--archived-sites-path", help="Folder to move the site's folder to")
@click.option("--no-backup", is_flag=True, default=False, help="Make no backup first")
@click.option("--force", is_flag=True, default=False, help="Go on although the backup fails")
def drop_site(
	site: str,
	db_root_username: str | None,
	db_root_password: str | None,
	archived_sites_path: str | None,
	no_backup: bool,
	force: bool,
):
	"""Remove a site from the bench; its folder goes to archived/sites."""
	from frappe.database import drop_user_and_database

	with one_sentence():
		frappe.init(site, force=True)
	if not no_backup:
		_back_up_before_drop(force)
	frappe.flags.root_login, frappe.flags.root_password = db_root_username, db_root_password
	if frappe.conf.db_type == "mariadb":
		drop_user_and_database(frappe.conf.db_name, db_root_username, db_root_password)
	frappe.destroy()
	click.echo(f"Site moved to {_archive(site, archived_sites_path)}")


def _back_up_before_drop(force: bool) -> None:
	from frappe.utils.backups import scheduled_backup

	frappe.connect()
	try:
		scheduled_backup(ignore_files=False, force=True)
	except Exception as error:
		if not force:
			raise click.ClickException(
				f"Backup failed, the site stays: {error}. Use --force to go on"
			) from None
	finally:
		frappe.db.close()


def _archive(site: str, folder: str | None) -> str:
	folder = folder or os.path.join("..", "archived", "sites")
	os.makedirs(folder, exist_ok=True)
	target = os.path.join(folder, site)
	suffix = 1
	while os.path.exists(target):
		target = os.path.join(folder, f"{site}{suffix}")
		suffix += 1
	shutil.move(site, target)
	return target


@click.command("use")
@click.argument("site")
def use(site: str):
	"""Make a site the default of this bench."""
	if not os.path.exists(os.path.join(site, "site_config.json")):
		raise click.ClickException(f"Site {site} does not exist on this bench")
	use_site(site)
	click.echo(f"Current Site set to {site}")


def use_site(site: str) -> None:
	"""Write the default site where both this CLI and the official one look for it."""
	from frappe.installer import update_site_config

	update_site_config("default_site", site, validate=False, site_config_path="common_site_config.json")


@click.command("migrate")
@click.option("--skip-failing", is_flag=True, default=False, help="Go on after a failing patch")
@click.option(
	"--skip-search-index", is_flag=True, default=False, help="Accepted for scripts written for Frappe"
)
@pass_context
def migrate(context: frappe._dict, skip_failing: bool = False, skip_search_index: bool = False):
	"""Bring sites to the state of the code: patches, tables, records, fixtures."""
	from frappe.migrate import SiteMigration

	get_site(context)
	for site in context.sites:
		click.secho(f"Migrating {site}", fg="green")
		SiteMigration(skip_failing=skip_failing, skip_search_index=skip_search_index).run(site=site)


@click.command("run-patch")
@click.argument("module")
@click.option("--force", is_flag=True, default=False, help="Run it although it ran before")
@pass_context
def run_patch(context: frappe._dict, module: str, force: bool):
	"""Run one patch."""
	from frappe.modules.patch_handler import run_single

	for _site in for_each_site(context):
		run_single(module, force=force or context.force)


@click.command("set-maintenance-mode")
@click.option("--site", help="Site to set")
@click.argument("state", type=click.Choice(["on", "off"]))
@pass_context
def set_maintenance_mode(context: frappe._dict, state: str, site: str | None = None):
	"""Close a site to its users, or open it again."""
	from frappe.installer import update_site_config

	frappe.init(site or get_site(context), force=True)
	update_site_config("maintenance_mode", 1 if state == "on" else 0)
	frappe.destroy()


commands = [new_site, reinstall, drop_site, use, migrate, run_patch, set_maintenance_mode]
