"""CSV and Excel files, trees, values as people read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
import pytest
from frappe.utils.csvutils import read_csv_content, to_csv, without_formula
from frappe.utils.dateutils import get_dates_from_timegrain, parse_date
from frappe.utils.formatters import format_value
from frappe.utils.nestedset import number_tree
from frappe.utils.verified_command import get_signature
from frappe.utils.xlsxutils import make_xlsx, read_xlsx_file_from_attached_file
from hypothesis import given
from hypothesis import strategies as st

CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.lists(CELLS, min_size=1), min_size=1))
def test_csv_survives_writing_and_reading(rows: list[list[str]]) -> None:
	assert read_csv_content(to_csv(rows)) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_schools_use(plain: None, encoding: str) -> None:
	assert read_csv_content("姓名,班级\n李明,七年级".encode(encoding)) == [
		["姓名", "班级"],
		["李明", "七年级"],
	]


def test_delimiters_are_found_and_formulas_defused() -> None:
	assert read_csv_content("a;b\n1;2", use_sniffer=True) == [["a", "b"], ["1", "2"]]
	assert read_csv_content('a,,"b\nc"') == [["a", None, "b\nc"]]
	assert without_formula("=1+1") == "'=1+1"
	assert without_formula("a=1") == "a=1"


def test_workbooks(plain: None) -> None:
	file = make_xlsx(
		[["Name", "Points"], ["<b>A</b>", 5], ["x\x0by", None]], "Sheet/1", column_widths=[10, 5]
	)
	assert read_xlsx_file_from_attached_file(fcontent=file.getvalue()) == [
		["Name", "Points"],
		["A", 5],
		["xy", None],
	]
	assert read_xlsx_file_from_attached_file() is None


def test_numbers_of_a_tree() -> None:
	pairs = [("root", None), ("a", "root"), ("b", "root"), ("a1", "a"), ("lone", "missing")]
	assert number_tree(pairs) == {"root": (1, 8), "a": (2, 5), "a1": (3, 4), "b": (6, 7), "lone": (9, 10)}


@given(st.lists(st.integers(0, 30), max_size=30))
def test_branches_lie_within_their_numbers(parents: list[int]) -> None:
	pairs = [(f"n{i}", f"n{min(parent, i - 1)}" if i else None) for i, parent in enumerate([0, *parents])]
	numbers = number_tree(pairs)
	for name, parent in pairs:
		left, right = numbers[name]
		assert left < right
		if parent:
			assert numbers[parent][0] < left < right < numbers[parent][1]
	assert sorted(n for pair in numbers.values() for n in pair) == list(range(1, 2 * len(pairs) + 1))


@pytest.mark.parametrize(
	("value", "df", "expected"),
	[
		(None, {"fieldtype": "Data"}, ""),
		("2026-01-02", {"fieldtype": "Date"}, "2026-01-02"),
		("2026-01-02 03:04:05", {"fieldtype": "Datetime"}, "2026-01-02 03:04:05"),
		(timedelta(hours=3), {"fieldtype": "Time"}, "03:00:00"),
		(12.5, {"fieldtype": "Percent"}, "12.5%"),
		(1234.5, {"fieldtype": "Float"}, "1,234.5"),
		(1234.567, {"fieldtype": "Float", "precision": "2"}, "1,234.57"),
		(0, {"fieldtype": "Int", "print_hide_if_no_value": 1}, ""),
		("5", {"fieldtype": "Int"}, 5),
		("a\nb", {"fieldtype": "Small Text"}, "a<br>b"),
		(3661, {"fieldtype": "Duration"}, "1h 1m 1s"),
		("x", {"fieldtype": "Data"}, "x"),
		("2026-01-02", "Date", "2026-01-02"),
	],
)
def test_values_as_people_read_them(plain: None, value: Any, df: Any, expected: Any) -> None:
	assert format_value(value, df) == expected


def test_dates_in_other_formats(plain: None) -> None:
	assert parse_date("31-12-2026") == "2026-12-31"
	with pytest.raises(frappe.ValidationError):
		parse_date("soon")
	found = get_dates_from_timegrain("2026-01-10", "2026-03-05", "Monthly")
	assert [str(day) for day in found] == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_signatures_differ_by_what_they_sign(plain: None) -> None:
	frappe.conf.secret = "s"
	assert get_signature("a=1") == get_signature("a=1") != get_signature("a=2")
	before = get_signature("a=1")
	frappe.conf.secret = "t"
	assert get_signature("a=1") != before
