import io
from datetime import date

from openpyxl import Workbook

from crisis_intervention.records.cells import safe_cell
from crisis_intervention.records.spreadsheet import (
	CODE,
	DATE,
	FLAG,
	NUMBER,
	Column,
	doubled_rows,
	read_rows,
	write_csv,
)
from crisis_intervention.tests.utils import CrisisTestCase

COLUMNS = (
	Column("student_number", "Student number", ("学号",), required=True, kind=CODE),
	Column("student_name", "Name", ("姓名",)),
	Column("score", "Score", ("总分", "得分"), kind=NUMBER),
	Column("birth_date", "Date of birth", ("出生日期",), kind=DATE),
	Column("critical", "Critical item", ("关键条目",), kind=FLAG),
	Column("gender", "Gender", ("性别",), choices={"男": "Male", "女": "Female"}),
)
TEXT = "学号（必填）,姓名,总分\n２０２６０１,林一,12\n202602,高一（3）班,７.５\n"


def workbook(*rows):
	book, out = Workbook(), io.BytesIO()
	for row in rows:
		book.active.append(row)
	book.save(out)
	return out.getvalue()


def problems(sheet):
	return [(problem.row, problem.fieldname) for problem in sheet.problems]


class TestSpreadsheet(CrisisTestCase):
	def test_encodings_and_separators_give_the_same_rows(self):
		for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
			for separator in (",", "\t", ";"):
				with self.subTest(encoding=encoding, separator=separator):
					sheet = read_rows(TEXT.replace(",", separator).encode(encoding), COLUMNS)
					self.assertEqual([row.number for row in sheet.rows], [2, 3])
					self.assertEqual(sheet.rows[0].values["student_number"], "202601")
					self.assertEqual(sheet.rows[1].values["student_name"], "高一（3）班")
					self.assertEqual([row.get("score") for row in sheet.rows], [12.0, 7.5])

	def test_workbook_with_title_row_and_number_cells(self):
		content = workbook(
			["某校心理普查"], [], ["得分", "备注", "学号"], [3, "x", 20260001], [None, None, "00017"]
		)
		sheet = read_rows(content, COLUMNS)
		self.assertEqual([row.number for row in sheet.rows], [4, 5])
		self.assertEqual([row.get("student_number") for row in sheet.rows], ["20260001", "00017"])
		self.assertEqual(sheet.unknown_headers, ("备注",))
		self.assertEqual(sheet.total, 2)

	def test_dates_flags_and_choices_as_people_type_them(self):
		content = workbook(
			["学号", "出生日期", "关键条目", "性别"],
			["1", "2012年9月1日", "是", "男"],
			["2", "2012/9/1", "×", "女"],
			["3", date(2012, 9, 1), 1, None],
			["4", "20120901", "０", None],
		)
		sheet = read_rows(content, COLUMNS)
		self.assertEqual({row.get("birth_date") for row in sheet.rows}, {"2012-09-01"})
		self.assertEqual([row.get("critical") for row in sheet.rows], [1, 0, 1, 0])
		self.assertEqual([row.get("gender") for row in sheet.rows], ["Male", "Female", None, None])

	def test_every_bad_cell_is_named_with_its_row(self):
		lines = (
			"学号,总分,出生日期,关键条目,性别",
			"1,abc,,,",
			",1,,,",
			"2.026E+07,1,,,",
			"3,1,2026-02-30,,",
			"4,1,,maybe,",
			"5,1,,,其他",
			"6,1,,,男",
			"7,nan,,,",
		)
		sheet = read_rows("\n".join(lines).encode(), COLUMNS)
		expected = [
			(2, "score"),
			(3, "student_number"),
			(4, "student_number"),
			(5, "birth_date"),
			(6, "critical"),
			(7, "gender"),
			(9, "score"),
		]
		self.assertEqual(problems(sheet), expected)
		self.assertEqual([row.number for row in sheet.rows], [8])
		self.assertIn("2", str(sheet.problems[0]))

	def test_formulas_are_refused_and_quoted_numbers_kept(self):
		content = '学号,姓名,总分\n"=""00017""",林一,-5\n2,"=HYPERLINK(""http://x"")",1\n3,@sum,1\n'
		sheet = read_rows(content.encode(), COLUMNS)
		self.assertEqual(sheet.rows[0].values["student_number"], "00017")
		self.assertEqual(sheet.rows[0].values["score"], -5.0)
		self.assertEqual(problems(sheet), [(3, "student_name"), (4, "student_name")])

	def test_missing_column_is_said_once(self):
		sheet = read_rows("姓名,总分\n林一,1\n林二,2\n".encode(), COLUMNS)
		self.assertEqual(problems(sheet), [(0, "")])
		self.assertEqual(sheet.rows, [])

	def test_empty_file_misses_its_columns(self):
		self.assertEqual(problems(read_rows(b"", COLUMNS)), [(0, "")])

	def test_unreadable_files_are_refused_with_a_message(self):
		for content in (b"\xd0\xcf\x11\xe0" + b"0" * 64, b"PK\x03\x04" + b"0" * 64, b"\xff\xfe\x00"):
			with self.subTest(content=content[:4]):
				self.assert_refused(lambda content=content: read_rows(content, COLUMNS))

	def test_doubled_rows_are_named_with_the_first(self):
		sheet = read_rows("学号\n1\n2\n１\n1\n".encode(), COLUMNS)
		found = doubled_rows(sheet.rows, "student_number")
		self.assertEqual([problem.row for problem in found], [4, 5])
		self.assertIn("2", found[0].message)

	def test_what_is_written_runs_no_formula(self):
		self.assertEqual(safe_cell("=1+1"), "'=1+1")
		self.assertEqual(safe_cell("+86 138-0000-0000"), "+86 138-0000-0000")
		content = write_csv(["学号"], [["@cmd"], [5]])
		self.assertEqual(content.decode("utf-8-sig").splitlines(), ["学号", "'@cmd", "5"])
