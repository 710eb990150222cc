"""Choice of the query builder and of functions by database."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from pypika import Query
from pypika.queries import Column
from pypika.terms import PseudoColumn

import frappe
from frappe.query_builder.builder import MariaDB, SQLite

__all__ = [
	"Column",
	"DocType",
	"ImportMapper",
	"PseudoColumn",
	"Query",
	"db_type_is",
	"get_query",
	"get_query_builder",
]


class db_type_is(Enum):
	"""Databases a function may be chosen for."""

	MARIADB = "mariadb"
	SQLITE = "sqlite"
	POSTGRES = "postgres"


class ImportMapper:
	"""A function that is another one for each database; the one for MariaDB serves SQLite too."""

	def __init__(self, func_map: dict[db_type_is, Callable]) -> None:
		self.func_map = func_map

	def __call__(self, *args: Any, **kwargs: Any) -> Any:
		db = db_type_is(frappe.conf.db_type or "sqlite")
		return (self.func_map.get(db) or self.func_map[db_type_is.MARIADB])(*args, **kwargs)


def get_query_builder(type_of_db: str) -> type[MariaDB]:
	"""Return the query builder for "mariadb" or "sqlite"."""
	return SQLite if type_of_db == "sqlite" else MariaDB


def get_query(*args: Any, **kwargs: Any) -> Any:
	"""Return a query from Frappe's filters, see `frappe.database.query.get_query`."""
	return frappe.qb.get_query(*args, **kwargs)


def DocType(*args: Any, **kwargs: Any) -> Any:
	"""Return the table of a DocType."""
	return MariaDB.DocType(*args, **kwargs)


def patch_query_execute() -> None:
	"""Frappe's call before queries run; queries run themselves here."""


def patch_query_aggregation() -> None:
	"""Frappe's call before aggregates run; they are functions here."""
