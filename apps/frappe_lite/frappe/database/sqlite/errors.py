"""What SQLite's errors mean, asked with Frappe's names."""

from __future__ import annotations

import sqlite3


class SQLiteErrors:
	"""Classification of errors raised by sqlite3; the base of SQLiteDatabase."""

	Error = sqlite3.Error
	ProgrammingError = sqlite3.ProgrammingError
	TableMissingError = sqlite3.OperationalError
	OperationalError = sqlite3.OperationalError
	InternalError = sqlite3.InternalError
	SQLError = sqlite3.OperationalError
	DataError = sqlite3.DataError
	IntegrityError = sqlite3.IntegrityError
	InterfaceError = sqlite3.InterfaceError

	@staticmethod
	def is_deadlocked(error: Exception) -> bool:
		"""Two transactions waited for each other; SQLite has one writer, so this never happens."""
		return False

	@staticmethod
	def is_timedout(error: Exception) -> bool:
		"""Another transaction held the database for too long."""
		return "database is locked" in str(error) or "database table is locked" in str(error)

	@staticmethod
	def is_statement_timeout(error: Exception) -> bool:
		"""The statement was interrupted."""
		return str(error) == "interrupted"

	@staticmethod
	def is_read_only_mode_error(error: Exception) -> bool:
		"""The database may not be written."""
		return "readonly database" in str(error)

	@staticmethod
	def is_table_missing(error: Exception) -> bool:
		"""A table does not exist."""
		return "no such table" in str(error)

	is_missing_table = is_table_missing

	@staticmethod
	def is_missing_column(error: Exception) -> bool:
		"""A column does not exist."""
		text = str(error)
		return "no such column" in text or "has no column named" in text

	is_column_missing = is_missing_column

	@staticmethod
	def is_duplicate_fieldname(error: Exception) -> bool:
		"""A column that is to be added exists."""
		return "duplicate column name" in str(error)

	@staticmethod
	def is_duplicate_entry(error: Exception) -> bool:
		"""A row with the same unique value exists."""
		return isinstance(error, sqlite3.IntegrityError) and "UNIQUE constraint failed" in str(error)

	@classmethod
	def is_primary_key_violation(cls, error: Exception) -> bool:
		"""A row with the same name exists."""
		return cls.is_duplicate_entry(error) and str(error).endswith(".name")

	@classmethod
	def is_unique_key_violation(cls, error: Exception) -> bool:
		"""A row with the same value in a unique column exists."""
		return cls.is_duplicate_entry(error) and not cls.is_primary_key_violation(error)

	@staticmethod
	def is_access_denied(error: Exception) -> bool:
		"""The database file may not be opened."""
		return "unable to open database file" in str(error)

	@staticmethod
	def cant_drop_field_or_key(error: Exception) -> bool:
		"""A column or index that is to be dropped does not exist."""
		return "no such index" in str(error)

	@staticmethod
	def is_syntax_error(error: Exception) -> bool:
		"""The statement cannot be read."""
		return "syntax error" in str(error)

	@staticmethod
	def is_too_complex(error: Exception) -> bool:
		"""The statement has more conditions or values than the database takes."""
		text = str(error)
		return (
			"tree is too large" in text or "parser stack overflow" in text or "too many SQL variables" in text
		)

	@staticmethod
	def is_data_too_long(error: Exception) -> bool:
		"""A value is longer than its column; SQLite never says so."""
		return "too big" in str(error)

	@staticmethod
	def is_db_table_size_limit(error: Exception) -> bool:
		"""A table has too many columns."""
		return "too many columns" in str(error)

	@staticmethod
	def is_interface_error(error: Exception) -> bool:
		"""The connection is gone."""
		return isinstance(error, sqlite3.InterfaceError)

	@staticmethod
	def is_nested_transaction_error(error: Exception) -> bool:
		"""A transaction was begun within one."""
		return "within a transaction" in str(error)
