"""Open connections to MariaDB, kept per thread."""

from __future__ import annotations

import threading
import time
from typing import Any, NamedTuple

import mariadb
from mariadb.constants import FIELD_TYPE

CHECK_AFTER_SECONDS = 20
COLLATION = "utf8mb4_unicode_ci"
SQL_MODE = "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION"


def _float(value: Any) -> float | None:
	# The connector also calls a converter for NULL.
	return None if value is None else float(value)


CONVERTERS = {FIELD_TYPE.NEWDECIMAL: _float, FIELD_TYPE.DECIMAL: _float}

_local = threading.local()


class Target(NamedTuple):
	"""Where to connect to."""

	host: str | None
	port: int
	user: str
	password: str
	database: str | None
	socket: str | None


def acquire(target: Target) -> Any:
	"""Return a connection of this thread, a new one when none is free or alive."""
	kept = _free().pop(target, None)
	if kept is not None:
		connection, since = kept
		if time.monotonic() - since < CHECK_AFTER_SECONDS or _is_alive(connection):
			return connection
	return open_connection(target)


def release(target: Target, connection: Any) -> None:
	"""Take a connection back; what it did not commit is undone."""
	try:
		connection.rollback()
	except mariadb.Error:
		return
	if target in _free():
		connection.close()
	else:
		_free()[target] = (connection, time.monotonic())


def forget(database: str) -> None:
	"""Close this thread's free connections to a database."""
	for target in [target for target in _free() if target.database == database]:
		_free().pop(target)[0].close()


def _free() -> dict[Target, tuple[Any, float]]:
	if not hasattr(_local, "free"):
		_local.free = {}
	return _local.free


def _is_alive(connection: Any) -> bool:
	try:
		connection.ping()
	except mariadb.Error:
		return False
	return True


def open_connection(target: Target) -> Any:
	"""Return a new connection in UTF-8, without autocommit."""
	options: dict[str, Any] = {
		"user": target.user,
		"password": target.password or "",
		"converter": CONVERTERS,
	}
	if target.database:
		options["database"] = target.database
	if target.socket:
		options["unix_socket"] = target.socket
	else:
		options.update(host=target.host, port=target.port)
	return mariadb.connect(
		**options,
		autocommit=False,
		init_command=f"set names utf8mb4 collate {COLLATION}, session sql_mode='{SQL_MODE}'",
	)
