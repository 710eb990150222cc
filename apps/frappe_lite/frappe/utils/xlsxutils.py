"""Reading and writing of Excel workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import frappe
from frappe.utils.html_utils import strip_html, unescape_html

# Characters a workbook cannot hold.
ILLEGAL = re.compile(r"[\000-\010\013-\014\016-\037\ufffe\uffff]")


def make_xlsx(
	data: Iterable[Iterable], sheet_name: str, wb: Any = None, column_widths: list[int] | None = None
) -> BytesIO:
	"""Return rows as a workbook; the first row is bold.

	Args:
		wb: workbook to add the sheet to.
		column_widths: in characters.
	"""
	import openpyxl
	from openpyxl.cell import WriteOnlyCell
	from openpyxl.styles import Font
	from openpyxl.utils import get_column_letter

	wb = wb or openpyxl.Workbook(write_only=True)
	sheet = wb.create_sheet(_title(sheet_name), 0)
	for index, width in enumerate(column_widths or (), 1):
		if width:
			sheet.column_dimensions[get_column_letter(index)].width = width
	for number, row in enumerate(data):
		cells = [WriteOnlyCell(sheet, value=_value(value, sheet_name)) for value in row]
		for cell in cells if number == 0 else ():
			cell.font = Font(name="Calibri", bold=True)
		sheet.append(cells)
	file = BytesIO()
	wb.save(file)
	return file


def _title(name: str) -> str:
	return re.sub(r"[\\/*?:\[\]]", " ", name)[:31] or "Sheet"


def _value(value: Any, sheet_name: str) -> Any:
	if not isinstance(value, str):
		return value
	if sheet_name not in ("Data Import Template", "Data Export"):
		value = handle_html(value)
	return ILLEGAL.sub("", value)


def handle_html(data: Any) -> str:
	"""Return HTML as plain text, other text as it is."""
	text = str(data or "")
	if "<" not in text or ">" not in text:
		return text
	text = re.sub(r"<br\s*/?>|</p>|</div>", "\n", text, flags=re.I)
	return (
		unescape_html(strip_html(text)).replace("  \n", ", ").replace("\n", " ").replace("# ", ", ").strip()
	)


def read_xlsx_file_from_attached_file(
	file_url: str | None = None, fcontent: bytes | None = None, filepath: str | None = None
) -> list[list[Any]] | None:
	"""Return the rows of a workbook's active sheet.

	Args:
		file_url: of a File document.
		fcontent: the file itself.
		filepath: its path.
	"""
	from openpyxl import load_workbook

	if file_url:
		fcontent = frappe.get_doc("File", {"file_url": file_url}).get_content()
	source = BytesIO(fcontent) if fcontent else filepath
	if not source:
		return None
	workbook = load_workbook(source, data_only=True, read_only=True)
	rows = [list(row) for row in workbook.active.iter_rows(values_only=True)]
	width = max(map(len, rows), default=0)
	return [row + [None] * (width - len(row)) for row in rows]


def build_xlsx_response(data: Iterable[Iterable], filename: str) -> None:
	"""Answer the request with a workbook."""
	frappe.response["filename"] = f"{filename}.xlsx"
	frappe.response["filecontent"] = make_xlsx(data, filename).getvalue()
	frappe.response["type"] = "binary"
