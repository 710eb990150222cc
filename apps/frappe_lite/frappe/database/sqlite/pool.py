"""Open SQLite connections, kept per thread: opening one costs more than most requests' statements."""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import date, datetime, timedelta

from frappe.database.sqlite.functions import register_functions

BUSY_TIMEOUT_MS = 15_000
CACHED_STATEMENTS = 512

_local = threading.local()


class Connection(sqlite3.Connection):
	"""A connection that knows which file it was opened on."""

	path: str
	inode: int


def acquire(path: str) -> Connection:
	"""Return a connection of this thread to the database file, a new one when none is free.

	Raises:
		sqlite3.OperationalError: the file does not exist.
	"""
	free = _free()
	connection = free.pop(path, None)
	if connection is not None:
		if _inode(path) == connection.inode:
			return connection
		connection.close()
	return _open(path)


def release(connection: Connection) -> None:
	"""Take a connection back; what it did not commit is undone."""
	if connection.in_transaction:
		connection.rollback()
	if connection.path in _free() or _inode(connection.path) != connection.inode:
		connection.close()
		return
	_free()[connection.path] = connection


def forget(path: str) -> None:
	"""Close this thread's free connection to a file."""
	connection = _free().pop(path, None)
	if connection is not None:
		connection.close()


def _free() -> dict[str, Connection]:
	try:
		return _local.free
	except AttributeError:
		_local.free = {}
		return _local.free


def _inode(path: str) -> int:
	try:
		return os.stat(path).st_ino
	except FileNotFoundError:
		return -1


def _open(path: str) -> Connection:
	if not os.path.exists(path):
		raise sqlite3.OperationalError(f"no such database: {os.path.basename(path)}")
	connection = sqlite3.connect(
		path,
		timeout=BUSY_TIMEOUT_MS / 1000,
		isolation_level=None,
		detect_types=sqlite3.PARSE_DECLTYPES,
		cached_statements=CACHED_STATEMENTS,
		factory=Connection,
	)
	connection.path, connection.inode = path, _inode(path)
	for pragma in ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-8000"):
		connection.execute(f"pragma {pragma}")
	register_functions(connection)
	return connection


def to_date(raw: bytes) -> date | str:
	"""Return a stored date; text that is none comes back as it is."""
	text = raw.decode()
	try:
		return date.fromisoformat(text[:10])
	except ValueError:
		return text


def to_datetime(raw: bytes) -> datetime | str:
	"""Return a stored datetime; text that is none comes back as it is."""
	text = raw.decode()
	try:
		return datetime.fromisoformat(text)
	except ValueError:
		return text


def to_timedelta(raw: bytes) -> timedelta | str:
	"""Return a stored time of day as the time since midnight, as MariaDB's drivers do."""
	text = raw.decode()
	try:
		hours, minutes, seconds = (*text.split(":"), "0")[:3]
		span = timedelta(hours=abs(int(hours)), minutes=int(minutes), seconds=float(seconds))
	except ValueError:
		return text
	return -span if text.startswith("-") else span


for _type, _converter in (("date", to_date), ("datetime", to_datetime), ("time", to_timedelta)):
	sqlite3.register_converter(_type, _converter)
