"""Conditions on rows that are in memory, as `doc.get("items", {"qty": (">", 1)})` takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
	"=": lambda a, b: a == b,
	"!=": lambda a, b: a != b,
	"in": lambda a, b: a in b,
	"not in": lambda a, b: a not in b,
	"^": lambda a, b: str(a or "").startswith(b),
	">": lambda a, b: a is not None and a > b,
	"<": lambda a, b: a is not None and a < b,
	">=": lambda a, b: a is not None and a >= b,
	"<=": lambda a, b: a is not None and a <= b,
	"not None": lambda a, b: a is not None,
	"None": lambda a, b: a is None,
}


def filter_rows(rows: Iterable[Any], filters: dict[str, Any], limit: int | None = None) -> list:
	"""Return the rows that meet all conditions.

	Args:
		rows: documents or dicts.
		filters: fieldname → value, (operator, value), "^prefix", True for any value or False for none.
		limit: greatest number of rows.

	Raises:
		KeyError: an operator is unknown.
	"""
	tests = [(fieldname, *_as_test(condition)) for fieldname, condition in filters.items()]
	found = []
	for row in rows or ():
		if all(compare(row.get(fieldname), wanted) for fieldname, compare, wanted in tests):
			found.append(row)
			if limit and len(found) >= limit:
				break
	return found


def _as_test(condition: Any) -> tuple[Callable[[Any, Any], bool], Any]:
	if isinstance(condition, tuple | list):
		return _COMPARISONS[condition[0]], condition[1]
	if condition is True:
		return _COMPARISONS["not None"], None
	if condition is False:
		return _COMPARISONS["None"], None
	if isinstance(condition, str) and condition.startswith("^"):
		return _COMPARISONS["^"], condition[1:]
	return _COMPARISONS["="], condition
