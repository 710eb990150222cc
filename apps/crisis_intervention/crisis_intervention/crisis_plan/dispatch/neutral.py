"""Neutral texts: code, kind, deadline and link, and a validator that lets nothing else through."""

import re
from collections.abc import Iterable
from string import Formatter

# Placeholders a template may hold. Everything else could carry a name, a level or free text.
ALLOWED = frozenset(("code", "kind", "deadline", "link", "count", "items"))

# Words that a text about a student's matter must not hold, whatever an editor means by them.
FORBIDDEN_WORDS = (
	"suicid",
	"self-harm",
	"self harm",
	"diagnos",
	"depress",
	"violence",
	"risk level",
	"high risk",
	"student name",
	"red",
	"orange",
	"yellow",
	"自杀",
	"自伤",
	"自残",
	"轻生",
	"抑郁",
	"诊断",
	"姓名",
	"高危",
	"红色",
	"橙色",
	"黄色",
	"一级",
	"二级",
	"三级",
	"班级",
)
# Colours of urgency are common beginnings of other words.
WHOLE_WORDS = ("red", "orange", "yellow")
_LATIN = re.compile(r"[a-z]")


def faults(text: str, told: Iterable[str] = ()) -> list[str]:
	"""List what makes a template text unfit, as codes with the offending piece.

	:param text: subject or body of a template
	:param told: further words that must not be told, as the school's labels of levels and names of students
	:returns: pairs joined by a colon: `placeholder:…`, `word:…`, `markup:…`; empty when the text is fit
	"""
	found = [f"placeholder:{name}" for name in _placeholders(text) if name not in ALLOWED]
	found += [f"word:{word}" for word in (*FORBIDDEN_WORDS, *told) if _holds(text, word)]
	found += [
		f"markup:{mark}" for mark in ("{{", "{%", "<script", "<img", "attachment", "cid:") if mark in text
	]
	return found


def fill(text: str, values: dict[str, str]) -> str:
	"""Put the allowed values into a template text; unknown placeholders become empty."""
	safe = {name: values.get(name, "") for name in ALLOWED}
	return text.format_map(safe)


def _placeholders(text: str) -> list[str]:
	"""Names between braces, with any attribute access or format, so that `{code.x}` is refused."""
	try:
		parts = list(Formatter().parse(text))
	except ValueError:
		return ["?"]
	return [
		name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
		for _, name, spec, conversion in parts
		if name is not None
	]


def _holds(text: str, word: str) -> bool:
	lowered, word = text.lower(), word.lower()
	if not _LATIN.search(word):
		return word in text
	ending = r"\b" if word in WHOLE_WORDS else ""
	return re.search(rf"\b{re.escape(word)}{ending}", lowered) is not None
