"""Words that a need-to-know card must not hold: levels, diagnoses, and what the student did or said."""

import re

import frappe

# Readers of a card are to act, not to know what is the matter (art. 24.6; counsellors do not diagnose).
MATTERS = (
	"诊断",
	"确诊",
	"抑郁",
	"焦虑症",
	"焦虑障碍",
	"双相",
	"精神分裂",
	"精神病",
	"精神障碍",
	"自杀",
	"自伤",
	"自残",
	"轻生",
	"割腕",
	"高危",
	"预警库",
	"suicid",
	"self-harm",
	"self harm",
	"diagnos",
	"depress",
	"bipolar",
	"schizo",
	"anxiety disorder",
	"high risk",
	"risk level",
)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[（(].*?[)）]")


def unfit_words(text: str | None) -> list[str]:
	"""List the words of a text that tell a level or a matter.

	:param text: what somebody wants to write on a card
	"""
	return [word for word in (*MATTERS, *words_of_levels()) if _holds(text or "", word)]


def words_of_levels() -> list[str]:
	"""Return codes and labels of all Risk Levels in both languages, also without what stands in brackets."""
	words: dict[str, None] = {}
	for level in frappe.get_all("Risk Level", fields=["code", "label", "label_en"], order_by="severity desc"):
		for text in (level.code, level.label, level.label_en):
			for word in (text or "", _BRACKETS.sub("", text or "")):
				words[word.strip()] = None
	return [word for word in words if len(word) > 1]


def _holds(text: str, word: str) -> bool:
	if not _LATIN.search(word):
		return word in text
	# A Latin word begins where a word begins: `L1` is not in `HL12`, `suicid` is in `suicidal`.
	ending = r"(?![0-9A-Za-z])" if word[-1].isdigit() else ""
	return bool(re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}{ending}", text, re.IGNORECASE))
