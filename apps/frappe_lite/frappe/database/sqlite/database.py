"""A connection to a site's SQLite file."""

from __future__ import annotations

import os
import sqlite3
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import frappe
from frappe.database.database import Database
from frappe.database.sqlite import pool
from frappe.database.sqlite.errors import SQLiteErrors
from frappe.database.sqlite.functions import from_iso, to_iso_time
from frappe.database.sqlite.schema import SQLiteTable
from frappe.database.sqlite.structure import SQLiteStructure
from frappe.database.sqlite.translate import CONTROL, READ, SCHEMA, Statement, spread_sequences, translate
from frappe.kernel.cache import META, bump_site_version

SEQUENCES = (list, tuple, set, frozenset)


def database_path(db_name: str | None = None) -> str:
	"""Return the path of the site's database file."""
	return os.path.join(frappe.local.site_path, "db", f"{db_name or frappe.conf.db_name}.db")


class SQLiteDatabase(SQLiteErrors, SQLiteStructure, Database):
	"""The site's database in one file.

	A transaction that means to write holds the one write lock from its start (`BEGIN IMMEDIATE`). One that
	began as a reader and then writes is started anew as a writer, and sees what was committed meanwhile.
	Without a transaction every read stands for itself, and the first write begins one.
	"""

	db_type = "sqlite"
	table_class = SQLiteTable

	def __init__(self, *_server: Any, cur_db_name: str | None = None) -> None:
		super().__init__()
		self.cur_db_name = cur_db_name or frappe.conf.db_name
		self.path = os.path.abspath(database_path(self.cur_db_name))
		self._conn: pool.Connection | None = None

	def _connect(self) -> pool.Connection:
		if self._conn is None:
			self._conn = pool.acquire(self.path)
		return self._conn

	def close(self) -> None:
		"""Give the connection back; what was not committed is undone."""
		if self._conn is not None:
			connection, self._conn, self._cursor = self._conn, None, None
			pool.release(connection)

	def _run(self, query: str, values: tuple | list | dict) -> tuple[tuple, list[str] | None]:
		connection = self._conn or self._connect()
		if values:
			query, values = self._bind(query, values)
		statement = translate(query, (dict if isinstance(values, dict) else tuple) if values else None)
		if statement.kind is not READ:
			self._before_writing(connection, statement)
		self.last_query = statement.sql
		cursor = self._cursor = connection.execute(statement.sql, values)
		if cursor.description is None:
			return (), None
		rows = cursor.fetchall()
		if statement.temporal and rows:
			rows = _with_dates(rows, statement.temporal)
		return tuple(rows), [column[0] for column in cursor.description]

	@staticmethod
	def _bind(query: str, values: tuple | list | dict) -> tuple[str, tuple | dict]:
		given = values.values() if isinstance(values, dict) else values
		if any(isinstance(value, SEQUENCES) for value in given):
			query, values = spread_sequences(query, values)
		if isinstance(values, dict):
			return query, {key: adapt(value) for key, value in values.items()}
		return query, tuple(
			[ADAPTERS[type(value)](value) if type(value) in ADAPTERS else adapt(value) for value in values]
		)

	def _before_writing(self, connection: sqlite3.Connection, statement: Statement) -> None:
		word = statement.sql.lstrip()[:9].lower()
		if statement.kind is CONTROL and word != "savepoint":
			return
		if self.is_read_only:
			connection.execute("rollback")
			self.is_read_only = False
		if not connection.in_transaction:
			connection.execute("begin immediate")
		if statement.kind is SCHEMA:
			bump_site_version(META)
		elif statement.kind is not CONTROL:
			self._count_write()

	def _begin(self, read_only: bool) -> None:
		connection = self._conn or self._connect()
		if connection.in_transaction:
			if read_only or not self.is_read_only:
				return
			connection.execute("rollback")
		connection.execute("begin" if read_only else "begin immediate")

	def _commit(self) -> None:
		if self._conn is not None and self._conn.in_transaction:
			self._conn.execute("commit")

	def _rollback(self) -> None:
		if self._conn is not None and self._conn.in_transaction:
			self._conn.execute("rollback")

	def get_database_size(self) -> float:
		"""Return the size of the database in MB."""
		return os.path.getsize(self.path) / 1024 / 1024

	def get_database_list(self) -> list[str]:
		"""Return the names of the databases of the site."""
		folder = os.path.dirname(self.path)
		return sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".db"))

	def backup_to(self, path: str) -> None:
		"""Copy the committed database to another file while it is in use."""
		with sqlite3.connect(path) as target:
			self._connect().backup(target)
		target.close()

	def explain_query(self, query: str, values: Any = ()) -> None:
		"""Print SQLite's plan of a statement."""
		for row in self.sql(f"explain query plan {query}", values):
			print(row[-1])


def _with_dates(rows: list[tuple], columns: tuple[int, ...]) -> list[tuple]:
	changed = []
	for row in rows:
		values = list(row)
		for index in columns:
			if isinstance(values[index], str):
				values[index] = from_iso(values[index])
		changed.append(tuple(values))
	return changed


def _adapt_text(value: str) -> str:
	return value[:-7] if value[-7:] == ".000000" and len(value) == 26 else value


def _unchanged(value: Any) -> Any:
	return value


ADAPTERS = {
	str: _adapt_text,
	int: _unchanged,
	float: _unchanged,
	type(None): _unchanged,
	bytes: _unchanged,
	bool: int,
	datetime: lambda value: value.isoformat(sep=" "),
	date: date.isoformat,
	time: time.isoformat,
	timedelta: to_iso_time,
	Decimal: float,
}


def adapt(value: Any) -> Any:
	"""Return a Python value as SQLite stores it; datetimes as ISO text without empty microseconds."""
	adapter = ADAPTERS.get(type(value))
	if adapter is not None:
		return adapter(value)
	if isinstance(value, Enum):
		return adapt(value.value)
	for kind, of_kind in ADAPTERS.items():
		if isinstance(value, kind):
			return of_kind(value)
	return str(value)
