"""Commands that make and read backups."""

from __future__ import annotations

import os

import click

import frappe
from frappe.commands import for_each_site, get_site, pass_context


@click.command("backup")
@click.option("--with-files", is_flag=True, default=False, help="Also the site's public and private files")
@click.option("--compress", is_flag=True, default=False, help="Compress the archives of files")
@click.option("--backup-path", help="Folder to write to")
@click.option("--backup-path-db", help="Path of the database's file")
@click.option("--backup-path-files", help="Path of the public files' archive")
@click.option("--backup-path-private-files", help="Path of the private files' archive")
@click.option("--backup-path-conf", help="Path of the configuration's copy")
@click.option("--encrypt", is_flag=True, default=False, help="Encrypt, whatever System Settings say")
@click.option("--include", "--only", "-i", default="", help="Accepted for scripts written for Frappe")
@click.option("--exclude", "-e", default="", help="Accepted for scripts written for Frappe")
@click.option(
	"--ignore-backup-conf", is_flag=True, default=False, help="Accepted for scripts written for Frappe"
)
@click.option("--verbose", is_flag=True, default=False, help="Say what is done")
@pass_context
def backup(
	context: frappe._dict, with_files: bool, compress: bool, backup_path: str | None, encrypt: bool, **paths
):
	"""Back sites up: database, configuration and, with --with-files, all files."""
	from frappe.utils.backups import new_backup

	names = {
		key.removeprefix("backup_path_"): path
		for key, path in paths.items()
		if key.startswith("backup_path_")
	}
	for site in for_each_site(context, commit=False):
		made = new_backup(
			ignore_files=not with_files,
			backup_path=backup_path,
			compress=compress,
			encrypt=encrypt,
			paths=names,
		)
		click.secho(f"Backup for Site {site} has been successfully completed", fg="green")
		for kind, path in made.items():
			click.echo(f"{kind:8} {path}")


class BenchPath(click.Path):
	"""An existing file. Commands run in `sites/`, people in the bench's root: a relative path may count
	from either.
	"""

	def __init__(self) -> None:
		super().__init__(exists=True, dir_okay=False, resolve_path=True)

	def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
		"""Return the absolute path."""
		from_root = os.path.join("..", value)
		return super().convert(
			value if os.path.exists(value) or not os.path.exists(from_root) else from_root, param, ctx
		)


@click.command("restore")
@click.argument("sql-file-path", type=BenchPath())
@click.option("--with-public-files", type=BenchPath())
@click.option("--with-private-files", type=BenchPath())
@click.option("--backup-encryption-key", "--encryption-key", help="Key the backup was encrypted with")
@click.option("--admin-password", help="New password of Administrator")
@click.option("--db-root-username", "--mariadb-root-username")
@click.option("--db-root-password", "--mariadb-root-password")
@click.option("--install-app", multiple=True, help="App to install afterwards")
@click.option(
	"--force", is_flag=True, default=False, help="Do not ask, and accept a backup of a newer version"
)
@pass_context
def restore(
	context: frappe._dict,
	sql_file_path: str,
	with_public_files: str | None,
	with_private_files: str | None,
	backup_encryption_key: str | None,
	admin_password: str | None,
	db_root_username: str | None,
	db_root_password: str | None,
	install_app: tuple[str, ...],
	force: bool,
):
	"""Put a site back to a backup; a damaged backup is refused and leaves the site as it was."""
	from frappe.utils.restore import BackupError, restore_site

	site = get_site(context)
	force = force or context.force
	if not force:
		click.confirm(f"The data of {site} will be replaced. Continue?", abort=True)
	try:
		restore_site(
			site,
			sql_file_path,
			public_files=with_public_files,
			private_files=with_private_files,
			encryption_key=backup_encryption_key,
			admin_password=admin_password,
			root=(db_root_username, db_root_password),
			force=force,
		)
	except BackupError as error:
		raise click.ClickException(str(error)) from None
	if install_app:
		_install(context, install_app)
	click.secho(f"Site {site} has been restored", fg="green")


def _install(context: frappe._dict, apps: tuple[str, ...]) -> None:
	from frappe.installer import install_app

	for _site in for_each_site(context):
		for app in apps:
			install_app(app)


commands = [backup, restore]
