"""What the reports of the registry count: cases that the reader may see, names of levels, spans of time."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

# Position is value.
NUMERALS = "零一二三四五六七八九"

STATES = ("Entry Opened", "In Registry", "Exit Proposed", "Exited")


def visible_cases(fields: Iterable[str], filters: dict[str, Any] | None = None) -> list[Any]:
	"""Return the cases that the user of the session may read, row rules included.

	:param fields: fieldnames beside `name`
	:param filters: as for a list
	"""
	return frappe.get_list(
		"Student Case",
		filters=filters or {},
		fields=["name", *fields],
		order_by="creation asc",
		limit_page_length=0,
	)


def levels() -> dict[str, str]:
	"""Return the labels of the levels, the most severe first, in the reader's language."""
	english = not (frappe.local.lang or "").startswith("zh")
	rows = frappe.get_all("Risk Level", fields=["name", "label", "label_en"], order_by="severity desc")
	return {row.name: (row.label_en if english else "") or row.label for row in rows}


def grades_of_classes() -> dict[str, str]:
	"""Return the grade of each class."""
	rows = frappe.get_all("School Class", fields=["name", "grade", "title"])
	return {row.name: row.grade or row.title for row in rows}


def grade_order(grade: str) -> tuple[int, int, str]:
	"""Return the key by which grades are sorted as in a school: 七年级 before 八年级, 初三 before 高一."""
	stage = 2 if "高" in grade else 1 if "初" in grade else 0
	digits = (NUMERALS.find(sign) for sign in grade if sign in NUMERALS)
	number = next((digit for digit in digits), int("".join(filter(str.isdigit, grade)) or 0))
	return stage, number, grade


def titles_of_classes() -> dict[str, str]:
	"""Return the title of each class."""
	return dict(frappe.get_all("School Class", fields=["name", "title"], as_list=True))


def week_of(moment: Any) -> date:
	"""Return the Monday of a moment's week."""
	day = getdate(moment)
	return day - timedelta(days=day.weekday())


def last_weeks(number: int, today: date) -> list[date]:
	"""Return the Mondays of the last weeks, the oldest first."""
	monday = week_of(today)
	return [monday - timedelta(weeks=back) for back in reversed(range(number))]


def minutes_between(first: Any, second: Any) -> int | None:
	"""Return the whole minutes from one moment to a later one; None when one is missing."""
	if not first or not second:
		return None
	span = _moment(second) - _moment(first)
	return max(0, int(span.total_seconds() // 60))


def middle(values: Iterable[int | None]) -> int | None:
	"""Return the median of what is known, None when nothing is."""
	known = [value for value in values if value is not None]
	return int(median(known)) if known else None


def span_text(minutes: int | None) -> str:
	"""Return a span of time in words, as `2 h 5 min`; empty when it is unknown."""
	if minutes is None:
		return ""
	if minutes < 60:
		return _("{0} min").format(minutes)
	hours, rest = divmod(minutes, 60)
	if hours < 48:
		return _("{0} h {1} min").format(hours, rest)
	return _("{0} days {1} h").format(hours // 24, hours % 24)


def column(
	fieldname: str, label: str, fieldtype: str = "Data", width: int = 120, **more: Any
) -> dict[str, Any]:
	"""Return a column of a report."""
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width, **more}


def _moment(value: Any) -> datetime:
	return get_datetime(value)
