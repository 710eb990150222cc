"""Which columns an expression of a list names."""

from __future__ import annotations

import re

_ALIAS = re.compile(r"\s+as\s+[`'\"]?\w+[`'\"]?\s*$", re.IGNORECASE)
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_COLUMN = re.compile(r"(?:`?tab([^`.]+?)`?\.)?`?([A-Za-z_]\w*)`?(\s*\(|\.`?\w+`?)?")
_WORDS = frozenset(("distinct", "as", "null", "asc", "desc"))


def columns_of(expression: str) -> list[tuple[str | None, str]]:
	"""Return the columns an expression of `fields` names.

	Args:
		expression: such as "qty", "sum(`tabItem`.`qty`) as total", "city.country".

	Returns pairs of DocType (None for the list's own) and fieldname; "city.country" stays whole.
	"""
	text = _LITERAL.sub("", _ALIAS.sub("", expression))
	found = []
	for match in _COLUMN.finditer(text):
		doctype, name, rest = match.groups()
		if (rest and "(" in rest) or (name.lower() in _WORDS and not rest):
			continue
		found.append((doctype, name + (rest or "").replace("`", "")))
	return found
