"""MariaDB's functions that Frappe apps use, as SQLite functions."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from frappe.database.sqlite.dates import DATE_FUNCTIONS


def register_functions(connection: sqlite3.Connection) -> None:
	"""Make MariaDB's functions known to a connection."""
	for name, arguments, function in (*TEXT_FUNCTIONS, *NUMBER_FUNCTIONS, *JSON_FUNCTIONS, *DATE_FUNCTIONS):
		connection.create_function(name, arguments, function, deterministic=name not in VOLATILE)
	connection.create_aggregate("group_concat_distinct", 2, GroupConcatDistinct)
	connection.create_aggregate("json_arrayagg", 1, JsonArrayAggregate)
	for name, compute in STATISTICS.items():
		connection.create_aggregate(name, 1, _statistic(compute))


VOLATILE = {"now", "curdate", "curtime", "unix_timestamp", "rand", "uuid", "utc_timestamp"}


def concat(*values: Any) -> str | None:
	"""CONCAT: null when any value is null."""
	return None if None in values else "".join(map(_text, values))


def concat_ws(separator: str | None, *values: Any) -> str | None:
	"""CONCAT_WS: null values are left out."""
	return (
		None if separator is None else separator.join(_text(value) for value in values if value is not None)
	)


def locate(needle: Any, text: Any, start: int = 1) -> int | None:
	"""LOCATE: position of a text in another from 1, 0 when it is not there, without regard to case."""
	if needle is None or text is None:
		return None
	return _text(text).lower().find(_text(needle).lower(), start - 1) + 1


@lru_cache(maxsize=256)
def _pattern(expression: str) -> re.Pattern:
	return re.compile(expression.replace("[[:<:]]", r"\b").replace("[[:>:]]", r"\b"), re.I | re.S)


def regexp(expression: Any, text: Any) -> int | None:
	"""`text regexp expression`, without regard to case."""
	if expression is None or text is None:
		return None
	return int(_pattern(_text(expression)).search(_text(text)) is not None)


def regexp_replace(text: Any, expression: Any, replacement: Any) -> str | None:
	"""REGEXP_REPLACE."""
	if None in (text, expression, replacement):
		return None
	return _pattern(_text(expression)).sub(_text(replacement), _text(text))


def match_against(text: str | None, words: str | None) -> float:
	"""MATCH … AGAINST, as the share of the words that the text holds."""
	wanted = re.findall(r"\w+", (words or "").lower())
	found = (text or "").lower()
	return sum(word in found for word in wanted) / len(wanted) if wanted else 0.0


def field(value: Any, *choices: Any) -> int:
	"""FIELD: position of a value among others from 1, 0 when it is none of them."""
	if value is None:
		return 0
	wanted = _text(value).lower()
	return next((i for i, choice in enumerate(choices, 1) if _text(choice).lower() == wanted), 0)


def find_in_set(value: Any, text: Any) -> int | None:
	"""FIND_IN_SET: position of a value in a comma separated text."""
	if value is None or text is None:
		return None
	return field(value, *_text(text).split(","))


def substring_index(text: Any, delimiter: str, count: int) -> str | None:
	"""SUBSTRING_INDEX: what stands before the count-th delimiter, behind it for a negative count."""
	if text is None:
		return None
	parts = _text(text).split(delimiter)
	return delimiter.join(parts[:count] if count >= 0 else parts[count:])


def _pad(text: Any, length: int, filler: str, left: bool) -> str | None:
	if text is None:
		return None
	text = _text(text)
	missing = length - len(text)
	if missing <= 0:
		return text[:length]
	padding = (filler * missing)[:missing]
	return padding + text if left else text + padding


def _text(value: Any) -> str:
	if isinstance(value, bytes):
		return value.decode()
	return repr(value) if isinstance(value, float) else str(value)


def _nullable(function: Callable) -> Callable:
	return lambda *values: None if None in values else function(*values)


def _extreme(choose: Callable) -> Callable:
	return lambda *values: None if None in values else choose(values)


TEXT_FUNCTIONS: tuple[tuple[str, int, Callable], ...] = (
	("concat", -1, concat),
	("concat_ws", -1, concat_ws),
	("locate", 2, locate),
	("locate", 3, locate),
	("position", 2, locate),
	("regexp", 2, regexp),
	("regexp_replace", 3, regexp_replace),
	("match_against", 2, match_against),
	("field", -1, field),
	("find_in_set", 2, find_in_set),
	("substring_index", 3, substring_index),
	("left_text", 2, _nullable(lambda text, length: _text(text)[: max(length, 0)])),
	("right_text", 2, _nullable(lambda text, length: _text(text)[-length:] if length > 0 else "")),
	("mid", 3, _nullable(lambda text, start, length: _text(text)[start - 1 : start - 1 + length])),
	("lcase", 1, _nullable(lambda text: _text(text).lower())),
	("ucase", 1, _nullable(lambda text: _text(text).upper())),
	("char_length", 1, _nullable(lambda text: len(_text(text)))),
	("reverse", 1, _nullable(lambda text: _text(text)[::-1])),
	("repeat", 2, _nullable(lambda text, count: _text(text) * count)),
	("space", 1, _nullable(lambda count: " " * count)),
	(
		"strcmp",
		2,
		_nullable(lambda a, b: (_text(a).lower() > _text(b).lower()) - (_text(a).lower() < _text(b).lower())),
	),
	("lpad", 3, lambda text, length, filler: _pad(text, length, filler, left=True)),
	("rpad", 3, lambda text, length, filler: _pad(text, length, filler, left=False)),
)

NUMBER_FUNCTIONS: tuple[tuple[str, int, Callable], ...] = (
	("greatest", -1, _extreme(max)),
	("least", -1, _extreme(min)),
	("truncate", 2, _nullable(lambda number, digits: math.trunc(number * 10**digits) / 10**digits)),
	("format", 2, _nullable(lambda number, digits: f"{float(number):,.{int(digits)}f}")),
	("isnull", 1, lambda value: int(value is None)),
	("rand", 0, lambda: __import__("random").random()),
	("uuid", 0, lambda: str(__import__("uuid").uuid4())),
)


def json_value(document: str | None, path: str) -> Any:
	"""JSON_VALUE: the scalar at a path such as `$.a.b` or `$[0]`, null when there is none."""
	found = _walk_json(document, path)
	return found if not isinstance(found, dict | list) else None


def json_contains(document: str | None, candidate: str | None, path: str = "$") -> int | None:
	"""JSON_CONTAINS for scalars in lists, values of objects and equal documents."""
	if document is None or candidate is None:
		return None
	container, wanted = _walk_json(document, path), json.loads(candidate)
	if isinstance(container, list):
		return int(
			all(item in container for item in wanted) if isinstance(wanted, list) else wanted in container
		)
	if isinstance(container, dict) and isinstance(wanted, dict):
		return int(wanted.items() <= container.items())
	return int(container == wanted)


def json_unquote(value: str | None) -> str | None:
	"""JSON_UNQUOTE: a JSON string's text; other text as it is."""
	if value and value[:1] == '"' == value[-1:]:
		return json.loads(value)
	return value


def _walk_json(document: str | None, path: str) -> Any:
	if document is None:
		return None
	try:
		found = json.loads(document)
		for key, index in re.findall(r"\.\"?([^.\[\"]+)\"?|\[(\d+)\]", path):
			found = found[int(index)] if index else found[key]
	except (ValueError, KeyError, IndexError, TypeError):
		return None
	return found


JSON_FUNCTIONS: tuple[tuple[str, int, Callable], ...] = (
	("json_value", 2, json_value),
	("json_contains", 2, json_contains),
	("json_contains", 3, json_contains),
	("json_unquote", 1, json_unquote),
	("json_length", 1, _nullable(lambda document: len(json.loads(document)))),
)


class GroupConcatDistinct:
	"""GROUP_CONCAT(DISTINCT x SEPARATOR y), which SQLite has with a comma only."""

	def __init__(self) -> None:
		self.values: dict[str, None] = {}
		self.separator = ","

	def step(self, value: Any, separator: str) -> None:
		"""Take a row's value."""
		self.separator = separator
		if value is not None:
			self.values[_text(value)] = None

	def finalize(self) -> str | None:
		"""Return the joined values."""
		return self.separator.join(self.values) if self.values else None


class JsonArrayAggregate:
	"""JSON_ARRAYAGG."""

	def __init__(self) -> None:
		self.values: list[Any] = []

	def step(self, value: Any) -> None:
		"""Take a row's value."""
		self.values.append(value)

	def finalize(self) -> str | None:
		"""Return the values as JSON."""
		return json.dumps(self.values) if self.values else None


def _variance(values: list[float]) -> float:
	mean = sum(values) / len(values)
	return sum((value - mean) ** 2 for value in values) / len(values)


STATISTICS: dict[str, Callable[[list[float]], float]] = {
	"std": lambda values: math.sqrt(_variance(values)),
	"stddev": lambda values: math.sqrt(_variance(values)),
	"variance": _variance,
}


def _statistic(compute: Callable[[list[float]], float]) -> type:
	class Statistic:
		def __init__(self) -> None:
			self.values: list[float] = []

		def step(self, value: Any) -> None:
			if value is not None:
				self.values.append(float(value))

		def finalize(self) -> float | None:
			return compute(self.values) if self.values else None

	return Statistic


def from_iso(text: str) -> date | datetime | str:
	"""Return the date or datetime that an ISO text spells; other text as it is."""
	try:
		if len(text) == 10:
			return date.fromisoformat(text)
		if len(text) in (19, 26) and text[10] == " ":
			return datetime.fromisoformat(text)
	except ValueError:
		return text
	return text


def to_iso_time(span: timedelta) -> str:
	"""Return a time since midnight as `HH:MM:SS` or `HH:MM:SS.ffffff`."""
	sign = "-" if span < timedelta(0) else ""
	span = abs(span)
	minutes, seconds = divmod(span.days * 86400 + span.seconds, 60)
	hours, minutes = divmod(minutes, 60)
	fraction = f".{span.microseconds:06d}" if span.microseconds else ""
	return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}{fraction}"
