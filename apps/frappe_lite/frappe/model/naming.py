"""Names of documents: by the DocType's `autoname`, by the controller, by hand."""

from __future__ import annotations

import re
import secrets
from typing import Any

import frappe
from frappe.model import naming_series
from frappe.model.naming_series import NamingSeries, parse_naming_series

InvalidNamingSeriesError = naming_series.InvalidNamingSeriesError
determine_consecutive_week_number = naming_series.determine_consecutive_week_number
getseries = naming_series.getseries
has_custom_parser = naming_series.has_custom_parser
revert_series_if_last = naming_series.revert_series_if_last
update_naming_series = naming_series.update_naming_series_counter

HASH_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
HASH_LENGTH = 10
_BRACES = re.compile(r"(\{[\w | #]+\})")
_SPECIAL_IN_DOCTYPE = re.compile(r"^\W|[^\w\s\-]", re.UNICODE)


class InvalidUUIDValue(frappe.ValidationError):
	"""A name that should be a UUID is none."""


def set_new_name(doc: Any) -> None:
	"""Name a new document: by amendment, Single, controller (`autoname`), DocType or at random.

	Raises:
		ValidationError: the name is empty or not allowed.
	"""
	doc.run_method("before_naming")
	meta = doc.meta
	autoname = meta.autoname or ""
	if autoname.lower() != "prompt" and not frappe.flags.in_import:
		doc.name = None
	if is_autoincremented(doc.doctype, meta):
		doc.name = frappe.db.get_next_sequence_val(doc.doctype)
		return
	if doc.get("amended_from"):
		doc.name = _get_amended_name(doc)
		if doc.name:
			return
	elif meta.issingle:
		doc.name = doc.doctype
	_name_by_rule(doc, autoname)
	doc.name = validate_name(doc.doctype, doc.name)


def _name_by_rule(doc: Any, autoname: str) -> None:
	if not doc.name:
		doc.run_method("autoname")
	if not doc.name and autoname:
		set_name_from_naming_options(autoname, doc)
	if not doc.name:
		doc.name = make_autoname("hash", doc.doctype)


def is_autoincremented(doctype: str, meta: Any = None) -> bool:
	"""Tell whether a DocType's documents are numbered by the database."""
	meta = meta or frappe.get_meta(doctype)
	return (meta.autoname or "") == "autoincrement" and not meta.issingle


def set_name_from_naming_options(autoname: str, doc: Any) -> None:
	"""Name a document by `autoname`.

	Args:
		autoname: "field:x", "naming_series:", "prompt", "format:…", "hash", or a series "A-.YYYY.-.####".
	"""
	option = autoname.lower()
	if option.startswith("field:"):
		doc.name = _field_autoname(autoname, doc)
		if not doc.name:
			label = frappe._(doc.meta.get_label(autoname[6:]))
			frappe.throw(frappe._("{0} is required").format(label))
	elif option.startswith("naming_series:"):
		set_name_by_naming_series(doc)
	elif option.startswith("prompt"):
		_prompt_autoname(autoname, doc)
	elif option.startswith("format:"):
		doc.name = _format_autoname(autoname, doc)
	elif "#" in autoname or "." in autoname:
		doc.name = make_autoname(autoname, doc=doc)
	elif option == "hash":
		doc.name = make_autoname("hash", doc.doctype)


def set_name_by_naming_series(doc: Any) -> None:
	"""Name a document by its field `naming_series`, the first series of the DocType unless it is set.

	Raises:
		ValidationError: there is no series.
	"""
	if not doc.get("naming_series"):
		doc.naming_series = get_default_naming_series(doc.doctype)
	if not doc.naming_series:
		frappe.throw(frappe._("Naming Series mandatory"))
	doc.name = make_autoname(f"{doc.naming_series}.#####", "", doc)


def get_default_naming_series(doctype: str) -> str | None:
	"""Return the first series of a DocType."""
	options = frappe.get_meta(doctype).get_naming_series_options()
	return next((option for option in options if option), None)


def make_autoname(key: str = "", doctype: str = "", doc: Any = "", *, ignore_validate: bool = False) -> str:
	"""Return the next name of a series.

	Args:
		key: series such as "CASE-.YYYY.-.####"; "hash" or "" gives a random name; "####" alone counts.
		doctype: DocType of the document, for messages.
		doc: document whose fields the series may name.
		ignore_validate: accept a series without a valid form.

	Returns:
		the name; its counter is raised.
	"""
	if not key or key == "hash":
		return _random_name()
	series = NamingSeries(key)
	return series.generate_next_name(doc, ignore_validate=ignore_validate)


def _random_name() -> str:
	return "".join(secrets.choice(HASH_ALPHABET) for _ in range(HASH_LENGTH))


def _field_autoname(autoname: str, doc: Any, skip_slicing: bool = False) -> str:
	fieldname = autoname if skip_slicing else autoname[6:]
	return str(doc.get(fieldname) or "").strip()


def _prompt_autoname(autoname: str, doc: Any) -> None:
	if not doc.name:
		frappe.throw(frappe._("Please set the document name"))


def _format_autoname(autoname: str, doc: Any) -> str:
	"""Fill a pattern such as `format:FM-{kind}-{###}`; the number counts per text before it."""
	text = autoname[autoname.find(":") + 1 :]
	name = ""
	position = 0
	for match in _BRACES.finditer(text):
		name += text[position : match.start()]
		part = match.group()[1:-1]
		name += parse_naming_series([part], doc=doc, counted_for=name)
		position = match.end()
	return name + text[position:]


def _get_amended_name(doc: Any) -> str:
	original = doc.amended_from
	number, prefix = 1, str(original)
	if frappe.db.get_value(doc.doctype, original, "amended_from"):
		head, _, tail = str(original).rpartition("-")
		if tail.isdigit():
			number, prefix = int(tail) + 1, head
	return f"{prefix}-{number}"


def validate_name(doctype: str, name: Any, case: str = "Title Case") -> Any:
	"""Return a name as it may be stored.

	Args:
		case: kept for Frappe's signature.

	Raises:
		ValidationError: the name is empty.
		NameError: it is not allowed.
	"""
	if isinstance(name, int):
		if is_autoincremented(doctype):
			return name
		frappe.throw(frappe._("Invalid name type (integer) for varchar name column"), frappe.NameError)
	name = str(name or "").strip()
	if not name:
		frappe.throw(frappe._("No Name Specified for {0}").format(doctype))
	refusal = _reason_against(doctype, name)
	if refusal:
		frappe.throw(refusal, frappe.NameError)
	return name


def _reason_against(doctype: str, name: str) -> str | None:
	if name.startswith("New " + doctype):
		return frappe._("There were some errors setting the name, please contact the administrator")
	if not frappe.flags.in_import and ("<" in name or ">" in name):
		return frappe._("Name cannot contain special characters like {0}").format("<, >")
	if name == doctype and not frappe.get_meta(doctype).issingle and doctype != "DocType":
		return frappe._("Name of {0} cannot be {1}").format(doctype, name)
	return None


def append_number_if_name_exists(
	doctype: str, value: str, fieldname: str = "name", separator: str = "-", filters: dict | None = None
) -> str:
	"""Return a value that no document has yet: the value itself or with the next free number.

	Args:
		fieldname: field that must not have the value.
		separator: stands before the number.
		filters: only documents that match count.
	"""
	conditions = {**(filters or {}), fieldname: value}
	if not frappe.db.exists(doctype, conditions):
		return value
	pattern = re.compile(rf"^{re.escape(value)}{re.escape(separator)}(\d+)$")
	like = value.replace("%", "\\%").replace("_", "\\_") + separator + "%"
	taken = frappe.get_all(doctype, filters={**(filters or {}), fieldname: ("like", like)}, pluck=fieldname)
	numbers = [int(match.group(1)) for each in taken if (match := pattern.match(str(each)))]
	return f"{value}{separator}{max(numbers, default=0) + 1}"


def _set_amended_name(doc: Any) -> str:
	doc.name = _get_amended_name(doc)
	return doc.name
