"""Small values and helpers shared by the back ends."""

from __future__ import annotations

import re
from typing import Any

from frappe.kernel.sql_names import quote_name as quote_name
from frappe.kernel.sql_names import table_name as table_name
from frappe.types import _dict

EmptyQueryValues = object()
DefaultOrderBy = "KEEP_DEFAULT_ORDERING"
FallBackDateTimeStr = "0001-01-01 00:00:00.000000"

DEFAULT_SHORTCUTS = ("_Login", "__user", "_Full Name", "Today", "__today", "now", "Now")
STANDARD_VARCHAR_COLUMNS = ("name", "owner", "modified_by")
DEFAULT_COLUMNS = ("name", "creation", "modified", "modified_by", "owner", "docstatus", "idx")
CHILD_TABLE_COLUMNS = ("parent", "parentfield", "parenttype")
OPTIONAL_COLUMNS = ("_user_tags", "_comments", "_assign", "_liked_by")
VARCHAR_LEN = 140

_FIRST_WORD = re.compile(r"[\s(]*(\w+)")
WRITES = frozenset(("insert", "update", "delete", "replace"))
DDL = frozenset(("create", "alter", "drop", "truncate", "rename"))
TRANSACTION = frozenset(("commit", "rollback", "start", "begin", "savepoint", "release"))


def is_query_type(query: str, query_type: str | tuple[str, ...]) -> bool:
	"""Tell whether a statement begins with the word `query_type` or one of them."""
	wanted = (query_type,) if isinstance(query_type, str) else query_type
	return first_word(query) in wanted


def first_word(query: str) -> str:
	"""Return the first word of a statement in lower case, "" when there is none."""
	match = _FIRST_WORD.match(query)
	return match.group(1).lower() if match else ""


def shape_rows(
	rows: tuple, columns: list[str] | None, as_dict: bool, as_list: bool, pluck: bool, update: dict | None
) -> Any:
	"""Return fetched rows in the form a caller of `sql` asked for.

	Args:
		rows: tuples of values.
		columns: names of the columns; None when the statement returned no rows.
		as_dict: rows as _dict, each overlaid by `update`.
		as_list: rows as lists.
		pluck: the first value of each row.
	"""
	if columns is None:
		return rows
	if pluck:
		return [row[0] for row in rows]
	if as_dict:
		found = [_dict(zip(columns, row, strict=False)) for row in rows]
		if update:
			for row in found:
				row.update(update)
		return found
	return [list(row) for row in rows] if as_list else rows
