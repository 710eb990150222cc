"""What MariaDB's errors mean, asked with Frappe's names."""

from __future__ import annotations

import mariadb

DEADLOCK, LOCK_WAIT = 1213, 1205
NO_TABLE, NO_COLUMN, DUPLICATE_ENTRY, DUPLICATE_COLUMN = 1146, 1054, 1062, 1060
CANNOT_DROP, SYNTAX, STATEMENT_TIMEOUT, TOO_LONG, ROW_TOO_LARGE = 1091, 1064, 1969, 1406, 1118
TOO_COMPLEX = (1390, 1436)
READ_ONLY = (1792, 1290, 1836)
ACCESS_DENIED = (1044, 1045, 1698)
GONE = (2002, 2003, 2006, 2013, 4031)


def _code(error: Exception) -> int | None:
	return getattr(error, "errno", None)


class MariaDBErrors:
	"""Classification of errors raised by MariaDB Connector/Python; the base of MariaDBDatabase."""

	Error = mariadb.Error
	ProgrammingError = mariadb.ProgrammingError
	TableMissingError = mariadb.ProgrammingError
	OperationalError = mariadb.OperationalError
	InternalError = mariadb.InternalError
	SQLError = mariadb.ProgrammingError
	DataError = mariadb.DataError
	IntegrityError = mariadb.IntegrityError
	InterfaceError = mariadb.InterfaceError

	@staticmethod
	def is_deadlocked(error: Exception) -> bool:
		"""Two transactions waited for each other."""
		return _code(error) == DEADLOCK

	@staticmethod
	def is_timedout(error: Exception) -> bool:
		"""Another transaction held a row for too long."""
		return _code(error) == LOCK_WAIT

	@staticmethod
	def is_statement_timeout(error: Exception) -> bool:
		"""The statement took too long."""
		return _code(error) == STATEMENT_TIMEOUT

	@staticmethod
	def is_read_only_mode_error(error: Exception) -> bool:
		"""The server or the transaction may not write."""
		return _code(error) in READ_ONLY

	@staticmethod
	def is_table_missing(error: Exception) -> bool:
		"""A table does not exist."""
		return _code(error) == NO_TABLE or "no such table" in str(error)

	is_missing_table = is_table_missing

	@staticmethod
	def is_missing_column(error: Exception) -> bool:
		"""A column does not exist."""
		return _code(error) == NO_COLUMN

	is_column_missing = is_missing_column

	@staticmethod
	def is_duplicate_fieldname(error: Exception) -> bool:
		"""A column that is to be added exists."""
		return _code(error) == DUPLICATE_COLUMN

	@staticmethod
	def is_duplicate_entry(error: Exception) -> bool:
		"""A row with the same unique value exists."""
		return _code(error) == DUPLICATE_ENTRY

	@classmethod
	def is_primary_key_violation(cls, error: Exception) -> bool:
		"""A row with the same name exists."""
		return cls.is_duplicate_entry(error) and "PRIMARY" in str(error)

	@classmethod
	def is_unique_key_violation(cls, error: Exception) -> bool:
		"""A row with the same value in a unique column exists."""
		return cls.is_duplicate_entry(error) and not cls.is_primary_key_violation(error)

	@staticmethod
	def is_access_denied(error: Exception) -> bool:
		"""The user or the password is wrong."""
		return _code(error) in ACCESS_DENIED

	@staticmethod
	def cant_drop_field_or_key(error: Exception) -> bool:
		"""A column or index that is to be dropped does not exist."""
		return _code(error) == CANNOT_DROP

	@staticmethod
	def is_syntax_error(error: Exception) -> bool:
		"""The statement cannot be read."""
		return _code(error) == SYNTAX

	@staticmethod
	def is_too_complex(error: Exception) -> bool:
		"""The statement has more conditions or values than the database takes."""
		return _code(error) in TOO_COMPLEX

	@staticmethod
	def is_data_too_long(error: Exception) -> bool:
		"""A value is longer than its column."""
		return _code(error) == TOO_LONG

	@staticmethod
	def is_db_table_size_limit(error: Exception) -> bool:
		"""A table's row would be too large."""
		return _code(error) == ROW_TOO_LARGE

	@staticmethod
	def is_interface_error(error: Exception) -> bool:
		"""The connection is gone."""
		return _code(error) in GONE or isinstance(error, mariadb.InterfaceError)

	@staticmethod
	def is_nested_transaction_error(error: Exception) -> bool:
		"""A transaction was begun within one; MariaDB commits the first instead."""
		return False
