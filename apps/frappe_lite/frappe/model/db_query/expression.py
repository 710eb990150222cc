"""Expressions in `fields`, `order_by` and `group_by`: read word by word, rewritten only from what is known.

Nothing of the given text reaches the database as it is: names are looked up, functions come from a list,
literals are checked. Whatever is left over refuses the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import frappe

FUNCTIONS = frozenset((
	"abs", "avg", "ceil", "ceiling", "char_length", "coalesce", "concat", "concat_ws", "count",
	"curdate", "current_date", "current_timestamp", "curtime", "date", "date_add", "date_format",
	"date_sub", "datediff", "day", "dayname", "dayofmonth", "dayofweek", "dayofyear", "field", "floor",
	"greatest", "group_concat", "hour", "if", "ifnull", "instr", "isnull", "last_day", "least", "left",
	"length", "locate", "lower", "ltrim", "max", "min", "minute", "mod", "month", "monthname", "now",
	"nullif", "quarter", "replace", "right", "round", "rtrim", "second", "sqrt", "strcmp", "substr",
	"substring", "sum", "time", "timediff", "timestamp", "timestampdiff", "trim", "truncate",
	"unix_timestamp", "upper", "week", "weekday", "weekofyear", "year", "yearweek",
))  # fmt: skip
KEYWORDS = frozenset((
	"and", "asc", "between", "case", "desc", "distinct", "div", "else", "end", "false", "hour", "day",
	"interval", "is", "like", "minute", "month", "not", "null", "or", "separator", "then", "true",
	"week", "when", "year",
))  # fmt: skip
MAX_LENGTH = 2000
_TOKEN = re.compile(
	r"""
	(?P<space>\s+)
	| (?P<number>\d+(?:\.\d+)?\b)
	| (?P<text>'(?:[^'\\]|'')*'|"(?:[^"\\`]|"")*")
	| (?P<name>(?:`[^`]+`|[^\W\d]\w*)(?:\.(?:`[^`]+`|\w+|\*))*)
	| (?P<sign><=|>=|<>|!=|[-+*/%=<>(),])
	""",
	re.X,
)
_ALIAS = re.compile(r"^(?P<body>.+?)\s+as\s+(?P<alias>`[^`]+`|'[^']+'|\"[^\"]+\"|\w+)$", re.I | re.S)
_ALIAS_NAME = re.compile(r"[\w :.()-]+\Z")


class Token(NamedTuple):
	kind: str
	text: str


class Item(NamedTuple):
	"""One item of a list of expressions."""

	tokens: tuple[Token, ...]
	alias: str | None
	is_plain: bool
	"""It is one single name."""


def refuse(text: str, exc: type[Exception] = frappe.ValidationError) -> None:
	"""Refuse a query that holds something other than fields, known functions and literals.

	Raises:
		exc: always.
	"""
	frappe.throw(frappe._("Illegal SQL Query") + f": {frappe.utils.escape_html(text[:80])}", exc)


@lru_cache(maxsize=4096)
def parse_item(text: str, exc: type[Exception] = frappe.ValidationError) -> Item:
	"""Return the parts of one item such as "count(name) as total".

	Raises:
		exc: it holds something that is not allowed.
	"""
	if len(text) > MAX_LENGTH:
		refuse(text, exc)
	alias = None
	found = _ALIAS.match(text.strip())
	if found:
		alias = found.group("alias").strip("`'\"")
		if not _ALIAS_NAME.match(alias):
			refuse(text, exc)
		text = found.group("body")
	tokens = tuple(_tokens(text, exc))
	return Item(tokens, alias, len(tokens) == 1 and tokens[0].kind == "name")


def _tokens(text: str, exc: type[Exception]) -> list[Token]:
	tokens: list[Token] = []
	position, depth = 0, 0
	while position < len(text):
		match = _TOKEN.match(text, position)
		if not match:
			refuse(text, exc)
		position = match.end()
		kind, value = match.lastgroup or "", match.group()
		if kind != "space":
			tokens.append(Token(kind, value))
			depth += {"(": 1, ")": -1}.get(value, 0)
			if depth < 0:
				refuse(text, exc)
	if depth or not tokens:
		refuse(text, exc)
	return _without_comments(tokens, text, exc)


def _without_comments(tokens: list[Token], text: str, exc: type[Exception]) -> list[Token]:
	"""Two signs in a row could open a comment, two names a clause; only some pairs make an expression."""
	for first, second in pairwise(tokens):
		is_sign = first.kind == "sign", second.kind == "sign"
		if all(is_sign) and first.text not in "()," and second.text not in "()-*":
			refuse(text, exc)
		if first.text + second.text in ("--", "/*", "*/"):
			refuse(text, exc)
		if not any(is_sign) and not _may_adjoin(first, second):
			refuse(text, exc)
	return tokens


def _may_adjoin(first: Token, second: Token) -> bool:
	return first.text.lower() in KEYWORDS or second.text.lower() in KEYWORDS


def split_list(text: str) -> list[str]:
	"""Return the items of a comma-separated list; commas in parentheses and literals do not separate."""
	items, depth, quote, start = [], 0, "", 0
	for position, character in enumerate(text):
		if quote:
			quote = "" if character == quote else quote
		elif character in "'\"`":
			quote = character
		elif character in "()":
			depth += 1 if character == "(" else -1
		elif character == "," and depth == 0:
			items.append(text[start:position])
			start = position + 1
	items.append(text[start:])
	return [item.strip() for item in items if item.strip()]


def render(item: Item, column: Callable[[str], str]) -> str:
	"""Return the SQL of an expression.

	Args:
		column: gives the SQL of a name, or refuses it.
	"""
	sql = ""
	tokens = item.tokens
	for index, token in enumerate(tokens):
		follows = tokens[index + 1].text if index + 1 < len(tokens) else ""
		part = _render_token(token, follows, column)
		sql += part if _sticks(tokens[index - 1] if index else None, token) else f" {part}"
	return sql.lstrip()


def _sticks(before: Token | None, token: Token) -> bool:
	"""MariaDB knows a function only when its parenthesis follows without a space."""
	if before is None or token.text in "),":
		return True
	return before.text == "(" or (token.text == "(" and before.text.lower() in FUNCTIONS)


def _render_token(token: Token, follows: str, column: Callable[[str], str]) -> str:
	word = token.text.lower()
	if token.kind == "sign":
		return "%%" if token.text == "%" else token.text
	if token.kind == "number":
		return token.text
	if token.kind == "text":
		body = token.text[1:-1].replace(token.text[0] * 2, token.text[0])
		return frappe.db.escape(body)
	if follows == "(":
		if word in KEYWORDS:
			return word
		if word not in FUNCTIONS:
			refuse(token.text)
		return word
	return word if word in KEYWORDS and word not in _FIELD_LIKE else column(token.text)


# These are also names that fields may have; as a keyword they only stand in INTERVAL, which needs no column.
_FIELD_LIKE = frozenset(("hour", "day", "minute", "month", "week", "year", "end", "interval", "separator"))
