"""The sheet of a school's students (学籍表): which columns it may have, and what each row would do."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from crisis_intervention.records.spreadsheet import (
	CODE,
	DATE,
	Column,
	Problem,
	Row,
	doubled_rows,
	read_rows,
)

GUARDIANS = (1, 2, 3)
GENDERS = {"女": "Female", "female": "Female", "男": "Male", "male": "Male"}
STATUSES = {
	"在读": "Enrolled",
	"在籍": "Enrolled",
	"请假": "On Leave",
	"休学": "Suspended",
	"转学": "Transferred",
	"退学": "Withdrawn",
	"毕业": "Graduated",
}
LIVES_IN = {
	"走读": "At Home",
	"家中": "At Home",
	"住校": "In Dormitory",
	"寄宿": "In Dormitory",
	"投亲": "With Relatives",
	"亲戚家": "With Relatives",
	"托管": "In Entrusted Care",
}
GROUPS = {
	"留守": "Left Behind",
	"留守儿童": "Left Behind",
	"单亲": "Single Parent",
	"孤儿": "Orphan",
	"残疾": "Disability",
	"重病": "Serious Illness",
	"困难": "Hardship",
	"家庭困难": "Hardship",
	"其他": "Other",
}
RELATIONS = {
	"父亲": "Father",
	"父": "Father",
	"母亲": "Mother",
	"母": "Mother",
	"祖父母": "Grandparent",
	"爷爷": "Grandparent",
	"奶奶": "Grandparent",
	"外公": "Grandparent",
	"外婆": "Grandparent",
	"监护人": "Guardian",
	"兄弟姐妹": "Sibling",
	"委托照护人": "Entrusted Carer",
	"其他": "Other",
}
# Fields of the profile that the sheet may change; an empty cell leaves what there is.
FIELDS = (
	"student_name",
	"status",
	"gender",
	"birth_date",
	"lives_in",
	"dormitory",
	"special_group",
)
TEACHERS = ("class_teacher", "psychology_teacher")


@dataclass(frozen=True)
class ClassKey:
	"""How a sheet names a class."""

	grade: str
	title: str


@dataclass
class Entry:
	"""A row as it would be stored; `student` is the code of the profile there is, empty for a new one."""

	row: int
	number: str
	key: ClassKey
	values: dict[str, Any]
	teachers: dict[str, str]
	guardians: list[dict[str, str]]
	student: str = ""


@dataclass
class Examination:
	"""What a sheet would do, and every bad row."""

	total: int = 0
	new: list[Entry] = field(default_factory=list)
	changed: list[Entry] = field(default_factory=list)
	unchanged: int = 0
	missing: int = 0
	new_classes: set[ClassKey] = field(default_factory=set)
	problems: list[Problem] = field(default_factory=list)
	warnings: list[Problem] = field(default_factory=list)

	@property
	def entries(self) -> list[Entry]:
		"""Rows that bring something."""
		return [*self.new, *self.changed]

	def numbers(self) -> dict[str, int]:
		"""Return the numbers that an import shows."""
		return {
			"total": self.total,
			"good": len(self.entries) + self.unchanged,
			"bad": len({problem.row for problem in self.problems}),
			"added": len(self.new),
			"updated": len(self.changed),
			"unchanged": self.unchanged,
			"missing": self.missing,
			"new_classes": len(self.new_classes),
			"same_names": len(self.warnings),
		}


def columns() -> tuple[Column, ...]:
	"""Return the columns of the sheet, those of the guardians included."""
	return (
		Column("student_number", "Student number", ("学号", "学籍号", "学生编号"), required=True, kind=CODE),
		Column("student_name", "Name", ("姓名", "学生姓名"), required=True),
		Column("grade", "Grade", ("年级",), required=True),
		Column("class_title", "Class", ("班级", "班级名称"), required=True),
		Column("status", "Status", ("状态", "学籍状态"), choices=_both(STATUSES)),
		Column("gender", "Gender", ("性别",), choices=GENDERS),
		Column("birth_date", "Date of birth", ("出生日期", "生日"), kind=DATE),
		Column("lives_in", "Lives", ("住宿", "住宿方式", "走读住校"), choices=_both(LIVES_IN)),
		Column("dormitory", "Dormitory", ("宿舍", "寝室")),
		Column("special_group", "Special group", ("特殊群体", "关爱类别"), choices=_both(GROUPS)),
		Column("class_teacher", "Class teacher", ("班主任", "班主任账号", "班主任邮箱")),
		Column("psychology_teacher", "Psychology teacher", ("心理老师", "心理老师账号", "心理老师邮箱")),
		*(column for number in GUARDIANS for column in _guardian_columns(number)),
	)


def _guardian_columns(number: int) -> Iterator[Column]:
	heads = (f"监护人{number}", f"家长{number}", f"联系人{number}")
	relations = _both(RELATIONS)
	yield Column(f"guardian{number}_name", f"Guardian {number}", tuple(f"{h}姓名" for h in heads) + heads)
	yield Column(
		f"guardian{number}_relation",
		f"Guardian {number} relation",
		tuple(f"{head}关系" for head in heads),
		choices=relations,
	)
	yield Column(
		f"guardian{number}_phone",
		f"Guardian {number} phone",
		tuple(f"{head}{word}" for head in heads for word in ("电话", "手机")),
		kind=CODE,
	)


def _both(words: dict[str, str]) -> dict[str, str]:
	"""Chinese words as schools write them, and the English values themselves."""
	return {**words, **{value.lower(): value for value in words.values()}}


def examine(source: Any, year: int) -> Examination:
	"""Read a sheet and say what each row would do; nothing is written.

	:param source: File document or bytes
	:param year: year in which the school year began
	:raises frappe.ValidationError: when the file cannot be read at all
	"""
	sheet = read_rows(source, columns())
	doubled = doubled_rows(sheet.rows, "student_number")
	found = Examination(total=sheet.total, problems=[*sheet.problems, *doubled])
	twice = {problem.row for problem in doubled}
	users = _users(sheet.rows)
	entries = []
	for row in sheet.rows:
		problems = [] if row.number in twice else list(_problems(row, users))
		found.problems += [Problem(row.number, text) for text in problems]
		if row.number not in twice and not problems:
			entries.append(_entry(row))
	_compare(found, entries, year)
	found.warnings = list(_same_names(entries))
	found.problems.sort(key=lambda problem: problem.row)
	return found


def _users(rows: list[Row]) -> set[str]:
	wanted = {row.get(name) for row in rows for name in TEACHERS if row.get(name)}
	return set(
		frappe.get_all("User", filters={"name": ["in", list(wanted) or [""]], "enabled": 1}, pluck="name")
	)


def _problems(row: Row, users: set[str]) -> Iterator[str]:
	for fieldname in TEACHERS:
		if row.get(fieldname) and row.get(fieldname) not in users:
			yield _("No account of this name: {0}.").format(row.get(fieldname))
	for number in GUARDIANS:
		if row.get(f"guardian{number}_phone") and not row.get(f"guardian{number}_name"):
			yield _("Guardian {0} has a telephone number and no name.").format(number)


def _entry(row: Row) -> Entry:
	guardians = [
		{
			"person_name": row.get(f"guardian{number}_name"),
			"relation": row.get(f"guardian{number}_relation") or "Guardian",
			"phone": row.get(f"guardian{number}_phone") or "",
		}
		for number in GUARDIANS
		if row.get(f"guardian{number}_name")
	]
	return Entry(
		row=row.number,
		number=row.get("student_number"),
		key=ClassKey(row.get("grade"), row.get("class_title")),
		values={name: row.get(name) for name in FIELDS if row.get(name)},
		teachers={name: row.get(name) for name in TEACHERS if row.get(name)},
		guardians=guardians,
	)


def _compare(found: Examination, entries: list[Entry], year: int) -> None:
	classes = classes_of(year)
	stored = _stored()
	contacts = _contacts()
	for entry in entries:
		if entry.key not in classes:
			found.new_classes.add(entry.key)
		before = stored.get(entry.number)
		if not before:
			found.new.append(entry)
			continue
		entry.student = before.name
		if _differs(entry, before, classes, contacts.get(before.name, set())):
			found.changed.append(entry)
		else:
			found.unchanged += 1
	numbers = {entry.number for entry in entries}
	found.missing = sum(row.status == "Enrolled" and number not in numbers for number, row in stored.items())


def classes_of(year: int) -> dict[ClassKey, Any]:
	"""Return the classes in use of a school year by what a sheet calls them."""
	rows = frappe.get_all(
		"School Class",
		filters={"enabled": 1, "year": year},
		fields=["name", "grade", "title", *TEACHERS],
	)
	return {ClassKey(row.grade, row.title): row for row in rows}


def _stored() -> dict[str, Any]:
	fields = ["name", "student_number", "school_class", *FIELDS]
	return {row.student_number: row for row in frappe.get_all("Student Profile", fields=fields)}


def _contacts() -> dict[str, set[tuple[str, str]]]:
	"""Return names and telephone numbers of the contact persons of each student."""
	known = defaultdict(set)
	rows = frappe.get_all(
		"Student Contact Person",
		filters={"parenttype": "Student Profile"},
		fields=["parent", "person_name", "phone"],
	)
	for row in rows:
		known[row.parent].add((row.person_name, row.phone or ""))
	return known


def _differs(entry: Entry, before: Any, classes: dict[ClassKey, Any], contacts: set[tuple[str, str]]) -> bool:
	school_class = classes.get(entry.key)
	if not school_class or school_class.name != before.school_class:
		return True
	if any(school_class.get(name) != user for name, user in entry.teachers.items()):
		return True
	if any(str(before.get(name) or "") != str(value) for name, value in entry.values.items()):
		return True
	names = {name for name, _phone in contacts}
	return any(
		guardian["person_name"] not in names
		or (guardian["phone"] and (guardian["person_name"], guardian["phone"]) not in contacts)
		for guardian in entry.guardians
	)


def _same_names(entries: list[Entry]) -> Iterator[Problem]:
	"""Two students of one name in a class are told apart by their number; somebody should look."""
	groups = defaultdict(list)
	for entry in entries:
		groups[entry.key, entry.values["student_name"]].append(entry)
	for (_key, name), same in groups.items():
		for entry in same[1:]:
			text = _("Same name as row {0} in this class: {1}. Both are kept apart by their number.")
			yield Problem(entry.row, text.format(same[0].row, name))
