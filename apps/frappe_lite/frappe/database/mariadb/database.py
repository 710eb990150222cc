"""A connection to a site's MariaDB database."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import frappe
from frappe.database.database import Database
from frappe.database.mariadb import connection as connections
from frappe.database.mariadb.errors import MariaDBErrors
from frappe.database.mariadb.schema import MariaDBTable
from frappe.database.mariadb.structure import MariaDBStructure
from frappe.database.utils import DDL, WRITES, first_word
from frappe.kernel.cache import META, bump_site_version

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 3306

_PLACES = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`[^`]*`|%\((\w+)\)s|%s|%%", re.S)
SEQUENCES = (list, tuple, set, frozenset)


def server_target(user: str, password: str, database: str | None) -> connections.Target:
	"""Return where the site's configuration says the server is."""
	conf = frappe.conf
	return connections.Target(
		host=conf.db_host or DEFAULT_HOST,
		port=int(conf.db_port or DEFAULT_PORT),
		user=user,
		password=password,
		database=database,
		socket=conf.db_socket,
	)


class MariaDBDatabase(MariaDBErrors, MariaDBStructure, Database):
	"""The site's database on a MariaDB server; the user has the database's name."""

	db_type = "mariadb"
	default_port = DEFAULT_PORT
	table_class = MariaDBTable

	def __init__(
		self,
		host: str | None = None,
		user: str | None = None,
		password: str | None = None,
		port: int | None = None,
		cur_db_name: str | None = None,
		socket: str | None = None,
	) -> None:
		super().__init__()
		self.cur_db_name = cur_db_name or frappe.conf.db_name
		self.user = user or frappe.conf.db_user or frappe.conf.db_name
		target = server_target(self.user, password or frappe.conf.db_password, self.cur_db_name)
		given = {"host": host, "port": port and int(port), "socket": socket}
		self.target = target._replace(**{name: value for name, value in given.items() if value})
		self._conn: Any = None

	def _connect(self) -> Any:
		if self._conn is None:
			self._conn = connections.acquire(self.target)
		return self._conn

	def close(self) -> None:
		"""Give the connection back; what was not committed is undone."""
		if self._conn is not None:
			connection, self._conn, self._cursor = self._conn, None, None
			connections.release(self.target, connection)

	def _run(self, query: str, values: tuple | list | dict) -> tuple[tuple, list[str] | None]:
		connection = self._conn or self._connect()
		word = first_word(query)
		if word in WRITES:
			self._count_write()
		elif word in DDL:
			self._check_implicit_commit(query)
		if values:
			query, values = place_values(query, values)
		self.last_query = query
		cursor = self._cursor = connection.cursor()
		cursor.execute(query, values) if values else cursor.execute(query)
		if word in DDL:
			bump_site_version(META)
		if cursor.description is None:
			return (), None
		rows = cursor.fetchall()
		return tuple(rows), [column[0] for column in cursor.description]

	def _check_implicit_commit(self, query: str) -> None:
		"""The server commits before it changes tables; work of a document's save must not go with it unseen.

		Raises:
			frappe.exceptions.ImplicitCommitError: the transaction has written.
		"""
		if self.transaction_writes and not frappe.flags.in_install_db:
			raise frappe.exceptions.ImplicitCommitError("This statement can cause implicit commit", query)

	def _before_ddl(self) -> None:
		self.commit()

	def _begin(self, read_only: bool) -> None:
		self._run(f"start transaction{' read only' if read_only else ''}", ())

	def _commit(self) -> None:
		if self._conn is not None:
			self._conn.commit()

	def _rollback(self) -> None:
		if self._conn is not None:
			self._conn.rollback()

	def _run_checked(self, *arguments: Any) -> Any:
		if self.is_read_only and _locks_or_writes(arguments[0]):
			self._rollback()
			self.is_read_only = False
		return super()._run_checked(*arguments)

	def get_database_size(self) -> float:
		"""Return the size of the database in MB."""
		rows = self.sql(
			"""select sum(data_length + index_length) / 1024 / 1024 from information_schema.tables
			where table_schema = %s""",
			(self.cur_db_name,),
		)
		return rows[0][0] or 0.0

	def get_database_list(self) -> list[str]:
		"""Return the names of the databases the user sees."""
		return self.sql("show databases", pluck=True)

	def estimate_count(self, doctype: str) -> int:
		"""Return about how many documents there are, from the server's statistics."""
		rows = self.sql(
			"select table_rows from information_schema.tables where table_schema = %s and table_name = %s",
			(self.cur_db_name, f"tab{doctype}"),
		)
		return int(rows[0][0] or 0) if rows else 0


def place_values(query: str, values: tuple | list | dict) -> tuple[str, list]:
	"""Return a statement with `?` placeholders and its values in their order.

	Members of lists, tuples and sets get a placeholder each.
	"""
	text, names = _placed(query, isinstance(values, dict))
	given = [values[name] for name in names] if isinstance(values, dict) else list(values)
	if any(isinstance(value, SEQUENCES) for value in given):
		text, given = _spread(text, given)
	return text, [int(value) if isinstance(value, bool) else value for value in given]


@lru_cache(maxsize=4000)
def _placed(query: str, is_named: bool) -> tuple[str, tuple[str, ...]]:
	names: list[str] = []

	def place(match: re.Match) -> str:
		text = match.group()
		if text == "%%":
			return "%"
		if text[0] != "%":
			return text.replace("%%", "%")
		if is_named and match.group(1):
			names.append(match.group(1))
			return "?"
		return "?" if text == "%s" and not is_named else text

	return _PLACES.sub(place, query), tuple(names)


_QUESTION = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`[^`]*`|\?", re.S)


def _spread(query: str, values: list) -> tuple[str, list]:
	pending = iter(values)
	flat: list = []

	def place(match: re.Match) -> str:
		if match.group() != "?":
			return match.group()
		value = next(pending)
		if not isinstance(value, SEQUENCES):
			flat.append(value)
			return "?"
		flat.extend(value)
		return f"({', '.join('?' * len(value)) or 'null'})"

	return _QUESTION.sub(place, query), flat


def _locks_or_writes(query: str) -> bool:
	"""Tell whether a statement is refused in a transaction that only reads."""
	return first_word(query) in WRITES or "for update" in query[-40:].lower()
