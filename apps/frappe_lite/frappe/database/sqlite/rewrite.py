"""Rewriting of MariaDB constructs that SQLite lacks, on statements whose string literals were taken out."""

from __future__ import annotations

import re
from collections.abc import Callable

_UNIT = r"(microsecond|second|minute|hour|day|week|month|quarter|year)s?"
_VALUE = r"(\x01\d+\x01|\?|:\w+|-?[\w.`]+)"
_INTERVAL = re.compile(rf"\binterval\s+(?:\(([^()]*)\)|{_VALUE})\s+{_UNIT}\b", re.I)
_CASTS = {
	"char": "cast({0} as text)",
	"varchar": "cast({0} as text)",
	"nchar": "cast({0} as text)",
	"binary": "cast({0} as text)",
	"date": "date({0})",
	"datetime": "to_datetime({0})",
	"timestamp": "to_datetime({0})",
	"time": "to_time({0})",
	"decimal": "cast({0} as real)",
	"double": "cast({0} as real)",
	"float": "cast({0} as real)",
}
_CAST_TYPE = re.compile(r"^(.*)\sas\s+(\w+)(?:\s*\([^()]*\))?(?:\s+(?:integer|int))?\s*$", re.I | re.S)
_CONVERT_TYPE = re.compile(r"^(.*),\s*(\w+)(?:\s*\([^()]*\))?(?:\s+(?:integer|int))?\s*$", re.I | re.S)
_COMPARED = re.compile(r"\s*(=|!=|<>|<=|>=|<|>|not\s+in\b|in\b|between\b|not\s+between\b)", re.I)
_TEMPORAL_START = re.compile(
	r"\s*(?:distinct\s+)?(max|min|ifnull|coalesce|greatest|least|if|iif|case|date|timestamp|to_datetime|now|curdate|"
	r"date_add|date_sub|adddate|subdate|last_day|str_to_date|current_timestamp|current_date|combine_datetime|"
	r"any_value|makedate|from_unixtime)\b",
	re.I,
)


def rewrite(skeleton: str) -> str:
	"""Return a statement in SQLite's words.

	Args:
		skeleton: statement whose string literals are `\\x01<number>\\x01`.
	"""
	if not _ANY.search(skeleton):
		return skeleton
	for pattern, change in _RULES:
		if pattern.search(skeleton):
			skeleton = change(pattern, skeleton)
	return skeleton


def find_temporal_expressions(skeleton: str) -> tuple[int, ...]:
	"""Return the positions of selected columns that are expressions which may give a date or datetime."""
	body = re.match(r"\s*select\s+(?:distinct\s+)?", skeleton, re.I)
	if not body or not _TEMPORAL_START.search(skeleton):
		return ()
	items = split_top_level(skeleton[body.end() :], stop_at_from=True)
	return tuple(index for index, item in enumerate(items) if _TEMPORAL_START.match(item))


def split_top_level(text: str, stop_at_from: bool = False) -> list[str]:
	"""Split at commas outside of parentheses.

	Args:
		stop_at_from: end at the first `from` outside of parentheses.
	"""
	items, depth, start = [], 0, 0
	end = len(text)
	for match in re.finditer(r"[(),]|\bfrom\b", text, re.I):
		token = match.group().lower()
		if token == "(":
			depth += 1
		elif token == ")":
			depth -= 1
		elif depth == 0 and token == ",":
			items.append(text[start : match.start()])
			start = match.end()
		elif depth == 0 and token == "from" and stop_at_from:
			end = match.start()
			break
	items.append(text[start:end])
	return items


def closing(text: str, opening: int) -> int:
	"""Return the position of the parenthesis that closes the one at `opening`, else the text's end."""
	depth = 0
	for position in range(opening, len(text)):
		if text[position] == "(":
			depth += 1
		elif text[position] == ")":
			depth -= 1
			if depth == 0:
				return position
	return len(text)


def _sub(replacement: str) -> Callable[[re.Pattern, str], str]:
	return lambda pattern, text: pattern.sub(replacement, text)


def _each_call(change: Callable[[str, str], str]) -> Callable[[re.Pattern, str], str]:
	"""Make a rule that replaces every call `name(arguments)` found by the pattern, the innermost first."""

	def rule(pattern: re.Pattern, text: str) -> str:
		for match in reversed(list(pattern.finditer(text))):
			opening = match.end() - 1
			end = closing(text, opening)
			text = (
				text[: match.start()]
				+ change(match.group(1), text[opening + 1 : end], text[end + 1 :])
				+ text[end + 1 :]
			)
		return text

	return rule


def _cast(name: str, arguments: str, _rest: str) -> str:
	match = (_CAST_TYPE if name.lower() == "cast" else _CONVERT_TYPE).match(arguments)
	if not match:
		return f"{name}({arguments})"
	return _CASTS.get(match.group(2).lower(), "cast({0} as integer)").format(match.group(1).strip())


def _first_argument_as_text(name: str, arguments: str, _rest: str) -> str:
	unit, _, others = arguments.partition(",")
	return f"{name}('{unit.strip().lower()}',{others})"


def _extract(_name: str, arguments: str, _rest: str) -> str:
	match = re.match(r"\s*(\w+)\s+from\s+(.*)$", arguments, re.I | re.S)
	return f"extract_part('{match.group(1).lower()}', {match.group(2)})" if match else f"extract({arguments})"


def _group_concat(_name: str, arguments: str, _rest: str) -> str:
	separator = re.search(r"\s+separator\s+(\x01\d+\x01)\s*$", arguments, re.I)
	if separator:
		arguments = arguments[: separator.start()]
	arguments = re.sub(r"\s+order\s+by\s+.*$", "", arguments, flags=re.I | re.S)
	distinct = re.match(r"\s*distinct\s+", arguments, re.I)
	if not separator:
		return f"group_concat({arguments})"
	if distinct:
		return f"group_concat_distinct({arguments[distinct.end() :]}, {separator.group(1)})"
	return f"group_concat({arguments}, {separator.group(1)})"


def _compare_without_case(name: str, arguments: str, rest: str) -> str:
	collate = " collate nocase" if _COMPARED.match(rest) else ""
	return f"{name}({arguments}){collate}"


def _match_against(pattern: re.Pattern, text: str) -> str:
	def change(match: re.Match) -> str:
		return f"match_against(concat_ws(' ', {match.group(1)}), {match.group(2)})"

	return pattern.sub(change, text)


def _upsert(pattern: re.Pattern, text: str) -> str:
	head, tail = pattern.split(text, maxsplit=1)
	tail = re.sub(r"\bvalues\s*\(\s*(`?\w+`?)\s*\)", r"excluded.\1", tail, flags=re.I)
	return f"{head}on conflict do update set{tail}"


def _intervals(_pattern: re.Pattern, text: str) -> str:
	text = re.sub(
		r"\b(adddate|subdate)\s*\(", lambda match: f"date_{match.group(1)[:3].lower()}(", text, flags=re.I
	)
	for match in reversed(list(_INTERVAL.finditer(text))):
		amount, unit = match.group(1) or match.group(2), match.group(3).lower()
		before = text[: match.start()].rstrip()
		if before.endswith(("+", "-")):
			text = _operator_interval(before, amount, unit) + text[match.end() :]
		else:
			text = f"{text[: match.start()]}{amount}, '{unit}'{text[match.end() :]}"
	return text


def _operator_interval(before: str, amount: str, unit: str) -> str:
	function = "date_add" if before[-1] == "+" else "date_sub"
	operand = before[:-1].rstrip()
	start = _operand_start(operand)
	return f"{operand[:start]}{function}({operand[start:]}, {amount}, '{unit}')"


def _operand_start(text: str) -> int:
	position = len(text)
	if text.endswith(")"):
		depth = 0
		while position:
			position -= 1
			depth += {")": 1, "(": -1}.get(text[position], 0)
			if depth == 0:
				break
	name = re.search(r"[\w.`?:\x01]*$", text[:position])
	return name.start() if name else position


def _rule(pattern: str, change: Callable[[re.Pattern, str], str]) -> tuple[re.Pattern, Callable]:
	return re.compile(pattern, re.I | re.S), change


_RULES = (
	_rule(r"\bif\s*\((?!\s*not\s+exists)", _sub("iif(")),
	_rule(r"\b(left|right)\s*\(", _sub(r"\1_text(")),
	_rule(r"\brlike\b", _sub("regexp")),
	_rule(
		r"\bfor\s+update\b(\s+(nowait|skip\s+locked|wait\s+\d+))?|\block\s+in\s+share\s+mode\b|\bfor\s+share\b",
		_sub(""),
	),
	_rule(r"\b(insert|update)\s+ignore\b", _sub(r"\1 or ignore")),
	_rule(r"\bon\s+duplicate\s+key\s+update\b", _upsert),
	_rule(r"^\s*truncate\s+(?:table\s+)?", _sub("delete from ")),
	_rule(r"<=>", _sub(" is ")),
	_rule(r"\bregexp\s+binary\b", _sub("regexp")),
	_rule(r"\bmatch\s*\(([^()]*)\)\s*against\s*\(\s*(\x01\d+\x01|\?|:\w+)[^()]*\)", _match_against),
	_rule(r"\binterval\b", _intervals),
	_rule(r"\b(timestampdiff|timestampadd)\s*\(", _each_call(_first_argument_as_text)),
	_rule(r"\b(extract)\s*\(", _each_call(_extract)),
	_rule(r"\b(cast|convert)\s*\(", _each_call(_cast)),
	_rule(r"\b(group_concat)\s*\(", _each_call(_group_concat)),
	_rule(r"\b(ifnull|coalesce|concat|concat_ws)\s*\(", _each_call(_compare_without_case)),
	_rule(
		r"\bcurrent_timestamp\b(\s*\(\s*\d*\s*\))?|\bnow\s*\(\s*\d*\s*\)|\bsysdate\s*\(\s*\)", _sub("now()")
	),
	_rule(r"\bcurrent_date\b(\s*\(\s*\))?", _sub("curdate()")),
	_rule(r"\bcurrent_time\b(\s*\(\s*\))?", _sub("curtime()")),
	_rule(r"\bcollate\s+utf8(mb4)?_bin\b|\bcollate\s+utf8mb4_\w*_bin\b", _sub("collate binary")),
	_rule(r"\bcollate\s+utf8(mb4)?_\w+", _sub("collate nocase")),
	_rule(r"\b(force|use|ignore)\s+index\s*(for\s+[\w ]+)?\([^()]*\)", _sub("")),
)
_ANY = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _change in _RULES), re.I | re.S)
