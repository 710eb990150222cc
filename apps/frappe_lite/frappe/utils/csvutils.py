"""Reading and writing of CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

import frappe
from frappe.utils.text import cstr

ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "utf-16", "windows-1252")


def read_csv_content_from_attached_file(doc: Any) -> list[list[Any]]:
	"""Return the rows of the CSV file attached to a document.

	Raises:
		frappe.ValidationError: nothing is attached, or it is no CSV.
	"""
	name = frappe.db.get_value(
		"File", {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}, "name"
	)
	if not name:
		frappe.throw(frappe._("File not attached"))
	return read_csv_content(frappe.get_doc("File", name).get_content())


def read_csv_content(fcontent: bytes | str, use_sniffer: bool = False) -> list[list[Any]]:
	"""Return the rows of a CSV text; empty cells are None.

	Args:
		fcontent: text, or bytes in UTF-8, GB 18030, UTF-16 or Windows-1252.
		use_sniffer: find out the delimiter.

	Raises:
		frappe.ValidationError: the bytes are in another encoding, or it is no CSV.
	"""
	text = decode(fcontent) if isinstance(fcontent, bytes) else fcontent
	dialect = _sniff(text) if use_sniffer else csv.excel
	try:
		return [[_cell(value) for value in row] for row in csv.reader(StringIO(text, newline=""), dialect)]
	except csv.Error as error:
		frappe.throw(frappe._("Not a valid Comma Separated Value (CSV File)"))
		raise frappe.ValidationError from error


def decode(content: bytes) -> str:
	"""Return bytes as text in the first encoding that fits.

	Raises:
		frappe.ValidationError: none fits.
	"""
	for encoding in ENCODINGS:
		try:
			return content.decode(encoding)
		except UnicodeError:
			continue
	frappe.throw(frappe._("Unknown file encoding. Tried to use: {0}").format(", ".join(ENCODINGS)))
	return ""


def _sniff(text: str) -> Any:
	try:
		return csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
	except csv.Error:
		return csv.excel


def _cell(value: str) -> str | None:
	return value.strip() or None


def to_csv(data: Iterable[Iterable], quoting: str = "QUOTE_ALL", delimiter: str = ",") -> str:
	"""Return rows as CSV, every cell in quotes."""
	writer = UnicodeWriter(quoting=getattr(csv, quoting), delimiter=delimiter)
	for row in data:
		writer.writerow(row)
	return writer.getvalue()


class UnicodeWriter:
	"""A CSV writer in memory."""

	def __init__(
		self, encoding: str = "utf-8", quoting: int = csv.QUOTE_NONNUMERIC, delimiter: str = ","
	) -> None:
		self.encoding = encoding
		self.queue = StringIO()
		self.writer = csv.writer(self.queue, quoting=quoting, delimiter=delimiter)

	def writerow(self, row: Iterable, encoding: str = "utf-8") -> None:
		"""Write one row."""
		self.writer.writerow(row)

	def getvalue(self) -> str:
		"""Return what was written."""
		return self.queue.getvalue()


def without_formula(value: Any) -> Any:
	"""Return a text so that no spreadsheet takes it for a formula."""
	if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
		return f"'{value}"
	return value


def build_csv_response(data: Iterable[Iterable], filename: str) -> None:
	"""Answer the request with a CSV file."""
	frappe.response["result"] = cstr(to_csv(data))
	frappe.response["doctype"] = filename
	frappe.response["type"] = "csv"


@frappe.whitelist()
def send_csv_to_client(args: str | dict) -> None:
	"""Answer the request with rows the client sent, as a CSV file.

	Args:
		args: {"data": rows, "filename": name} or its JSON.
	"""
	args = frappe._dict(json.loads(args) if isinstance(args, str) else args)
	build_csv_response(args.data, args.filename)


def check_record(d: Any) -> None:
	"""Refuse a row that lacks mandatory values, or whose Select or Link value is unknown."""
	doc = frappe.get_doc(d)
	doc._validate_links()
	doc._validate_mandatory()


def getlink(doctype: str, name: str) -> str:
	"""Return a link to a document's form."""
	from frappe.utils.urls import get_link_to_form

	return get_link_to_form(doctype, name)
