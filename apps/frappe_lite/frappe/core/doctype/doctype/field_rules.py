"""Rules that the fields of a DocType follow, standard and custom ones together."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.doctype.errors import (
	CannotIndexedError,
	DoctypeLinkError,
	HiddenAndMandatoryWithoutDefaultError,
	IllegalMandatoryError,
	InvalidFieldNameError,
	NonUniqueError,
	UniqueFieldnameError,
	WrongOptionsDoctypeLinkError,
)

TABLES = ("Table", "Table MultiSelect")
NO_VALUE = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Image", "Fold", "Heading")
UNIQUE_TYPES = ("Data", "Link", "Read Only", "Int", "Small Text", "Date", "Datetime", "Phone", "Autocomplete")
LONG_TYPES = (
	"Text",
	"Long Text",
	"Small Text",
	"Code",
	"Text Editor",
	"HTML Editor",
	"JSON",
	"Markdown Editor",
)
DATA_OPTIONS = ("Email", "Name", "Phone", "URL", "Barcode", "IBAN")
NUMERIC_WITH_PRECISION = ("Currency", "Float", "Percent")
INVALID_CHARACTERS = re.compile(r"[\W]", flags=re.UNICODE)
STANDARD_SEARCH = ("name", "creation", "modified", "modified_by", "owner", "docstatus", "idx")
STANDARD_SEARCH += ("_user_tags", "_comments", "_assign", "_liked_by")


def validate_fields_for_doctype(doctype: str) -> None:
	"""Check the fields of a DocType as customised; called after a customisation was stored.

	Raises:
		ValidationError: a subclass names what is wrong.
	"""
	meta = frappe.get_meta(doctype, cached=False)
	validate_links_table_fieldnames(meta)
	validate_fields(meta)


def validate_fields(meta: Any) -> None:
	"""Check the fields of a DocType document or of a meta.

	Args:
		meta: anything with `name`, `fields` and the attributes of a DocType.

	Raises:
		ValidationError: a subclass names what is wrong.
	"""
	fields = meta.get("fields") or []
	names = [field.fieldname for field in fields]
	for field in fields:
		_check_field(meta, field, names)
	_check_attributes(meta, fields, names)


def _check_field(meta: Any, field: Any, names: list[str]) -> None:
	if not field.permlevel:
		field.permlevel = 0
	if field.fieldtype in TABLES:
		field.allow_in_quick_entry = 0
	for rule in FIELD_RULES:
		rule(meta.name, field, names)


def _row(field: Any) -> str:
	return _("{0} in row {1}").format(field.label or field.fieldname, field.idx)


def check_illegal_characters(fieldname: str) -> None:
	"""Refuse a fieldname that is no column name.

	Raises:
		InvalidColumnName: it has other characters than letters, digits and underscores.
	"""
	found = list(dict.fromkeys(INVALID_CHARACTERS.findall(fieldname)))
	if found:
		characters = ", ".join(f'"{character}"' for character in found)
		message = _("Fieldname {0} cannot have special characters like {1}")
		frappe.throw(message.format(frappe.bold(fieldname), characters), frappe.InvalidColumnName)


def _check_name(doctype: str, field: Any, names: list[str]) -> None:
	if not field.fieldname:
		frappe.throw(
			_("{0}: Fieldname is required in row {1}").format(doctype, field.idx), InvalidFieldNameError
		)
	field.fieldname = field.fieldname.lower()
	check_illegal_characters(field.fieldname)


def _check_unique_name(doctype: str, field: Any, names: list[str]) -> None:
	rows = [str(idx) for idx, name in enumerate(names, start=1) if name == field.fieldname]
	if len(rows) > 1:
		message = _("{0}: Fieldname {1} appears multiple times in rows {2}")
		frappe.throw(message.format(doctype, field.fieldname, ", ".join(rows)), UniqueFieldnameError)


def _check_name_length(doctype: str, field: Any, names: list[str]) -> None:
	limit = frappe.db.MAX_COLUMN_LENGTH
	if len(field.fieldname) > limit:
		message = _("Fieldname is limited to {0} characters ({1})")
		frappe.throw(message.format(limit, field.fieldname), InvalidFieldNameError)


def _check_mandatory(doctype: str, field: Any, names: list[str]) -> None:
	if field.reqd and field.fieldtype in NO_VALUE:
		message = _("{0}: Field {1} of type {2} cannot be mandatory")
		frappe.throw(message.format(doctype, field.label, field.fieldtype), IllegalMandatoryError)


def _check_options(doctype: str, field: Any, names: list[str]) -> None:
	if field.fieldtype not in ("Link", *TABLES):
		return
	if not field.options:
		message = _("{0}: Options required for Link or Table type field {1} in row {2}")
		frappe.throw(message.format(doctype, field.label, field.idx), DoctypeLinkError)
	if field.options in ("[Select]", "Loading...") or field.options == doctype:
		return
	options = frappe.db.get_value("DocType", field.options, "name")
	if not options:
		message = _("{0}: Options must be a valid DocType for field {1} in row {2}")
		frappe.throw(message.format(doctype, field.label, field.idx), WrongOptionsDoctypeLinkError)
	field.options = options


def _check_hidden_mandatory(doctype: str, field: Any, names: list[str]) -> None:
	if field.hidden and field.reqd and not field.default and not frappe.flags.in_migrate:
		message = _("{0}: Field {1} in row {2} cannot be hidden and mandatory without default")
		frappe.throw(message.format(doctype, field.label, field.idx), HiddenAndMandatoryWithoutDefaultError)


def _check_in_list(doctype: str, field: Any, names: list[str]) -> None:
	if (
		field.in_list_view
		and field.fieldtype in (*NO_VALUE, "Table")
		and field.fieldtype not in ("Image", "Button")
	):
		message = _("'In List View' not allowed for type {0} in row {1}")
		frappe.throw(message.format(field.fieldtype, field.idx))
	if field.in_global_search and field.fieldtype in NO_VALUE:
		message = _("'In Global Search' not allowed for type {0} in row {1}")
		frappe.throw(message.format(field.fieldtype, field.idx))


def _check_dynamic_link(doctype: str, field: Any, names: list[str]) -> None:
	if field.fieldtype == "Dynamic Link" and not field.options:
		frappe.throw(
			_(
				"Options 'Dynamic Link' type of field must point to another Link Field with options as"
				" 'DocType'"
			)
		)


def _check_precision(doctype: str, field: Any, names: list[str]) -> None:
	if field.fieldtype not in NUMERIC_WITH_PRECISION:
		return
	if field.precision not in (None, "") and not 0 <= frappe.cint(field.precision) <= 9:
		message = _("Precision should be between 0 and 9 for {0}")
		frappe.throw(message.format(_row(field)))


def _check_index(doctype: str, field: Any, names: list[str]) -> None:
	if field.search_index and field.fieldtype in LONG_TYPES:
		message = _("{0}:Fieldtype {1} for {2} cannot be indexed")
		frappe.throw(message.format(doctype, field.fieldtype, field.label), CannotIndexedError)


def _check_unique(doctype: str, field: Any, names: list[str]) -> None:
	if not field.unique:
		return
	if field.fieldtype not in UNIQUE_TYPES:
		message = _("{0}: Fieldtype {1} for {2} cannot be unique")
		frappe.throw(message.format(doctype, field.fieldtype, field.label), NonUniqueError)
	if not field.get("__islocal") and _has_repeated_values(doctype, field.fieldname):
		message = _("{0}: Field '{1}' cannot be set as Unique as it has non-unique values")
		frappe.throw(message.format(doctype, field.label), NonUniqueError)


def _has_repeated_values(doctype: str, fieldname: str) -> bool:
	if not frappe.db.table_exists(doctype) or not frappe.db.has_column(doctype, fieldname):
		return False
	table, column = frappe.qb.DocType(doctype), frappe.qb.Field(fieldname)
	from frappe.query_builder.functions import Count

	query = (
		frappe.qb.from_(table)
		.select(column)
		.where(column.isnotnull() & (column != ""))
		.groupby(column)
		.having(Count(column) > 1)
		.limit(1)
	)
	return bool(query.run())


def _check_default(doctype: str, field: Any, names: list[str]) -> None:
	if field.fieldtype == "Check" and field.default and field.default not in ("0", "1"):
		message = _("Default for 'Check' type of field {0} must be either '0' or '1'")
		frappe.throw(message.format(frappe.bold(field.fieldname)))
	if field.fieldtype != "Select" or not field.default or not field.options:
		return
	options = [option.strip() for option in field.options.split("\n")]
	if field.default not in options and not field.default.startswith(":"):
		message = _("Default value for {0} must be in the list of options.")
		frappe.throw(message.format(frappe.bold(field.fieldname)))


def _check_data_options(doctype: str, field: Any, names: list[str]) -> None:
	if field.fieldtype != "Data" or not field.options or field.options in DATA_OPTIONS:
		return
	message = _("{0} is an invalid Data field.").format(field.label or field.fieldname)
	hint = _("Only Options allowed for Data field are:") + " " + ", ".join(DATA_OPTIONS)
	frappe.msgprint(f"{message} {hint}", raise_exception=False)


def _check_rating(doctype: str, field: Any, names: list[str]) -> None:
	if field.fieldtype == "Rating" and field.options and not 3 <= frappe.cint(field.options) <= 10:
		frappe.throw(_("Options for Rating field can range from 3 to 10"))


def _check_max_height(doctype: str, field: Any, names: list[str]) -> None:
	height = field.get("max_height")
	if height and not re.fullmatch(r"\d+(px|em|rem|vh|%)", height):
		frappe.throw(_("Max Height must be a number followed by px, em, rem, vh or %, as in 3rem"))


def _check_virtual(doctype: str, field: Any, names: list[str]) -> None:
	if field.get("is_virtual") and (field.search_index or field.unique):
		message = _("Virtual field {0} cannot be indexed or unique")
		frappe.throw(message.format(frappe.bold(field.fieldname)))


FIELD_RULES: tuple[Callable[[str, Any, list[str]], None], ...] = (
	_check_name,
	_check_unique_name,
	_check_name_length,
	_check_mandatory,
	_check_options,
	_check_hidden_mandatory,
	_check_in_list,
	_check_dynamic_link,
	_check_precision,
	_check_index,
	_check_unique,
	_check_default,
	_check_data_options,
	_check_rating,
	_check_max_height,
	_check_virtual,
)


def _check_attributes(meta: Any, fields: list[Any], names: list[str]) -> None:
	_check_fold(fields)
	_check_search_fields(meta, names)
	_check_title_field(meta, names)
	_check_image_field(meta, fields)
	_check_timeline_field(meta, names)
	_check_sort_field(meta, names)
	_check_multiselect(fields)
	_check_tree(meta, names)


def _check_fold(fields: list[Any]) -> None:
	folds = [idx for idx, field in enumerate(fields) if field.fieldtype == "Fold"]
	if len(folds) > 1:
		frappe.throw(_("There can be only one Fold in a form"))
	if not folds:
		return
	if folds[0] + 1 >= len(fields):
		frappe.throw(_("Fold can not be at the end of the form"))
	if fields[folds[0] + 1].fieldtype != "Section Break":
		frappe.throw(_("Fold must come before a Section Break"))


def _check_search_fields(meta: Any, names: list[str]) -> None:
	if not meta.get("search_fields"):
		return
	wanted = [name.strip() for name in meta.search_fields.split(",") if name.strip()]
	for name in wanted:
		if name not in names and name not in STANDARD_SEARCH:
			frappe.throw(_("Search field {0} is not valid").format(name))


def _check_title_field(meta: Any, names: list[str]) -> None:
	title = meta.get("title_field")
	if not title:
		return
	if title not in names and title != "name":
		frappe.throw(_("Title field must be a valid fieldname"), InvalidFieldNameError)
	for template in _braced(meta, title):
		if template not in names:
			frappe.throw(
				_("{{{0}}} is not a valid fieldname pattern. It should be {{field_name}}.").format(template)
			)


def _braced(meta: Any, title: str) -> list[str]:
	field = next((field for field in meta.get("fields") if field.fieldname == title), None)
	texts = [field.default, field.options] if field and field.fieldtype == "Data" else []
	return [name for text in texts if text for name in re.findall(r"{(.*?)}", text, re.UNICODE)]


def _check_image_field(meta: Any, fields: list[Any]) -> None:
	if not meta.get("image_field"):
		return
	field = next((field for field in fields if field.fieldname == meta.image_field), None)
	if not field:
		frappe.throw(_("Image field must be a valid fieldname"), InvalidFieldNameError)
	if field.fieldtype != "Attach Image":
		frappe.throw(_("Image field must be of type Attach Image"), InvalidFieldNameError)


def _check_timeline_field(meta: Any, names: list[str]) -> None:
	if not meta.get("timeline_field"):
		return
	if meta.timeline_field not in names:
		frappe.throw(_("Timeline field must be a valid fieldname"), InvalidFieldNameError)
	field = next(field for field in meta.get("fields") if field.fieldname == meta.timeline_field)
	if field.fieldtype not in ("Link", "Dynamic Link"):
		frappe.throw(_("Timeline field must be a Link or Dynamic Link"), InvalidFieldNameError)


def _check_sort_field(meta: Any, names: list[str]) -> None:
	if not meta.get("sort_field"):
		return
	parts = [part.split()[0] for part in meta.sort_field.split(",") if part.strip()]
	for name in parts:
		if name not in names and name not in STANDARD_SEARCH:
			message = _("Sort field {0} must be a valid fieldname")
			frappe.throw(message.format(name), InvalidFieldNameError)


def _check_multiselect(fields: list[Any]) -> None:
	for field in fields:
		if field.fieldtype != "Table MultiSelect" or not field.options:
			continue
		meta = frappe.get_meta(field.options)
		if not any(child.fieldtype == "Link" and child.in_list_view for child in meta.fields):
			message = _("DocType {0} provided for the field {1} must have atleast one Link field")
			frappe.throw(message.format(frappe.bold(field.options), frappe.bold(field.fieldname)))


def _check_tree(meta: Any, names: list[str]) -> None:
	parent = meta.get("nsm_parent_field")
	if meta.get("is_tree") and parent and parent not in names:
		frappe.throw(_("Parent Field must be a valid fieldname"), InvalidFieldNameError)


def validate_links_table_fieldnames(meta: Any) -> None:
	"""Check the linked documents of a DocType: each must name a field that links back.

	Raises:
		InvalidFieldNameError: a named field does not exist.
	"""
	if frappe.flags.in_patch or frappe.flags.in_fixtures or frappe.flags.in_install:
		return
	for idx, link in enumerate(meta.get("links") or (), start=1):
		_check_link(meta, link, idx)


def _check_link(meta: Any, link: Any, idx: int) -> None:
	if not link.is_child_table and not frappe.get_meta(link.link_doctype).has_field(link.link_fieldname):
		message = _("Document Links Row #{0}: Could not find field {1} in {2} DocType")
		frappe.throw(
			message.format(idx, frappe.bold(link.link_fieldname), frappe.bold(link.link_doctype)),
			InvalidFieldNameError,
		)
	if not link.is_child_table:
		return
	if not link.parent_doctype:
		message = _("Document Links Row #{0}: Parent DocType is mandatory for internal links")
		frappe.throw(message.format(idx), frappe.ValidationError, _("Parent Missing"))
	if not link.table_fieldname:
		message = _("Document Links Row #{0}: Table Fieldname is mandatory for internal links")
		frappe.throw(message.format(idx), frappe.ValidationError, _("Table Fieldname Missing"))


def check_fieldname_conflicts(docfield: Any) -> None:
	"""Refuse a fieldname that is an attribute of documents.

	Args:
		docfield: a DocField or a Custom Field.

	Raises:
		ValidationError: such a field would hide a method or a standard column.
	"""
	from frappe.core.doctype.doctype.reserved import conflicting_names

	doctype = docfield.get("dt") or docfield.get("parent")
	if docfield.fieldname in conflicting_names(doctype):
		message = _("Fieldname {0} conflicting with meta object")
		frappe.throw(message.format(frappe.bold(docfield.fieldname)))
