"""Cells of a sheet made plain: full-width digits, dates and marks as people in schools type them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

TEXT, CODE, NUMBER, DATE, FLAG = "Text", "Code", "Number", "Date", "Flag"

YES = frozenset(("1", "1.0", "是", "有", "阳性", "y", "yes", "true", "√", "✓", "对"))
NO = frozenset(("0", "0.0", "否", "无", "没有", "阴性", "n", "no", "false", "×", "x", "-"))

# A cell that a spreadsheet program would run when the value is written out again.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"^[+-]?[\d\s().,/-]*%?$")
_QUOTED_NUMBER = re.compile(r'^="([^"]*)"$')
_SHORTENED = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$")
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

SHORTENED, FORMULA, NOT_A_NUMBER, NOT_A_DATE, NOT_YES_OR_NO, NOT_A_CHOICE = (
	"shortened",
	"formula",
	"number",
	"date",
	"flag",
	"choice",
)


class BadCell(ValueError):
	"""A cell that cannot be read; its text is one of the reasons above."""


def plain(value: Any) -> str:
	"""Return a cell as text: whole numbers without decimals, dates as ISO text, no invisible characters."""
	if value is None:
		return ""
	if isinstance(value, datetime):
		return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
	if isinstance(value, date):
		return value.isoformat()
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, float) and value.is_integer():
		return str(int(value))
	text = _INVISIBLE.sub("", str(value)).replace("\u3000", " ").strip()
	quoted = _QUOTED_NUMBER.match(text)
	return quoted.group(1).strip() if quoted else text


def half_width(text: str) -> str:
	"""Return a text with full-width digits, letters and signs as plain ones."""
	return unicodedata.normalize("NFKC", text)


def is_formula(text: str) -> bool:
	"""Say whether a spreadsheet program would run a text instead of showing it."""
	return text.startswith(FORMULA_SIGNS) and not _HARMLESS.match(text)


def safe_cell(value: Any) -> Any:
	"""Return a value that no spreadsheet program runs, for everything that is written into a sheet."""
	return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def read_cell(value: Any, kind: str, choices: Mapping[str, str] | None = None) -> Any:
	"""Return the value of a cell: text, a float, an ISO date, 1 or 0; None when it is empty.

	:param value: what the sheet holds
	:param kind: one of TEXT, CODE, NUMBER, DATE, FLAG
	:param choices: words that may stand there and the value each means, lower case
	:raises BadCell: with the reason
	"""
	text = plain(value)
	if not text:
		return None
	if is_formula(text) and kind != FLAG:
		raise BadCell(FORMULA)
	if choices is not None:
		return _choice(text, choices)
	return _READERS[kind](text)


def _choice(text: str, choices: Mapping[str, str]) -> str:
	found = choices.get(half_width(text).strip().lower())
	if found is None:
		raise BadCell(NOT_A_CHOICE)
	return found


def _code(text: str) -> str:
	"""A number of a student or a class: without spaces, and not shortened to 2.026E+07."""
	code = re.sub(r"\s+", "", half_width(text)).lstrip("'")
	if _SHORTENED.match(code):
		raise BadCell(SHORTENED)
	return code


def _number(text: str) -> float:
	try:
		number = float(half_width(text).replace(",", ""))
	except ValueError:
		raise BadCell(NOT_A_NUMBER) from None
	if number != number or number in (float("inf"), float("-inf")):
		raise BadCell(NOT_A_NUMBER)
	return number


def _date(text: str) -> str:
	plain_text = half_width(text).replace(" ", "") if "年" in text else half_width(text)
	match = _DATE.match(plain_text) or _COMPACT_DATE.match(plain_text)
	try:
		return date(*map(int, match.groups()[:3])).isoformat() if match else _no_date()
	except ValueError:
		raise BadCell(NOT_A_DATE) from None


def _no_date() -> str:
	raise BadCell(NOT_A_DATE)


def _flag(text: str) -> int:
	word = half_width(text).strip().lower()
	if word not in YES and word not in NO:
		raise BadCell(NOT_YES_OR_NO)
	return int(word in YES)


_READERS = {TEXT: str, CODE: _code, NUMBER: _number, DATE: _date, FLAG: _flag}
