"""Names of tables and columns in SQL."""

from __future__ import annotations


def table_name(doctype: str) -> str:
	"""Return the table of a DocType: `tabUser` for "User"; names of tables are left as they are."""
	return doctype if doctype.startswith(("tab", "__")) else f"tab{doctype}"


def quote_name(name: str) -> str:
	"""Return a table's or column's name in backticks.

	Raises:
		ValueError: the name holds a backtick or a control character.
	"""
	if "`" in name or "\x00" in name:
		raise ValueError(f"Not a name of a table or column: {name!r}")
	return f"`{name}`"
