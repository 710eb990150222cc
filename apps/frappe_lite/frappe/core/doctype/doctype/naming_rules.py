"""Rules for how a DocType names its documents."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _

# `autoname` values that are no prefix of a series.
WORDS = ("hash", "prompt", "autoincrement", "uuid", "naming_series:", "")
KINDS = ("field:", "eval:", "format:", "naming_series:")


def validate_series(doc: Any, autoname: str | None = None, name: str | None = None) -> None:
	"""Check `autoname` of a DocType document; a field that names documents becomes unique.

	Args:
		doc: a DocType or Customize Form document.
		autoname: checked instead of the document's own.
		name: name of the DocType, as a rule the document's.

	Raises:
		ValidationError: the field does not exist, or another DocType uses the series.
	"""
	autoname = autoname or doc.autoname or ""
	if not autoname and doc.get("fields", {"fieldname": "naming_series"}):
		doc.autoname = autoname = "naming_series:"
	if autoname.startswith("field:"):
		_check_field(doc, autoname)
	elif autoname.startswith("naming_series:"):
		_check_naming_series(doc, autoname)
	elif autoname.lower() not in WORDS and not autoname.startswith(KINDS):
		_check_prefix(autoname, name or doc.name)


def _check_field(doc: Any, autoname: str) -> None:
	fieldname = autoname.split(":", 1)[1]
	fields = doc.get("fields", {"fieldname": fieldname}) if fieldname else []
	if not fields:
		frappe.throw(_("Invalid fieldname '{0}' in autoname").format(fieldname))
	for field in fields:
		field.unique = 1


def _check_naming_series(doc: Any, autoname: str) -> None:
	fieldname = autoname.split(":", 1)[1] or "naming_series"
	if not doc.get("fields", {"fieldname": fieldname}):
		frappe.throw(_("Invalid fieldname '{0}' in autoname").format(fieldname))


def _check_prefix(autoname: str, name: str) -> None:
	prefix = autoname.split(".", 1)[0]
	pattern = re.compile(rf"^{re.escape(prefix)}(\.|$)")
	rows = frappe.get_all(
		"DocType",
		fields=["name", "autoname"],
		filters={"autoname": ("like", f"{prefix}%"), "name": ("!=", name)},
		limit_page_length=0,
	)
	for row in rows:
		if pattern.match(row.autoname or ""):
			frappe.throw(_("Series {0} already used in {1}").format(prefix, row.name))


def validate_autoincrement_autoname(doc: Any) -> bool:
	"""Refuse a change to or from numbers as names once there are documents.

	Args:
		doc: a DocType or Customize Form document.

	Returns:
		whether the kind of the name column changes.
	"""
	doctype = doc.name if doc.doctype == "DocType" else doc.doc_type
	if doc.doctype == "DocType" and doc.is_new():
		return False
	before = frappe.db.get_value("DocType", doctype, "autoname")
	is_number, was_number = doc.autoname == "autoincrement", before == "autoincrement"
	if is_number == was_number:
		return False
	if doc.doctype == "Customize Form":
		frappe.throw(_("Cannot change to/from autoincrement autoname in Customize Form"))
	if not doc.get("issingle") and frappe.db.table_exists(doctype) and frappe.db.count(doctype):
		frappe.throw(
			_("Can only change to/from Autoincrement naming rule when there is no data in the doctype")
		)
	return True
