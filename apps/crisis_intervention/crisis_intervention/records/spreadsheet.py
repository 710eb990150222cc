"""Sheets that a school brings, CSV or XLSX: rows with their numbers, and every bad cell named."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from crisis_intervention.records import cells
from crisis_intervention.records.cells import CODE, DATE, FLAG, NUMBER, TEXT, BadCell, half_width, safe_cell

__all__ = (
	"CODE",
	"DATE",
	"FLAG",
	"NUMBER",
	"TEXT",
	"Column",
	"Problem",
	"Row",
	"Sheet",
	"doubled_rows",
	"read_rows",
	"write_csv",
)

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 50_000
# Above the headers stands a title of the school, seldom more.
HEADER_WITHIN = 10
# Programs keep the format of a million empty rows; after so many nothing follows.
BLANK_ROWS = 200

ENCODINGS = ("utf-8", "gb18030")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = (",", "\t", ";", "，")
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_REMARK = re.compile(r"[(\[（【].*?[)\]）】]|[*＊:：\s_]")


@dataclass(frozen=True)
class Column:
	"""A column that an import knows.

	:param fieldname: key of the value in a row
	:param label: English label; its translation is a header as well
	:param synonyms: further headers, Chinese and English
	:param required: the column must be there and every row has a value
	:param kind: TEXT, CODE, NUMBER, DATE or FLAG
	:param choices: words that may stand there, lower case, and the value each means
	"""

	fieldname: str
	label: str
	synonyms: tuple[str, ...] = ()
	required: bool = False
	kind: str = TEXT
	choices: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Row:
	"""A row of the sheet: its number as the spreadsheet program shows it, and its values by fieldname."""

	number: int
	values: dict[str, Any]

	def get(self, fieldname: str) -> Any:
		"""Return a value, None when the cell is empty or the column is missing."""
		return self.values.get(fieldname)


@dataclass(frozen=True)
class Problem:
	"""What is wrong with a row, as a whole translated sentence; row 0 stands for the file."""

	row: int
	message: str
	fieldname: str = ""

	def __str__(self) -> str:
		return _("Row {0}: {1}").format(self.row, self.message) if self.row else self.message


@dataclass
class Sheet:
	"""What was read: good rows, problems in the order of the rows, columns found and headers unknown."""

	rows: list[Row] = field(default_factory=list)
	problems: list[Problem] = field(default_factory=list)
	columns: tuple[str, ...] = ()
	unknown_headers: tuple[str, ...] = ()
	total: int = 0


def read_rows(source: Any, columns: Iterable[Column]) -> Sheet:
	"""Read a sheet; a row with a bad cell is left out and named.

	:param source: a File document or the bytes of a CSV or XLSX file
	:param columns: the columns that the import knows
	:raises frappe.ValidationError: when the file cannot be read at all
	"""
	known = tuple(columns)
	lines = list(_lines(_bytes(source)))
	at, found, unknown = _header(lines, known)
	missing = [_(column.label) for column in known if column.required and column.fieldname not in found]
	sheet = Sheet(columns=tuple(found), unknown_headers=unknown)
	if missing:
		text = _("These columns are missing: {0}.").format(", ".join(missing))
		sheet.problems.append(Problem(0, text))
		return sheet
	for number, line in lines[at + 1 :]:
		sheet.total += 1
		_read_line(
			sheet,
			number,
			line,
			[(column, found[column.fieldname]) for column in known if column.fieldname in found],
		)
	return sheet


def doubled_rows(rows: Iterable[Row], fieldname: str) -> list[Problem]:
	"""Name every row whose value of a field stands in an earlier row already."""
	first: dict[Any, int] = {}
	problems = []
	for row in rows:
		value = row.get(fieldname)
		if value is not None and first.setdefault(value, row.number) != row.number:
			text = _("{0} stands in row {1} already.").format(value, first[value])
			problems.append(Problem(row.number, text, fieldname))
	return problems


def write_csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
	"""Return a CSV that Excel opens in Chinese and in which no cell is run as a formula."""
	out = io.StringIO()
	writer = csv.writer(out)
	writer.writerow([safe_cell(text) for text in header])
	writer.writerows([safe_cell(value) for value in row] for row in rows)
	return out.getvalue().encode("utf-8-sig")


def _bytes(source: Any) -> bytes:
	if not isinstance(source, bytes):
		# `File.get_content` decodes what looks like text; the encoding is decided here.
		with open(source.get_full_path(), "rb") as file:
			source = file.read(MAX_BYTES + 1)
	if len(source) > MAX_BYTES:
		frappe.throw(_("The file is larger than {0} MB.").format(MAX_BYTES // 1024 // 1024))
	return source


def _lines(content: bytes) -> Iterator[tuple[int, list[Any]]]:
	"""Yield the rows that hold anything, with their numbers in the sheet."""
	if content.startswith(_OLD_EXCEL):
		frappe.throw(_("This is an old Excel file. Save it as .xlsx or CSV first."))
	lines = _xlsx(content) if content.startswith(_ZIP) else _csv(content)
	count = blank = 0
	for number, line in enumerate(lines, start=1):
		if not any(cells.plain(cell) for cell in line):
			blank += 1
			if blank > BLANK_ROWS:
				return
			continue
		blank, count = 0, count + 1
		if count > MAX_ROWS:
			frappe.throw(_("The file has more than {0} rows. Divide it.").format(MAX_ROWS))
		yield number, list(line)


def _xlsx(content: bytes) -> Iterator[tuple]:
	from openpyxl import load_workbook

	try:
		with zipfile.ZipFile(io.BytesIO(content)) as packed:
			if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
				raise ValueError("too large when unpacked")
		book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
		sheet = book.worksheets[0]
	except Exception:
		frappe.throw(_("This file cannot be read. Save it as .xlsx or CSV and try again."))
	# Some programs write a wrong size into the sheet.
	sheet.reset_dimensions()
	yield from sheet.iter_rows(values_only=True)


def _csv(content: bytes) -> Iterator[list[str]]:
	text = _decode(content)
	head = text[:4096].split("\n")
	separator = max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in head[:HEADER_WITHIN]))
	try:
		yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
	except csv.Error:
		frappe.throw(_("This file cannot be read. Save it as .xlsx or CSV and try again."))


def _decode(content: bytes) -> str:
	marked = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), None)
	for encoding in (marked,) if marked else ENCODINGS:
		try:
			return content.decode(encoding)
		except UnicodeDecodeError:
			continue
	return frappe.throw(_("This file cannot be read. Save it as .xlsx or CSV and try again."))


def _header(
	lines: list[tuple[int, list[Any]]], columns: tuple[Column, ...]
) -> tuple[int, dict[str, int], tuple[str, ...]]:
	"""Return where the header is, the place of each column found, and headers that nobody knows."""
	names = _names(columns)
	best: tuple[int, dict[str, int]] = (0, {})
	for at, (_number, line) in enumerate(lines[:HEADER_WITHIN]):
		found: dict[str, int] = {}
		for place, cell in enumerate(line):
			fieldname = names.get(_key(cells.plain(cell)))
			if fieldname:
				found.setdefault(fieldname, place)
		if len(found) > len(best[1]):
			best = (at, found)
	at, found = best
	line = lines[at][1] if lines else []
	unknown = [cells.plain(cell) for place, cell in enumerate(line) if place not in found.values()]
	return at, found, tuple(header for header in unknown if header)


def _names(columns: tuple[Column, ...]) -> dict[str, str]:
	names: dict[str, str] = {}
	for column in columns:
		for text in (column.fieldname, column.label, _(column.label), *column.synonyms):
			names.setdefault(_key(text), column.fieldname)
	return names


def _key(header: str) -> str:
	return half_width(_REMARK.sub("", header)).lower()


def _read_line(sheet: Sheet, number: int, line: list[Any], places: list[tuple[Column, int]]) -> None:
	values, problems = {}, []
	for column, place in places:
		cell = line[place] if place < len(line) else None
		try:
			values[column.fieldname] = cells.read_cell(cell, column.kind, column.choices)
		except BadCell as bad:
			problems.append(Problem(number, _message(str(bad), column, cell), column.fieldname))
			continue
		if column.required and values[column.fieldname] is None:
			text = _("{0} is empty.").format(_(column.label))
			problems.append(Problem(number, text, column.fieldname))
	sheet.problems.extend(problems)
	if not problems:
		sheet.rows.append(Row(number, values))


def _message(reason: str, column: Column, cell: Any) -> str:
	messages = {
		cells.SHORTENED: _("{0} was shortened by the spreadsheet program: {1}. Store the column as text."),
		cells.FORMULA: _("{0} begins like a formula: {1}."),
		cells.NOT_A_NUMBER: _("{0} is not a number: {1}."),
		cells.NOT_A_DATE: _("{0} is not a date: {1}."),
		cells.NOT_YES_OR_NO: _("{0} is neither yes nor no: {1}."),
		cells.NOT_A_CHOICE: _("{0} does not know this word: {1}."),
	}
	return messages[reason].format(_(column.label), cells.plain(cell)[:40])
