"""From MariaDB's dialect to SQLite's: literals, placeholders and the constructs SQLite spells otherwise."""

from __future__ import annotations

import re
from typing import NamedTuple

from frappe.database.sqlite.rewrite import find_temporal_expressions, rewrite
from frappe.database.utils import DDL, TRANSACTION, WRITES, first_word

READ, WRITE, SCHEMA, CONTROL = "read", "write", "schema", "control"
CACHE_SIZE = 4000

_LITERAL = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`[^`]*`", re.S)
_NAMED = re.compile(r"%\((\w+)\)s|%%")
_POSITIONAL = re.compile(r"%s|%%")
_LIKE = re.compile(r"\blike\s+(\?|:\w+|\x01\d+\x01)(?!\s*escape)", re.I)
_MARK = re.compile(r"\x01(\d+)\x01")
_UNESCAPE = re.compile(r"\\(.)", re.S)
_MIDNIGHT_ZEROS = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.000000$")
_PLAIN_NAME = re.compile(r"`\w+`$")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "", "Z": "\x1a", "b": "\b", "%": "\\%", "_": "\\_"}


class Statement(NamedTuple):
	"""A statement ready for SQLite."""

	sql: str
	kind: str
	temporal: tuple[int, ...]
	"""Columns that are expressions over dates, whose ISO text becomes date or datetime objects."""


_cache: dict[tuple[str, type | None], Statement] = {}


def translate(query: str, values_type: type | None) -> Statement:
	"""Return the SQLite form of a statement; the same text is worked on once.

	Args:
		query: statement in MariaDB's dialect.
		values_type: dict for `%(name)s`, tuple for `%s`, None when there are no values and `%` means itself.
	"""
	key = (query, values_type)
	statement = _cache.get(key)
	if statement is None:
		if len(_cache) >= CACHE_SIZE:
			_cache.clear()
		statement = _cache[key] = _translate(query, values_type)
	return statement


def _translate(query: str, values_type: type | None) -> Statement:
	literals: list[str] = []

	def take(match: re.Match) -> str:
		text = match.group()
		if text[0] != "`":
			text = _literal(text, values_type is not None)
		elif _PLAIN_NAME.match(text):
			return text
		elif values_type:
			text = text.replace("%%", "%")
		literals.append(text)
		return f"\x01{len(literals) - 1}\x01"

	skeleton = _LITERAL.sub(take, query)
	kind = _kind(skeleton)
	skeleton = rewrite(_place(skeleton, values_type))
	temporal = find_temporal_expressions(skeleton) if kind == READ else ()
	if " like " in skeleton.lower():
		skeleton = _LIKE.sub(r"like \1 escape '\\'", skeleton)
	return Statement(_MARK.sub(lambda match: literals[int(match.group(1))], skeleton), kind, temporal)


def _kind(query: str) -> str:
	word = first_word(query)
	if word in WRITES:
		return WRITE
	if word in DDL:
		return SCHEMA
	return CONTROL if word in TRANSACTION else READ


def _place(skeleton: str, values_type: type | None) -> str:
	if values_type is None:
		return skeleton
	if values_type is dict:
		return _NAMED.sub(lambda match: f":{match.group(1)}" if match.group(1) else "%", skeleton)
	return _POSITIONAL.sub(lambda match: "?" if match.group() == "%s" else "%", skeleton)


def _literal(text: str, has_values: bool) -> str:
	quote, body = text[0], text[1:-1]
	body = body.replace(quote * 2, quote)
	if has_values:
		body = body.replace("%%", "%")
	if "\\" in body:
		body = _UNESCAPE.sub(lambda match: _ESCAPES.get(match.group(1), match.group(1)), body)
	body = _MIDNIGHT_ZEROS.sub(r"\1", body)
	return "'{}'".format(body.replace("'", "''").replace("\x00", ""))


def spread_sequences(query: str, values: tuple | list | dict) -> tuple[str, tuple | dict]:
	"""Give every member of a list, tuple or set among the values its own placeholder.

	Returns:
		The statement with `(%s, %s)` in place of `%s`, and the values without sequences.
	"""
	if isinstance(values, dict):
		return _spread_named(query, values)
	pending = iter(values)
	flat: list = []

	def place(match: re.Match) -> str:
		if match.group() == "%%":
			return "%%"
		value = next(pending)
		if not isinstance(value, list | tuple | set | frozenset):
			flat.append(value)
			return "%s"
		flat.extend(value)
		return f"({', '.join(['%s'] * len(value))})"

	return _POSITIONAL.sub(place, query), tuple(flat)


def _spread_named(query: str, values: dict) -> tuple[str, dict]:
	flat = {
		key: value for key, value in values.items() if not isinstance(value, list | tuple | set | frozenset)
	}

	def place(match: re.Match) -> str:
		name = match.group(1)
		if name is None or name in flat:
			return match.group()
		members = {f"{name}__{index}": value for index, value in enumerate(values[name])}
		flat.update(members)
		return f"({', '.join(f'%({member})s' for member in members)})"

	return _NAMED.sub(place, query), flat
