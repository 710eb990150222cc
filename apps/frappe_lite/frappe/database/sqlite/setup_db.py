"""Making and removing the database file of a site."""

from __future__ import annotations

import os
import shutil
import sqlite3

import frappe
from frappe.database.sqlite import pool
from frappe.database.sqlite.database import database_path


def setup_database(force: bool = False) -> None:
	"""Create the site's empty database file.

	Args:
		force: remove an existing one first.

	Raises:
		frappe.exceptions.ImproperDBConfigurationError: it exists and `force` is not given.
	"""
	path = database_path()
	if os.path.exists(path):
		if not force:
			raise frappe.exceptions.ImproperDBConfigurationError(f"Database {path} exists already")
		_remove(path)
	os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
	connection = sqlite3.connect(path)
	connection.execute("pragma journal_mode=WAL")
	connection.close()


def drop_user_and_database(
	db_name: str, root_login: str | None = None, root_password: str | None = None
) -> None:
	"""Remove a database file of the site."""
	_remove(database_path(db_name))


def _remove(path: str) -> None:
	pool.forget(os.path.abspath(path))
	for suffix in ("", "-wal", "-shm"):
		if os.path.exists(path + suffix):
			os.remove(path + suffix)


def get_command(
	db_name: str | None = None, dump: bool = False, **_server: object
) -> tuple[str | None, list[str], str]:
	"""Return (path or None, arguments, name) of SQLite's command line client."""
	arguments = [database_path(db_name)]
	if dump:
		arguments.append(".dump")
	return shutil.which("sqlite3"), arguments, "sqlite3"
