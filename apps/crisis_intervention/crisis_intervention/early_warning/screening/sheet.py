"""A sheet of scores: which columns it may have, and what each row would do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import flt, getdate, nowdate

from crisis_intervention.early_warning.screening.consents import GIVEN
from crisis_intervention.early_warning.screening.instruments import (
	DOUBTFUL,
	INVALID,
	VALID,
	Instrument,
	Part,
)
from crisis_intervention.records.spreadsheet import (
	CODE,
	DATE,
	FLAG,
	NUMBER,
	Column,
	Problem,
	Row,
	doubled_rows,
	read_rows,
)

VALIDITIES = {
	"有效": VALID,
	"valid": VALID,
	"是": VALID,
	"存疑": DOUBTFUL,
	"doubtful": DOUBTFUL,
	"无效": INVALID,
	"invalid": INVALID,
	"否": INVALID,
}
IN_ONE_QUERY = 500
_PART = "part:"


@dataclass
class Result:
	"""A row as it would be stored."""

	row: int
	student: str
	school_class: str
	score: float
	critical: int
	flagged: int
	validity: str
	tested_on: str
	parts: dict[str, float] = field(default_factory=dict)
	stored: str = ""


@dataclass
class Examination:
	"""What a sheet would do: results to add, to change, unchanged ones, and bad rows."""

	total: int = 0
	new: list[Result] = field(default_factory=list)
	changed: list[Result] = field(default_factory=list)
	unchanged: int = 0
	problems: list[Problem] = field(default_factory=list)

	@property
	def critical(self) -> int:
		"""How many of the rows to store have a critical item."""
		return sum(result.critical for result in (*self.new, *self.changed))

	@property
	def good(self) -> int:
		"""How many rows can be taken over, those that are there already included."""
		return len(self.new) + len(self.changed) + self.unchanged

	def numbers(self) -> dict[str, int]:
		"""Return how many rows the sheet has and what they would do, by fieldname of the import."""
		return {
			"total": self.total,
			"good": self.good,
			"bad": len({problem.row for problem in self.problems}),
			"critical": self.critical,
			"added": len(self.new),
			"updated": len(self.changed),
			"unchanged": self.unchanged,
		}


@dataclass(frozen=True)
class Member:
	"""A student of the campaign."""

	student: str
	school_class: str
	state: str


def columns(instrument: Instrument) -> tuple[Column, ...]:
	"""Return the columns that a sheet of an instrument may have."""
	total = Column("score", "Score", ("总分", "得分", "分数", "total", "total score"), kind=NUMBER)
	return (
		Column(
			"student_number", "Student number", ("学号", "学生编号", "student id"), required=True, kind=CODE
		),
		total,
		Column("critical", "Critical item", ("关键条目", "关键题", "危机条目", "预警条目"), kind=FLAG),
		Column("validity", "Validity", ("效度", "是否有效"), choices=VALIDITIES),
		Column("tested_on", "Screened on", ("测试日期", "测评日期", "日期", "date"), kind=DATE),
		*(_part_column(part) for part in instrument.parts),
	)


def examine(source: Any, campaign: str, instrument: Instrument) -> Examination:
	"""Read a sheet and say what each row would do; nothing is written.

	:param source: File document or bytes
	:param campaign: code of the Screening Campaign
	:raises frappe.ValidationError: when the file cannot be read at all
	"""
	sheet = read_rows(source, columns(instrument))
	doubled = doubled_rows(sheet.rows, "student_number")
	found = Examination(total=sheet.total, problems=[*sheet.problems, *doubled])
	twice = {problem.row for problem in doubled}
	members = _members(campaign)
	known = _known_numbers(row.get("student_number") for row in sheet.rows)
	stored = _stored(campaign)
	for row in sheet.rows:
		if row.number in twice:
			continue
		problems = list(_problems(row, instrument, members, known))
		found.problems += [Problem(row.number, text) for text in problems]
		if not problems:
			_sort_in(found, _result(row, instrument, members[row.get("student_number")]), stored)
	found.problems.sort(key=lambda problem: problem.row)
	return found


def _part_column(part: Part) -> Column:
	return Column(f"{_PART}{part.code}", part.label or part.code, (part.code,), kind=NUMBER)


def _problems(row: Row, instrument: Instrument, members: dict[str, Member], known: set[str]) -> Iterator[str]:
	number = row.get("student_number")
	member = members.get(number)
	if member is None:
		if number in known:
			yield _("{0} is not in this campaign.").format(number)
		else:
			yield _("Nobody has the student number {0}.").format(number)
	elif member.state != GIVEN:
		yield _no_consent(number, bool(row.get("critical")) or instrument.is_critical(_parts(row)))
	if row.get("score") is None and not _parts(row) and row.get("critical") is None:
		yield _("{0} has no score.").format(number)
	for problem in instrument.problems(row.get("score"), _parts(row)):
		yield f"{number}: {problem}"
	if row.get("tested_on") and getdate(row.get("tested_on")) > getdate():
		yield _("{0} was screened in the future.").format(number)


def _no_consent(number: str, critical: bool) -> str:
	"""Without consent no result is stored; that somebody may be in danger is said all the same (art. 4)."""
	if critical:
		return _("{0} has no consent, and a critical item: talk with the student today.").format(number)
	return _("{0} has no consent.").format(number)


def _result(row: Row, instrument: Instrument, member: Member) -> Result:
	parts = _parts(row)
	return Result(
		row=row.number,
		student=member.student,
		school_class=member.school_class,
		score=flt(row.get("score"), 2),
		critical=int(bool(row.get("critical")) or instrument.is_critical(parts)),
		flagged=int(instrument.is_flagged(row.get("score"))),
		validity=row.get("validity") or VALID,
		tested_on=row.get("tested_on") or nowdate(),
		parts=parts,
	)


def _parts(row: Row) -> dict[str, float]:
	return {
		key[len(_PART) :]: flt(value, 2)
		for key, value in row.values.items()
		if key.startswith(_PART) and value is not None
	}


def _sort_in(found: Examination, result: Result, stored: dict[str, Any]) -> None:
	before = stored.get(result.student)
	if not before:
		found.new.append(result)
		return
	result.stored = before.name
	same = (
		flt(before.score, 2) == result.score
		and before.validity == result.validity
		and bool(before.critical_item) >= bool(result.critical)
		and before.parts == result.parts
	)
	if same:
		found.unchanged += 1
	else:
		found.changed.append(result)


def _members(campaign: str) -> dict[str, Member]:
	consent, student = DocType("Screening Consent"), DocType("Student Profile")
	rows = (
		frappe.qb.from_(consent)
		.join(student)
		.on(student.name == consent.student)
		.select(student.student_number, student.name, student.school_class, consent.state)
		.where(consent.campaign == campaign)
	).run()
	return {number: Member(name, school_class or "", state) for number, name, school_class, state in rows}


def _known_numbers(numbers: Any) -> set[str]:
	listed, known = sorted({number for number in numbers if number}), set()
	for at in range(0, len(listed), IN_ONE_QUERY):
		part = listed[at : at + IN_ONE_QUERY]
		filters = {"student_number": ["in", part]}
		known.update(frappe.get_all("Student Profile", filters=filters, pluck="student_number"))
	return known


def _stored(campaign: str) -> dict[str, Any]:
	"""Return the results that the campaign has, by student, each with its scales and items."""
	fields = ["name", "student", "score", "critical_item", "validity"]
	results = frappe.get_all("Screening Result", filters={"campaign": campaign}, fields=fields)
	by_name = {result.name: result for result in results}
	for result in results:
		result.parts = {}
	score, owner = DocType("Screening Score"), DocType("Screening Result")
	rows = (
		frappe.qb.from_(score)
		.join(owner)
		.on(owner.name == score.parent)
		.select(score.parent, score.part, score.value)
		.where(owner.campaign == campaign)
	).run()
	for parent, part, value in rows:
		by_name[parent].parts[part] = flt(value, 2)
	return {result.student: result for result in results}
