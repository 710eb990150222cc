"""The seed loader: inserts once, remembers what it shipped, leaves what an admin changed or deleted."""

from typing import Any

import frappe

from crisis_intervention.seed.rows import document_hash, row_hash, seed_rows

SHIPPED, CUSTOMISED, DELETED = "Shipped", "Customised", "Deleted"


def sync() -> dict[str, int]:
	"""Bring the site up to what this version ships.

	:returns: counts of `inserted`, `updated` and `kept` records
	"""
	counts = {"inserted": 0, "updated": 0, "kept": 0}
	for row in seed_rows():
		if frappe.db.exists("DocType", row["doctype"]):
			counts[_sync_row(row)] += 1
	return counts


def _sync_row(row: dict[str, Any]) -> str:
	record = _record_of(row)
	if not record:
		return _first_time(row)
	if record.status != SHIPPED:
		return "kept"
	doc = _stored(row)
	if not doc:
		_note(record.name, status=DELETED)
		return "kept"
	if document_hash(doc) != record.site_hash:
		_note(record.name, status=CUSTOMISED)
		return "kept"
	if record.shipped_hash == row_hash(row):
		return "kept"
	return _update(doc, row, record.name)


def _first_time(row: dict[str, Any]) -> str:
	doc = _stored(row)
	is_single = frappe.get_meta(row["doctype"]).issingle
	if doc and not is_single:
		# An admin made a record of this name before we shipped ours: his stays.
		_remember(row, doc, CUSTOMISED)
		return "kept"
	if is_single:
		doc.update(_values(row))
	else:
		doc = frappe.get_doc(_values(row))
	_save(doc, row)
	_remember(row, doc, SHIPPED)
	return "inserted"


def _update(doc: Any, row: dict[str, Any], record: str) -> str:
	doc.update(_values(row))
	_save(doc, row)
	_note(record, shipped_hash=_shipped_hash(row, doc), site_hash=_hash_as_stored(row))
	return "updated"


def _save(doc: Any, row: dict[str, Any]) -> None:
	doc.flags.from_seed = True
	doc.flags.ignore_permissions = True
	doc.flags.ignore_links = True
	if doc.get("__islocal") or not frappe.db.exists(row["doctype"], row["name"]):
		doc.insert(set_name=row["name"])
	else:
		doc.save()


def _remember(row: dict[str, Any], doc: Any, status: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Seed Record",
			"ref_doctype": row["doctype"],
			"ref_name": row["name"],
			"status": status,
			"shipped_hash": _shipped_hash(row, doc),
			"site_hash": _hash_as_stored(row),
		}
	).insert(ignore_permissions=True)


def _shipped_hash(row: dict[str, Any], doc: Any) -> str:
	"""No hash for what could only be shipped in part, so that the next migrate tries again."""
	return "" if doc.flags.seed_incomplete else row_hash(row)


def _hash_as_stored(row: dict[str, Any]) -> str:
	"""Hash what the database gives back, since reading may round and reshape values."""
	return document_hash(_stored(row))


def _stored(row: dict[str, Any]) -> Any:
	doctype, name = row["doctype"], row["name"]
	if frappe.get_meta(doctype).issingle:
		return frappe.get_doc(doctype)
	return frappe.get_doc(doctype, name) if frappe.db.exists(doctype, name) else None


def _record_of(row: dict[str, Any]) -> Any:
	return frappe.db.get_value(
		"Seed Record",
		{"ref_doctype": row["doctype"], "ref_name": row["name"]},
		["name", "status", "shipped_hash", "site_hash"],
		as_dict=True,
	)


def _note(record: str, **values: Any) -> None:
	frappe.db.set_value("Seed Record", record, values)


def _values(row: dict[str, Any]) -> dict[str, Any]:
	return {key: value for key, value in row.items() if key != "name"} | {"doctype": row["doctype"]}
