"""Many documents at once: without events and checks, a few statements in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import frappe


def insert_documents(
	doctype: str, documents: Iterable[Any], ignore_duplicates: bool, chunk_size: int = 10_000
) -> None:
	"""Insert named documents of a DocType with their rows, see `frappe.model.document.bulk_insert`."""
	meta = frappe.get_meta(doctype)
	columns = {doctype: meta.get_valid_columns()}
	for child in meta._table_doctypes.values():
		columns[child] = frappe.get_meta(child).get_valid_columns()
	for chunk in _chunks(documents, chunk_size):
		rows: dict[str, list[tuple]] = {each: [] for each in columns}
		for document in chunk:
			_add_rows(document, columns, rows)
		for each, values in rows.items():
			if values:
				frappe.db.bulk_insert(
					each, fields=columns[each], values=values, ignore_duplicates=ignore_duplicates
				)


def _chunks(documents: Iterable[Any], size: int) -> Iterator[list[Any]]:
	remaining = iter(documents)
	while chunk := list(islice(remaining, size)):
		yield chunk


def _add_rows(document: Any, columns: dict[str, list[str]], rows: dict[str, list[tuple]]) -> None:
	_stamp(document)
	for part in (document, *document.get_all_children()):
		if part is not document:
			_adopt(part, document)
		values = part.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
		rows[part.doctype].append(tuple(values.get(column) for column in columns[part.doctype]))


def _stamp(document: Any) -> None:
	now, user = frappe.utils.now(), frappe.session.user
	for part in (document, *document.get_all_children()):
		own = part.__dict__
		own["creation"] = own.get("creation") or now
		own["modified"] = own.get("modified") or now
		own["owner"] = own.get("owner") or user
		own["modified_by"] = own.get("modified_by") or user


def _adopt(row: Any, parent: Any) -> None:
	from frappe.model.naming import set_new_name

	row.__dict__.update(parent=parent.name, parenttype=parent.doctype)
	if not row.get("name"):
		set_new_name(row)
