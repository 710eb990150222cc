"""What becomes of grades and classes in the next school year: a proposal over plain values."""

import re
from dataclasses import dataclass

GRADES = (
	"一年级",
	"二年级",
	"三年级",
	"四年级",
	"五年级",
	"六年级",
	"七年级",
	"八年级",
	"九年级",
	"高一",
	"高二",
	"高三",
)
# A school that counts the years of the lower secondary school on its own.
OTHER_NAMES = {"初一": "初二", "初二": "初三", "高一年级": "高二年级", "高二年级": "高三年级"}
_LAST = re.compile("^(六年级|九年级|初三|高三|高三年级)$")


@dataclass(frozen=True)
class Step:
	"""Next grade and title of a class, or that it graduates."""

	grade: str
	title: str
	graduates: bool = False


def next_step(grade: str, title: str, goes_on: frozenset[str] = frozenset()) -> Step:
	"""Propose what becomes of a class; a person looks at it before anything is done.

	:param grade: what the school calls the grade
	:param title: name of the class
	:param goes_on: grades that end a kind of school elsewhere and go on in this one
	"""
	following = OTHER_NAMES.get(grade) or _following(grade)
	if not following or (_LAST.match(grade) and grade not in goes_on):
		return Step("", "", graduates=True)
	return Step(following, title.replace(grade, following, 1))


def _following(grade: str) -> str:
	if grade in GRADES and grade != GRADES[-1]:
		return GRADES[GRADES.index(grade) + 1]
	return ""
