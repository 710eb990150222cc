"""Which records of cases a report handed out: read from the columns and rows of its answer."""

from collections.abc import Iterator, Mapping
from typing import Any

import frappe

from crisis_intervention.access.listing import EXPORT, LIST, REPORT, Listing
from crisis_intervention.access.protected import is_protected

RUN, EXPORTED = "query_report.run", "query_report.export_query"
LINKED = "linked_with.get"


def listings_of(path: str, arguments: Mapping[str, Any], answer: Mapping[str, Any]) -> list[Listing]:
	"""Return the lists of records of cases that a report, its export or the list of links handed out.

	:param path: path of the request
	:param arguments: its arguments
	:param answer: Frappe's response with `message`
	"""
	message = answer.get("message")
	if path.endswith(RUN) and isinstance(message, Mapping):
		return list(_of_rows(arguments, message))
	if path.endswith(EXPORTED):
		return _of_export(arguments)
	if LINKED in path and isinstance(message, Mapping):
		return list(_of_links(message))
	return []


def _of_rows(arguments: Mapping[str, Any], message: Mapping[str, Any]) -> Iterator[Listing]:
	rows = [row for row in message.get("result") or [] if isinstance(row, Mapping)]
	subject = _subject(arguments)
	told = dict(_columns_of_cases(message.get("columns") or []))
	for doctype, fieldname in told.items():
		codes = dict.fromkeys(str(row[fieldname]) for row in rows if row.get(fieldname))
		if codes:
			yield Listing(doctype, REPORT, tuple(codes), len(codes))
	if is_protected(subject) and subject not in told and rows:
		yield Listing(subject, REPORT, (), len(rows))


def _columns_of_cases(columns: list[Any]) -> Iterator[tuple[str, str]]:
	for column in columns:
		is_link = isinstance(column, Mapping) and column.get("fieldtype") == "Link"
		if is_link and is_protected(column.get("options")):
			yield column["options"], column["fieldname"]


def _of_export(arguments: Mapping[str, Any]) -> list[Listing]:
	"""The answer is a file; its rows are no longer to be told apart."""
	subject = _subject(arguments)
	return [Listing(subject, EXPORT, (), 0)] if is_protected(subject) else []


def _of_links(message: Mapping[str, Any]) -> Iterator[Listing]:
	for doctype, rows in message.items():
		if is_protected(doctype) and rows:
			codes = tuple(str(row.get("name")) for row in rows if isinstance(row, Mapping))
			yield Listing(doctype, LIST, codes, len(rows))


def _subject(arguments: Mapping[str, Any]) -> str:
	report = arguments.get("report_name")
	return (frappe.db.get_value("Report", report, "ref_doctype") or "") if report else ""
