"""Making and removing the database of a site and its user on a MariaDB server."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import Any

import frappe
from frappe.database.mariadb import connection as connections
from frappe.database.mariadb.database import server_target
from frappe.database.utils import quote_name

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def setup_database(force: bool = False) -> None:
	"""Create the site's database and a user who may do everything in it and nothing elsewhere.

	Args:
		force: drop an existing database first.

	Raises:
		frappe.exceptions.ImproperDBConfigurationError: it exists and `force` is not given.
	"""
	conf = frappe.conf
	user = conf.db_user or conf.db_name
	with closing(_root_connection()) as root:
		if _databases(root, conf.db_name):
			if not force:
				raise frappe.exceptions.ImproperDBConfigurationError(
					f"Database {conf.db_name} exists already"
				)
			_drop(root, conf.db_name, user)
		name, password = quote_name(conf.db_name), _literal(conf.db_password)
		_execute(root, f"create database {name} character set utf8mb4 collate {connections.COLLATION}")
		for account in (f"{_literal(user)}@{_literal(host)}" for host in _client_hosts()):
			_execute(root, f"drop user if exists {account}")
			_execute(root, f"create user {account} identified by {password}")
			_execute(root, f"grant all privileges on {quote_name(_escaped(conf.db_name))}.* to {account}")


def drop_user_and_database(
	db_name: str, root_login: str | None = None, root_password: str | None = None
) -> None:
	"""Drop a database and the user of its name."""
	connections.forget(db_name)
	with closing(_root_connection(root_login, root_password)) as root:
		_drop(root, db_name, db_name)


def _root_connection(login: str | None = None, password: str | None = None) -> Any:
	conf, flags = frappe.conf, frappe.flags
	login = login or flags.root_login or conf.root_login or conf.mariadb_root_login or "root"
	password = password or flags.root_password or conf.root_password or conf.mariadb_root_password or ""
	target = server_target(login, password, None)
	try:
		return connections.open_connection(target)
	except connections.mariadb.Error as error:
		where = target.socket or f"{target.host}:{target.port}"
		raise frappe.exceptions.ImproperDBConfigurationError(
			f"MariaDB on {where} does not let {login} in ({error}); "
			"give --db-host, --db-port, --db-root-username and --db-root-password"
		) from None


def _client_hosts() -> tuple[str, ...]:
	"""Return from where the site's user may connect: this machine, unless the server is another one."""
	given = frappe.conf.mariadb_user_host_login_scope
	if given:
		return (given,)
	if frappe.conf.db_socket or (frappe.conf.db_host or LOCAL_HOSTS[0]) in LOCAL_HOSTS:
		return ("localhost", "127.0.0.1")
	return ("%",)


def _databases(root: Any, name: str) -> list:
	cursor = root.cursor()
	cursor.execute("select schema_name from information_schema.schemata where schema_name = ?", (name,))
	return cursor.fetchall()


def _drop(root: Any, db_name: str, user: str) -> None:
	_execute(root, f"drop database if exists {quote_name(db_name)}")
	for host in {"localhost", "127.0.0.1", "%", *_client_hosts()}:
		_execute(root, f"drop user if exists {_literal(user)}@{_literal(host)}")


def _execute(root: Any, statement: str) -> None:
	root.cursor().execute(statement)


def _literal(text: str) -> str:
	return "'{}'".format(text.replace("\\", "\\\\").replace("'", "''"))


def _escaped(db_name: str) -> str:
	"""In a grant, `_` stands for any character."""
	return db_name.replace("_", r"\_")


def get_command(
	socket: str | None = None,
	host: str | None = None,
	port: int | None = None,
	user: str | None = None,
	password: str | None = None,
	db_name: str | None = None,
	extra: list[str] | None = None,
	dump: bool = False,
) -> tuple[str | None, list[str], str]:
	"""Return (path or None, arguments, name) of MariaDB's client or dump program.

	The password is not among them, where others could see it: it goes into MYSQL_PWD of the environment.
	"""
	names = ("mariadb-dump", "mysqldump") if dump else ("mariadb", "mysql")
	name = next((name for name in names if shutil.which(name)), names[0])
	conf = frappe.conf
	arguments = [f"--user={user or conf.db_user or conf.db_name}"]
	if socket or conf.db_socket:
		arguments.append(f"--socket={socket or conf.db_socket}")
	else:
		arguments += [
			f"--host={host or conf.db_host or '127.0.0.1'}",
			f"--port={port or conf.db_port or 3306}",
		]
	if dump:
		arguments += ["--single-transaction", "--quick", "--lock-tables=false", "--skip-comments"]
	return shutil.which(name), [*arguments, *(extra or []), db_name or conf.db_name], name
