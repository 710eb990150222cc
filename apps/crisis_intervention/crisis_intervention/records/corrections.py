"""Corrections: what a record said before, what it says now, why, by whom, when."""

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

REASON = "correction_reason"


def changed_fields(doc: Any, fieldnames: Iterable[str]) -> list[str]:
	"""List the fields among those named whose value differs from the stored one."""
	before = doc.get_doc_before_save()
	if not before:
		return []
	return [name for name in fieldnames if shown(doc, name) != shown(before, name)]


def changed_lines(doc: Any, table: str, fieldnames: Iterable[str]) -> list[tuple[Any, Any, str]]:
	"""List what changed in the stored rows of a table, as row, former row and field.

	:param table: fieldname of the table
	:param fieldnames: fields of a row that hold what was recorded
	"""
	before = doc.get_doc_before_save()
	former = {row.name: row for row in before.get(table)} if before else {}
	return [
		(row, former[row.name], name)
		for row in doc.get(table)
		if row.name in former
		for name in fieldnames
		if shown(row, name) != shown(former[row.name], name)
	]


def record_corrections(
	doc: Any,
	fieldnames: Iterable[str],
	reason_needed: bool = True,
	anonymous: bool = False,
	lines: Mapping[str, Iterable[str]] | None = None,
) -> None:
	"""Append a correction row for every changed field.

	:param doc: document with a table `corrections`
	:param fieldnames: fields that hold what was recorded
	:param reason_needed: refuse a change without `correction_reason`
	:param anonymous: the corrector is the hidden observer and is not named
	:param lines: tables whose stored rows hold what was recorded, with the fields of a row
	:raises frappe.ValidationError: for a change without a reason, or when earlier rows were touched
	"""
	keep_rows(doc, "corrections")
	before = doc.get_doc_before_save()
	changed = [(doc, before, name) for name in changed_fields(doc, fieldnames)]
	for table, columns in (lines or {}).items():
		changed += changed_lines(doc, table, columns)
	reason = (doc.get(REASON) or "").strip()
	if changed and reason_needed and not reason:
		frappe.throw(_("Say why you correct this record."), title=_("Reason for the correction"))
	for now, former, fieldname in changed:
		doc.append("corrections", _row(now, former, fieldname, reason, anonymous))
	if doc.meta.has_field(REASON) and not doc.meta.is_submittable:
		doc.set(REASON, None)


def keep_rows(doc: Any, table: str) -> None:
	"""Put back the stored rows of an append-only table, whatever the caller sent."""
	before = doc.get_doc_before_save()
	doc.set(table, before.get(table) if before else [])


def shown(doc: Any, fieldname: str) -> str:
	"""Return a field as the text a correction row keeps; the links of a table are joined in order."""
	value = doc.get(fieldname)
	if isinstance(value, list):
		return ", ".join(sorted(_link_of(row) for row in value))
	field = doc.meta.get_field(fieldname)
	if field and field.fieldtype == "Check":
		return str(int(value or 0))
	return "" if value is None else str(value)


def _link_of(row: Any) -> str:
	links = [field.fieldname for field in row.meta.fields if field.fieldtype == "Link"]
	return str(row.get(links[0]) or "") if links else ""


def _row(doc: Any, before: Any, fieldname: str, reason: str, anonymous: bool) -> dict[str, Any]:
	label = doc.meta.get_label(fieldname)
	return {
		"fieldname": fieldname,
		"field_label": f"{label} ({doc.idx})" if doc.get("parentfield") else label,
		"old_value": shown(before, fieldname),
		"new_value": shown(doc, fieldname),
		"reason": reason,
		"corrected_by": None if anonymous else frappe.session.user,
		"by_observer": int(anonymous),
		"corrected_at": now_datetime(),
	}
