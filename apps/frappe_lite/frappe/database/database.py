"""The interface of a database connection, with Frappe's names; back ends fill in the dialect."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import frappe
from frappe.database.defaults import SiteDefaults
from frappe.database.reading import Reading
from frappe.database.tables import Tables
from frappe.database.transaction import TransactionControl
from frappe.database.transaction import savepoint as savepoint
from frappe.database.utils import DEFAULT_SHORTCUTS, VARCHAR_LEN, EmptyQueryValues, shape_rows
from frappe.database.writing import Writing

MAX_WRITES_PER_TRANSACTION = 200_000


class Database(TransactionControl, Reading, Writing, Tables, SiteDefaults):
	"""A connection to the site's database.

	Statements are written in MariaDB's dialect: names in backticks, placeholders `%s` or `%(name)s`; a list
	or tuple given for a placeholder stands for all its values. Date, Datetime and Time columns come back as
	date, datetime and timedelta, decimals as float.

	A back end supplies `_run(query, values) -> (rows, columns)` besides what the parts ask for.
	"""

	VARCHAR_LEN = VARCHAR_LEN
	MAX_COLUMN_LENGTH = 64
	DEFAULT_SHORTCUTS = DEFAULT_SHORTCUTS
	STANDARD_VARCHAR_COLUMNS = ("name", "owner", "modified_by")
	DEFAULT_COLUMNS = ("name", "creation", "modified", "modified_by", "owner", "docstatus", "idx")
	CHILD_TABLE_COLUMNS = ("parent", "parentfield", "parenttype")
	OPTIONAL_COLUMNS = ("_user_tags", "_comments", "_assign", "_liked_by")
	MAX_WRITES_PER_TRANSACTION = MAX_WRITES_PER_TRANSACTION

	db_type: str
	default_port: int | None = None

	class InvalidColumnName(frappe.ValidationError):
		"""A column was named that the DocType does not have."""

	def __init__(self) -> None:
		self._init_transaction()
		self.value_cache: dict[str, dict] = {}
		self.last_query = ""
		self.last_result: Any = None
		self._cursor: Any = None

	def sql(
		self,
		query: Any,
		values: Any = EmptyQueryValues,
		*,
		as_dict: bool = False,
		as_list: bool = False,
		debug: bool = False,
		ignore_ddl: bool = False,
		auto_commit: bool = False,
		update: dict | None = None,
		explain: bool = False,
		run: bool = True,
		pluck: bool = False,
		as_iterator: bool = False,
	) -> Any:
		"""Run a statement and return its rows, a tuple of tuples unless asked otherwise.

		Args:
			query: statement in MariaDB's dialect, or a query of `frappe.qb`.
			values: a sequence for `%s`, a dict for `%(name)s`, or one single value.
			as_dict, as_list, pluck: rows as _dict, as lists, or only their first value.
			debug: print the statement and its time.
			ignore_ddl: a missing table or column gives () instead of an error.
			auto_commit: commit before running.
			update: values laid over every row with `as_dict`.
			explain: print the plan before.
			run: False returns the statement itself.
			as_iterator: return an iterator over the rows.

		Raises:
			frappe.QueryTimeoutError: another transaction held what this one needed for too long.
			frappe.QueryDeadlockError: two transactions waited for each other.
		"""
		query = str(query)
		if not run:
			return query
		if auto_commit:
			self.commit()
		rows, columns = self._run_checked(query, _as_values(values), ignore_ddl, debug, explain)
		result = shape_rows(rows, columns, as_dict, as_list, pluck, update)
		return iter(result) if as_iterator else result

	def _run_checked(
		self, query: str, values: tuple | list | dict, ignore_ddl: bool, debug: bool, explain: bool
	) -> tuple[tuple, list[str] | None]:
		started = time.monotonic() if debug else 0.0
		try:
			if explain:
				self._explain(query, values)
			rows, columns = self._run(query, values)
		except self.Error as error:
			self._raise_known(error)
			if not (ignore_ddl and self._is_ignorable(error)):
				if debug:
					print(f"{query}\n{values}\n{error}")
				raise
			return (), None
		if debug:
			print(f"{query}\n{values if values else ''}\n({(time.monotonic() - started) * 1000:.2f} ms)")
		return rows, columns

	def _raise_known(self, error: Exception) -> None:
		if self.is_deadlocked(error):
			raise frappe.QueryDeadlockError(error) from error
		if self.is_timedout(error) or self.is_statement_timeout(error):
			raise frappe.QueryTimeoutError(error) from error
		if self.is_too_complex(error):
			raise frappe.DataError(frappe._("There are too many conditions or values")) from None

	def _is_ignorable(self, error: Exception) -> bool:
		return (
			self.is_missing_column(error)
			or self.is_table_missing(error)
			or self.cant_drop_field_or_key(error)
		)

	def _explain(self, query: str, values: tuple | list | dict) -> None:
		rows, _columns = self._run(f"explain {query}", values)
		for row in rows:
			print(row)

	def _count_write(self) -> None:
		self.transaction_writes += 1
		if self.transaction_writes <= self.MAX_WRITES_PER_TRANSACTION:
			return
		if self.auto_commit_on_many_writes:
			self.commit()
			return
		raise frappe.TooManyWritesError(
			f"More than {self.MAX_WRITES_PER_TRANSACTION} writes in one transaction; commit in smaller steps."
		)

	def sql_list(self, query: Any, values: Any = (), debug: bool = False, **kwargs: Any) -> list:
		"""Return the first value of every row."""
		return [row[0] for row in self.sql(query, values, debug=debug, **kwargs)]

	def sql_ddl(self, query: str, debug: bool = False) -> None:
		"""Run a statement that changes tables; on MariaDB it commits what came before."""
		self._before_ddl()
		self.sql(query, debug=debug)

	def _before_ddl(self) -> None:
		"""Do what the back end needs before tables change."""

	def multisql(self, sql_dict: dict[str, str], values: Any = (), **kwargs: Any) -> Any:
		"""Run the statement for this database of {"mariadb": …, "sqlite": …}; SQLite reads MariaDB's."""
		query = sql_dict.get(self.db_type) or sql_dict.get("mariadb") or sql_dict["*"]
		return self.sql(query, values, **kwargs)

	def explain_query(self, query: str, values: Any = ()) -> None:
		"""Print how the database would run a statement."""
		self._explain(str(query), _as_values(values))

	def mogrify(self, query: Any, values: Any) -> str:
		"""Return a statement with its values written in, to be read by people."""
		values = _as_values(values)
		if isinstance(values, dict):
			return str(query) % {key: self._literal(value) for key, value in values.items()}
		return str(query) % tuple(self._literal(value) for value in values)

	def _literal(self, value: Any) -> str:
		if value is None:
			return "NULL"
		if isinstance(value, bool | int | float):
			return str(value)
		if isinstance(value, list | tuple | set):
			return f"({', '.join(self._literal(item) for item in value)})"
		return self.escape(value, percent=False)

	@staticmethod
	def escape(value: Any, percent: bool = True) -> str:
		"""Return a value as a quoted literal of a statement.

		Args:
			value: text, or anything with a text form.
			percent: double `%`, for statements that also have placeholders.
		"""
		if isinstance(value, bytes):
			value = value.decode()
		text = str(value).replace("\\", "\\\\").replace("'", "''").replace("\x00", "")
		return "'{}'".format(text.replace("%", "%%") if percent else text)

	def connect(self) -> None:
		"""Open the connection; statements do so by themselves."""
		self._connect()

	def log_touched_tables(self, query: str) -> None:
		"""Remember which tables a statement wrote to, for who asks in `frappe.flags.touched_tables`."""
		touched = frappe.flags.touched_tables
		if touched is not None:
			touched.update(part for part in query.split("`") if part.startswith("tab"))

	def __enter__(self) -> Database:
		return self

	def __exit__(self, *error: object) -> None:
		self.close()


def _as_values(values: Any) -> tuple | list | dict:
	if values is EmptyQueryValues or values is None:
		return ()
	if isinstance(values, dict | list | tuple):
		return values
	if isinstance(values, set | frozenset | Iterator):
		return tuple(values)
	return (values,)


def flatten(values: Iterable[Any]) -> list:
	"""Return values with the members of lists, tuples and sets in their place."""
	flat: list[Any] = []
	for value in values:
		if isinstance(value, list | tuple | set | frozenset):
			flat.extend(value)
		else:
			flat.append(value)
	return flat
