"""Connections to the database of a site; every difference between SQLite and MariaDB ends in this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frappe.database.transaction import savepoint

if TYPE_CHECKING:
	from frappe.database.database import Database

__all__ = ["drop_user_and_database", "get_command", "get_db", "savepoint", "setup_database"]


def get_db(
	host: str | None = None,
	user: str | None = None,
	password: str | None = None,
	port: int | None = None,
	cur_db_name: str | None = None,
	socket: str | None = None,
) -> Database:
	"""Return a database object for the site of the context; it connects at its first statement.

	Args:
		host, user, password, port, socket: of the MariaDB server; None takes the site's configuration.
		cur_db_name: another database than the configured `db_name`.
	"""
	if _is_mariadb():
		from frappe.database.mariadb.database import MariaDBDatabase

		return MariaDBDatabase(host, user, password, port, cur_db_name, socket=socket)
	from frappe.database.sqlite.database import SQLiteDatabase

	return SQLiteDatabase(cur_db_name=cur_db_name)


def setup_database(force: bool = False, verbose: bool = False, no_mariadb_socket: bool = False) -> None:
	"""Create the database of the site of the context, and with MariaDB its user.

	Args:
		force: drop an existing database first.
		verbose, no_mariadb_socket: accepted for Frappe's callers; connections always work by host name here.

	Raises:
		frappe.exceptions.ImproperDBConfigurationError: the database exists and `force` is not given.
	"""
	_setup_module().setup_database(force=force)
	_forget_site()


def drop_user_and_database(
	db_name: str, root_login: str | None = None, root_password: str | None = None
) -> None:
	"""Drop the database `db_name` of the site of the context, and with MariaDB its user."""
	_setup_module().drop_user_and_database(db_name, root_login, root_password)
	_forget_site()


def get_command(
	socket: str | None = None,
	host: str | None = None,
	port: str | None = None,
	user: str | None = None,
	password: str | None = None,
	db_name: str | None = None,
	extra: list[str] | None = None,
	dump: bool = False,
) -> tuple[str | None, list[str], str]:
	"""Return (path or None, arguments, name) of the database's command line client or of its dump program."""
	return _setup_module().get_command(
		socket=socket,
		host=host,
		port=port,
		user=user,
		password=password,
		db_name=db_name,
		extra=extra,
		dump=dump,
	)


def _forget_site() -> None:
	"""A new database begins at version 0 again: what this process knows of an older one is not true of it."""
	import frappe
	from frappe.kernel.cache import forget_site

	forget_site(frappe.local.site)
	frappe.local.site_version = None


def _is_mariadb() -> bool:
	import frappe

	return (frappe.conf.db_type or "sqlite") == "mariadb"


def _setup_module():
	if _is_mariadb():
		from frappe.database.mariadb import setup_db
	else:
		from frappe.database.sqlite import setup_db
	return setup_db
