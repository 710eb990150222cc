"""Creation of sites, and installation and removal of apps."""

from __future__ import annotations

import os
import re
import shutil
from typing import Any

import click

import frappe
from frappe.kernel.apps import clear_hooks_cache
from frappe.modules.standard_records import bootstrap, read_doctypes, sync_doctypes, sync_for
from frappe.utils.site_config import (
	get_site_config_path,
	make_conf,
	make_site_config,
	make_site_dirs,
	update_site_config,
)

__all__ = ["get_site_config_path", "make_conf", "make_site_config", "make_site_dirs", "update_site_config"]

# A host name, as browsers send it.
SITE_NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)


def new_site(
	site: str,
	*,
	db_name: str | None = None,
	db_type: str = "sqlite",
	db_password: str | None = None,
	db_host: str | None = None,
	db_port: int | None = None,
	db_root_username: str | None = None,
	db_root_password: str | None = None,
	admin_password: str | None = None,
	install_apps: list[str] | tuple[str, ...] = (),
	force: bool = False,
	verbose: bool = False,
) -> None:
	"""Create a site in the bench of the context and install apps on it, all or nothing.

	Args:
		site: name of the site and of its folder.
		db_name: name of the database; derived from the site's name unless given.
		db_type: "sqlite" or "mariadb".
		db_password, db_host, db_port: of the site's own database user (MariaDB).
		db_root_username, db_root_password: who may create databases (MariaDB).
		admin_password: password of Administrator; `admin_password` of the configuration unless given.
		install_apps: apps beside `frappe`.
		force: replace an existing site.
		verbose: say what is done.

	Raises:
		frappe.exceptions.ValidationError: the site exists and `force` is not given, or an app is not on
		the bench.
	"""
	sites_path = frappe.local.sites_path
	_check_new_site(site, sites_path, install_apps, force)
	existed = os.path.isdir(os.path.join(sites_path, site))
	frappe.init(site, sites_path=sites_path, new_site=True, force=True)
	frappe.flags.root_login, frappe.flags.root_password = db_root_username, db_root_password
	try:
		make_conf(db_name, db_password, db_type=db_type, db_host=db_host, db_port=db_port, force=force)
		make_site_dirs()
		install_db(admin_password=admin_password, force=force, install_apps=install_apps, verbose=verbose)
	except BaseException:
		_undo_new_site(sites_path, site, existed)
		raise


def _check_new_site(site: str, sites_path: str, install_apps: Any, force: bool) -> None:
	if not SITE_NAME.fullmatch(site or ""):
		raise frappe.ValidationError(
			f"{site!r} is not a name for a site: letters, digits, dots, - and _ only"
		)
	if os.path.exists(os.path.join(sites_path, site, "site_config.json")) and not force:
		raise frappe.ValidationError(f"Site {site} already exists, use `--force` to replace it")
	for app in install_apps or ():
		_check_on_bench(app)


def _check_on_bench(app: str) -> None:
	if app not in frappe.get_all_apps():
		raise frappe.ValidationError(f"App {app} is not in apps.txt of this bench")


def _undo_new_site(sites_path: str, site: str, existed: bool) -> None:
	"""Remove what a failed creation made; a site that existed before is left as far as it still is."""
	if frappe.local.db:
		frappe.db.rollback()
		frappe.db.close()
	if existed:
		return
	if frappe.conf.db_type == "mariadb" and frappe.flags.made_database:
		from frappe.database import drop_user_and_database

		drop_user_and_database(frappe.conf.db_name, frappe.flags.root_login, frappe.flags.root_password)
	shutil.rmtree(os.path.join(sites_path, site), ignore_errors=True)


def install_db(
	admin_password: str | None = None,
	force: bool = False,
	install_apps: list[str] | tuple[str, ...] = (),
	verbose: bool = False,
) -> None:
	"""Create the database of the site of the context, with the runtime and apps installed, in one
	transaction.

	Args:
		admin_password: of Administrator; asked from the configuration unless given.
		force: drop an existing database first.
		install_apps: apps beside `frappe`.
		verbose: say what is done.
	"""
	from frappe.database import setup_database

	setup_database(force=force)
	frappe.flags.made_database = True
	frappe.connect(set_admin_as_user=False)
	frappe.local.session = frappe._dict(user="Administrator", data=frappe._dict())
	frappe.flags.in_install_db = True
	frappe.db.begin()
	frappe.db.create_framework_tables()
	bootstrap()
	frappe.flags.in_install_db = False
	install_app("frappe", verbose=verbose)
	_set_first_password(admin_password)
	for app in install_apps or ():
		install_app(app, verbose=verbose)
	_sync_jobs()
	frappe.db.commit()


def _set_first_password(admin_password: str | None) -> None:
	from frappe.utils.install import set_admin_password

	password = admin_password or frappe.conf.admin_password
	if password:
		set_admin_password(str(password))


def install_app(name: str, verbose: bool = False, set_as_patched: bool = True, force: bool = False) -> None:
	"""Install an app on the site of the context; the caller commits.

	Args:
		name: package name of the app.
		verbose: say what is done.
		set_as_patched: note all its patches as done, for a new installation needs none.
		force: install again although it is installed.

	Raises:
		frappe.exceptions.ValidationError: the app is not on the bench.
	"""
	name = parse_app_name(name)
	_check_on_bench(name)
	if name in _stored_apps() and not force:
		click.secho(f"App {name} already installed", fg="yellow")
		return
	for required in frappe.get_hooks("required_apps", app_name=name):
		install_app(parse_app_name(required), verbose=verbose)
	if verbose:
		click.echo(f"Installing {name}...")
	frappe.flags.in_install = name
	try:
		if _run_hooks("before_install", name) is False:
			return
		_install_records(name, force)
		if set_as_patched:
			set_all_patches_as_completed(name)
		_after_install(name)
	finally:
		frappe.flags.in_install = False


def parse_app_name(name: str) -> str:
	"""Return the app of a name as `required_apps` may write it: "owner/app", a URL, or the app itself."""
	name = name.rstrip("/").removesuffix(".git")
	return name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].split("@")[0] if "/" in name or ":" in name else name


def _run_hooks(hook: str, app: str, *args: Any) -> Any:
	answer = None
	for method in frappe.get_hooks(hook, app_name=app):
		answer = frappe.get_attr(method)(*args)
		if answer is False:
			return False
	return answer


def _install_records(name: str, force: bool) -> None:
	frappe.clear_cache()
	sync_doctypes(name, force=force)
	add_module_defs(name)
	make_roles_of(name)
	if name == "frappe":
		add_to_installed_apps(name)
		_install_basics()
	else:
		add_to_installed_apps(name)
	sync_for(name, force=force)


def make_roles_of(app: str) -> None:
	"""Insert the roles that the permission rows of an app's DocTypes name."""
	from frappe.utils.install import make_roles

	rows = (row for file in read_doctypes(app) for row in file.doc.get("permissions") or ())
	make_roles(row["role"] for row in rows)


def _install_basics() -> None:
	from frappe.utils.install import after_install

	after_install()


def _after_install(name: str) -> None:
	from frappe.utils.fixtures import sync_fixtures

	if name != "frappe":
		sync_fixtures(name)
		_sync_customizations(name)
	_run_hooks("after_install", name)
	_run_hooks("after_sync", name)
	for app in frappe.get_installed_apps():
		if app != name:
			_run_hooks("after_app_install", app, name)
	_sync_dashboards(name)
	frappe.clear_cache()


def _sync_customizations(app: str) -> None:
	from frappe.modules.customizations import sync_customizations

	sync_customizations(app)


def _sync_dashboards(app: str) -> None:
	from frappe.utils.dashboard import sync_dashboards

	sync_dashboards(app)


def _sync_jobs() -> None:
	from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs

	sync_jobs()


def _stored_apps() -> list[str]:
	return frappe.parse_json(frappe.db.get_global("installed_apps") or "[]")


def add_to_installed_apps(app_name: str, rebuild_website: bool = True) -> None:
	"""Note an app as installed on the site.

	Args:
		app_name: package name.
		rebuild_website: kept for Frappe's signature.
	"""
	apps = _stored_apps()
	if app_name not in apps:
		apps.append(app_name)
		_store_apps(apps)


def remove_from_installed_apps(app_name: str) -> None:
	"""Note an app as not installed on the site."""
	apps = _stored_apps()
	if app_name in apps:
		apps.remove(app_name)
		_store_apps(apps)


def _store_apps(apps: list[str]) -> None:
	frappe.db.set_global("installed_apps", frappe.as_json(apps, indent=None))
	clear_hooks_cache()
	frappe.clear_cache()
	_note_versions(apps)


def _note_versions(apps: list[str]) -> None:
	"""Keep the list of Installed Applications, which the desk shows, up to date."""
	if frappe.db.exists("DocType", "Installed Applications"):
		from frappe.core.doctype.installed_applications.installed_applications import update_versions

		update_versions(apps)


def add_module_defs(app: str, ignore_if_duplicate: bool = False) -> None:
	"""Insert the modules of an app.

	Args:
		app: package name.
		ignore_if_duplicate: kept for Frappe's signature; existing modules are left as they are.
	"""
	from frappe.utils.install import stamps

	existing = set(frappe.db.sql_list("select `name` from `tabModule Def`"))
	rows = [
		(module, *stamps().values(), module, app, 0)
		for module in frappe.get_module_list(app)
		if module not in existing
	]
	if rows:
		fields = ["name", *stamps(), "module_name", "app_name", "custom"]
		frappe.db.bulk_insert("Module Def", fields, rows)


def set_all_patches_as_completed(app: str) -> None:
	"""Note every patch of an app as done."""
	from frappe.modules.patch_handler import get_patches_from_app
	from frappe.utils.install import stamps

	done = set(frappe.db.sql_list("select `patch` from `tabPatch Log`"))
	rows = [
		(frappe.generate_hash(length=10), *stamps().values(), patch, 0)
		for patch in get_patches_from_app(app)
		if patch not in done
	]
	if rows:
		frappe.db.bulk_insert("Patch Log", ["name", *stamps(), "patch", "skipped"], rows)


def remove_app(
	app_name: str, dry_run: bool = False, yes: bool = False, no_backup: bool = False, force: bool = False
) -> None:
	"""Remove an app with its modules, DocTypes and their data from the site; the caller commits.

	Args:
		app_name: package name.
		dry_run: only say what would go.
		yes: do not ask.
		no_backup: make no backup first.
		force: remove it although the site does not list it.
	"""
	from frappe.utils.uninstall import remove_app as remove

	remove(app_name, dry_run=dry_run, yes=yes, no_backup=no_backup, force=force)
