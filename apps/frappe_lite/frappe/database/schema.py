"""From a DocType's meta to its table: the columns it needs and what an existing table lacks."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import frappe
from frappe.database.utils import DEFAULT_SHORTCUTS, OPTIONAL_COLUMNS, VARCHAR_LEN

TYPE_MAP: dict[str, tuple[str, str | None]] = {
	"Currency": ("decimal", "21,9"),
	"Int": ("int", None),
	"Long Int": ("bigint", None),
	"Float": ("decimal", "21,9"),
	"Percent": ("decimal", "21,9"),
	"Check": ("tinyint", None),
	"Small Text": ("text", None),
	"Long Text": ("longtext", None),
	"Code": ("longtext", None),
	"Text Editor": ("longtext", None),
	"Markdown Editor": ("longtext", None),
	"HTML Editor": ("longtext", None),
	"Date": ("date", None),
	"Datetime": ("datetime", "6"),
	"Time": ("time", "6"),
	"Text": ("text", None),
	"Data": ("varchar", str(VARCHAR_LEN)),
	"Link": ("varchar", str(VARCHAR_LEN)),
	"Dynamic Link": ("varchar", str(VARCHAR_LEN)),
	"Password": ("text", None),
	"Select": ("varchar", str(VARCHAR_LEN)),
	"Rating": ("decimal", "3,2"),
	"Read Only": ("varchar", str(VARCHAR_LEN)),
	"Attach": ("text", None),
	"Attach Image": ("text", None),
	"Signature": ("longtext", None),
	"Color": ("varchar", str(VARCHAR_LEN)),
	"Barcode": ("longtext", None),
	"Geolocation": ("longtext", None),
	"Duration": ("decimal", "21,9"),
	"Icon": ("varchar", str(VARCHAR_LEN)),
	"Phone": ("varchar", str(VARCHAR_LEN)),
	"Autocomplete": ("varchar", str(VARCHAR_LEN)),
	"JSON": ("json", None),
}
NUMERIC = ("decimal", "int", "bigint", "tinyint", "double", "real")
TEXT_SIZES = ("varchar", "text", "longtext")
SPECIAL_CHARACTERS = re.compile(r"[\W]", re.UNICODE)


class InvalidColumnName(frappe.ValidationError):
	"""A field's name cannot be a column's."""


class DbColumn(NamedTuple):
	"""A column a table should have; types in MariaDB's words."""

	name: str
	type: str
	default: Any = None
	not_null: bool = False
	index: bool = False
	unique: bool = False

	@property
	def base(self) -> str:
		"""Type without its size."""
		return self.type.partition("(")[0]


def get_definition(
	fieldtype: str, precision: Any = None, length: Any = None, *, options: str | None = None
) -> str | None:
	"""Return the column type of a field such as `varchar(140)`, None when the field has no column.

	Args:
		length: of text columns in characters; an Int longer than 11 is a bigint.
		options: of a Link, the DocType it points to; a link to a DocType named by autoincrement is a bigint.
	"""
	size_of = TYPE_MAP.get(fieldtype)
	if size_of is None:
		return None
	length = frappe.utils.cint(length)
	if fieldtype == "Int" and length > 11:
		size_of = TYPE_MAP["Long Int"]
	base, size = size_of
	if base == "varchar" and length:
		size = str(length)
	return f"{base}({size})" if size else base


def validate_column_name(name: str) -> str:
	"""Return a field's name when it can be a column's.

	Raises:
		InvalidColumnName: it holds special characters.
	"""
	if special := SPECIAL_CHARACTERS.findall(name):
		frappe.throw(
			frappe._("Fieldname {0} cannot have special characters like {1}").format(
				frappe.bold(name), ", ".join(sorted(set(special)))
			),
			InvalidColumnName,
		)
	return name


def validate_column_length(fieldname: str) -> None:
	"""Refuse a field's name that is too long for a column's."""
	if len(fieldname) > frappe.db.MAX_COLUMN_LENGTH:
		frappe.throw(
			frappe._("Fieldname is limited to 64 characters ({0})").format(frappe.bold(fieldname)),
			InvalidColumnName,
		)


class DBTable:
	"""The table of one DocType; back ends supply `create()`, `alter()`, `dialect()` and `OPTIONS`."""

	OPTIONS = ""

	def __init__(self, doctype: str, meta: Any) -> None:
		self.doctype = doctype
		self.table_name = f"tab{doctype}"
		self.meta = meta

	def sync(self) -> None:
		"""Create the table, or add and widen what an existing one lacks."""
		if frappe.db.table_exists(self.doctype, cached=False):
			self.alter()
		else:
			self.create()

	def create(self) -> None:
		"""Create the table."""
		raise NotImplementedError

	def alter(self) -> None:
		"""Bring an existing table up to its meta."""
		raise NotImplementedError

	@staticmethod
	def dialect(definition: str) -> str:
		"""Return a column definition in the back end's words."""
		return definition

	def columns(self) -> list[DbColumn]:
		"""Return all columns the table should have, standard ones first."""
		wanted = {column.name: column for column in self.standard_columns()}
		for field in self.meta.get("fields") or ():
			column = self.column_of(field)
			if column is not None:
				wanted.setdefault(column.name, column)
		return list(wanted.values())

	def standard_columns(self) -> list[DbColumn]:
		"""Return the columns every table of its kind has."""
		columns = [
			self.name_column(),
			DbColumn("creation", "datetime(6)"),
			DbColumn("modified", "datetime(6)", index=not self.meta.get("istable")),
			DbColumn("modified_by", f"varchar({VARCHAR_LEN})"),
			DbColumn("owner", f"varchar({VARCHAR_LEN})"),
			DbColumn("docstatus", "tinyint", 0, not_null=True),
			DbColumn("idx", "int", 0, not_null=True),
		]
		if self.meta.get("istable"):
			columns.append(DbColumn("parent", f"varchar({VARCHAR_LEN})", index=True))
			columns += [DbColumn(name, f"varchar({VARCHAR_LEN})") for name in ("parentfield", "parenttype")]
			return columns
		optional = (*OPTIONAL_COLUMNS, "_seen") if self.meta.get("track_seen") else OPTIONAL_COLUMNS
		return columns + [DbColumn(name, "text") for name in optional]

	def name_column(self) -> DbColumn:
		"""Return the primary key's column."""
		return DbColumn(
			"name", "bigint" if self.is_autoincremented else f"varchar({VARCHAR_LEN})", not_null=True
		)

	@property
	def is_autoincremented(self) -> bool:
		"""Whether names are numbers from a counter."""
		return (self.meta.get("autoname") or "") == "autoincrement"

	def column_of(self, field: Any) -> DbColumn | None:
		"""Return the column of a DocField, None when it has none."""
		if field.get("is_virtual"):
			return None
		definition = get_definition(
			field.get("fieldtype"), field.get("precision"), field.get("length"), options=field.get("options")
		)
		if definition is None or not field.get("fieldname"):
			return None
		validate_column_name(field.get("fieldname"))
		validate_column_length(field.get("fieldname"))
		default, not_null = default_of(field, definition)
		unique = bool(frappe.utils.cint(field.get("unique")))
		index = bool(frappe.utils.cint(field.get("search_index"))) and not unique
		return DbColumn(field.get("fieldname"), definition, default, not_null, index, unique)


def default_of(field: Any, definition: str) -> tuple[Any, bool]:
	"""Return (default, not null) of a field's column; of numbers only durations and ratings may be null."""
	default = field.get("default")
	base = definition.partition("(")[0]
	fieldtype = field.get("fieldtype")
	if fieldtype in ("Check", "Int", "Long Int"):
		return frappe.utils.cint(default), True
	if fieldtype in ("Float", "Currency", "Percent"):
		return frappe.utils.flt(default), True
	not_null = bool(frappe.utils.cint(field.get("not_nullable")))
	if base not in TEXT_SIZES[:1] or default in (None, "") or _is_computed(default):
		return ("" if not_null and base in TEXT_SIZES else None), not_null
	return str(default), not_null


def _is_computed(default: Any) -> bool:
	return default in DEFAULT_SHORTCUTS or str(default).startswith((":", "eval:"))


def add_column(
	doctype: str,
	column_name: str,
	fieldtype: str,
	precision: Any = None,
	length: Any = None,
	default: Any = None,
	not_null: bool = False,
) -> None:
	"""Add a column to a DocType's table unless it has it."""
	frappe.db.table_class(doctype, frappe._dict()).add_column(
		DbColumn(
			validate_column_name(column_name), get_definition(fieldtype, precision, length), default, not_null
		)
	)
