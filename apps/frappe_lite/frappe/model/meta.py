"""Meta: the definition of a DocType as it holds on this site, compiled once per version of the site.

Standard rows are overlaid by Custom Fields, Property Setters and custom permissions. What a request asks for
often – fields by name, fields by kind, casts, statements – is worked out when the Meta is built.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.kernel.cache import shared
from frappe.model import data_fieldtypes, default_fields, optional_fields, table_fields
from frappe.model.document import Document
from frappe.model.meta_overlay import apply_overlay
from frappe.model.meta_permissions import MetaPermissions
from frappe.model.meta_plan import compile_plan
from frappe.model.meta_precision import get_field_currency as get_field_currency
from frappe.model.meta_precision import get_field_precision as get_field_precision
from frappe.model.meta_row import MetaRow
from frappe.model.meta_source import (
	PARTS,
	load_definition,
	read_custom_fields,
	read_custom_permissions,
	read_property_setters,
)
from frappe.model.trim import trim_tables as trim_tables

DEFAULT_FIELD_LABELS = {
	"name": "ID",
	"creation": "Created On",
	"docstatus": "Document Status",
	"idx": "Index",
	"modified": "Last Updated On",
	"modified_by": "Last Updated By",
	"owner": "Created By",
	"_user_tags": "Tags",
	"_liked_by": "Liked By",
	"_comments": "Comments",
	"_assign": "Assigned To",
	"_seen": "Seen By",
}
CONSTANT_FIELDS = (("creation", "Datetime"), ("owner", "Data"))


def get_meta(doctype: str, cached: bool = True) -> Meta:
	"""Return the Meta of a DocType; the same object for everybody, so never change it.

	Args:
		cached: False reads it anew.

	Raises:
		DoesNotExistError: there is no such DocType.
	"""
	if not cached:
		return Meta(doctype)
	known = shared("meta")
	meta = known.get(doctype)
	if meta is None:
		meta = Meta(doctype)
		if not meta._is_provisional:
			known[doctype] = meta
	return meta


def clear_meta_cache(doctype: str = "*") -> None:
	"""Drop the Meta of all DocTypes, in every process once this transaction is committed."""
	frappe.clear_cache(doctype=None if doctype == "*" else doctype)


def load_meta(doctype: str) -> Meta:
	"""Return a Meta that is not shared."""
	return Meta(doctype)


def get_table_columns(doctype: str) -> list[str]:
	"""Return the columns of a DocType's table."""
	return frappe.db.get_table_columns(doctype)


class Meta(MetaPermissions, Document):
	"""The definition of a DocType; child rows (`fields`, `permissions`, …) are MetaRow objects."""

	doctype = "DocType"
	_metaclass = True
	default_fields = list(default_fields)[1:]

	def __init__(self, doctype: str | dict[str, Any] | Document) -> None:
		by_name = isinstance(doctype, str)
		definition = _customised_definition(doctype) if by_name else _definition_of(doctype)
		own = self.__dict__
		for part, child in PARTS.items():
			own[part] = [MetaRow(child, row) for row in definition.pop(part, None) or ()]
		definition.pop("doctype", None)
		own.update(definition)
		own["_is_provisional"] = bool(frappe.flags.in_install_db or definition.get("_is_from_file"))
		compile_plan(self)

	def __getattr__(self, name: str) -> Any:
		if name.startswith("_"):
			raise AttributeError(name)
		return None

	def __repr__(self) -> str:
		return f"<Meta: {self.name}>"

	# ------------------------------------------------------------------ as a document
	@property
	def meta(self) -> Meta:
		return get_meta("DocType")

	def get(self, key: Any, filters: Any = None, limit: int | None = None, default: Any = None) -> Any:
		"""Return a property of the DocType, or the rows of a part that match."""
		if (
			key == "fields"
			and isinstance(filters, dict)
			and len(filters) == 1
			and filters.get("fieldtype").__class__ is str
		):
			return [df for df in self.fields if df.fieldtype == filters["fieldtype"]]
		return super().get(key, filters=filters, limit=limit, default=default)

	def get_all_children(self, parenttype: str | None = None) -> list:
		return [
			row for part, child in PARTS.items() if parenttype in (None, child) for row in getattr(self, part)
		]

	def as_dict(self, no_nulls: bool = False, **options: Any) -> dict[str, Any]:
		"""Return the definition with its rows as dicts.

		Args:
			no_nulls: leave out what is None.
		"""
		out: dict[str, Any] = {"doctype": "DocType"}
		for key, value in self.__dict__.items():
			if key in PARTS:
				out[key] = [row.as_dict(no_nulls=no_nulls) for row in value]
			elif not key.startswith("_") and not (no_nulls and value is None):
				out[key] = value
		return out

	# ------------------------------------------------------------------ fields
	def get_field(self, fieldname: str) -> Any:
		"""Return the DocField of that name, None without one."""
		return self._fields.get(fieldname)

	def has_field(self, fieldname: str) -> bool:
		"""Tell whether the DocType has a field of that name."""
		return fieldname in self._fields

	def has_column(self, fieldname: str) -> bool:
		"""Tell whether values of a field can be asked of the database."""
		return fieldname in self._columns or fieldname in optional_fields

	def get_label(self, fieldname: str) -> str:
		"""Return the label of a field, "No Label" when it has none."""
		df = self._fields.get(fieldname)
		if df is not None:
			return df.label or "No Label"
		label = DEFAULT_FIELD_LABELS.get(fieldname)
		if label:
			return frappe._(label)
		return "No Label"

	def get_options(self, fieldname: str) -> Any:
		"""Return the options of a field."""
		return self._fields[fieldname].options

	def get_valid_columns(self) -> list[str]:
		"""Return the fieldnames that have a column, standard ones first."""
		return self._valid_columns

	def get_valid_fields(self) -> list[str]:
		"""Return the fieldnames that have a value, virtual ones too."""
		return [*self._valid_columns, *(df.fieldname for df in self._virtual_fields)]

	def get_fieldnames_with_value(
		self, with_field_meta: bool = False, with_virtual_fields: bool = False
	) -> list:
		"""Return the fields that hold a value.

		Args:
			with_field_meta: DocFields instead of names.
			with_virtual_fields: virtual ones too.
		"""
		found = [
			df
			for df in self.fields
			if df.fieldtype in data_fieldtypes and (with_virtual_fields or not df.is_virtual)
		]
		return found if with_field_meta else [df.fieldname for df in found]

	def get_fields_to_check_permissions(self, user_permission_doctypes: Any) -> list:
		"""Return the link fields whose targets user permissions restrict."""
		fields = [
			df
			for df in self._link_fields
			if df.options in user_permission_doctypes and not df.ignore_user_permissions
		]
		if self.name in user_permission_doctypes:
			fields.append(frappe._dict(label="Name", fieldname="name", options=self.name))
		return fields

	def get_link_fields(self) -> list:
		"""Return the Link fields that point to a DocType."""
		return self._link_fields

	def get_dynamic_link_fields(self) -> list:
		"""Return the Dynamic Link fields."""
		return self._dynamic_link_fields

	def get_data_fields(self) -> list:
		"""Return the Data fields."""
		return self.get("fields", {"fieldtype": "Data"})

	def get_phone_fields(self) -> list:
		"""Return the Phone fields."""
		return self.get("fields", {"fieldtype": "Phone"})

	def get_select_fields(self) -> list:
		"""Return the Select fields that have options."""
		return self._select_fields

	def get_image_fields(self) -> list:
		"""Return the Attach Image fields."""
		return self.get("fields", {"fieldtype": "Attach Image"})

	def get_code_fields(self) -> list:
		"""Return the Code fields."""
		return self.get("fields", {"fieldtype": "Code"})

	def get_password_fields(self) -> list[str]:
		"""Return the names of the Password fields."""
		return self._password_fields

	def get_table_fields(self) -> list:
		"""Return the fields that hold child rows."""
		return self._table_field_rows

	def get_table_field_doctype(self, fieldname: str) -> str | None:
		"""Return the child DocType of a table field."""
		return self._table_doctypes.get(fieldname)

	def get_global_search_fields(self) -> list:
		"""Return the fields that the global search reads."""
		fields = self.get("fields", {"in_global_search": 1})
		if self.show_name_in_global_search:
			fields.append(frappe._dict(fieldtype="Data", fieldname="name", label="Name"))
		return fields

	def get_translatable_fields(self) -> list[str]:
		"""Return the names of the fields whose values are translated."""
		return [df.fieldname for df in self.fields if df.translatable]

	def get_fields_to_fetch(self, link_fieldname: str | None = None) -> list:
		"""Return the fields that copy a value from a link's target.

		Args:
			link_fieldname: only those that copy from the target of this link.
		"""
		if link_fieldname is None:
			return [df for fields in self._fetches.values() for df in fields]
		return self._fetches.get(link_fieldname, [])

	def get_set_only_once_fields(self) -> list:
		"""Return the fields that keep their first value, with the creation time and the owner."""
		return self._set_only_once

	def get_high_permlevel_fields(self) -> list:
		"""Return the fields above permission level 0."""
		return self._high_permlevel_fields

	def get_naming_series_options(self) -> list[str]:
		"""Return the series to choose from."""
		df = self.get_field("naming_series")
		return (df.options or "").split("\n") if df else []

	def length_limit(self, fieldname: str) -> int | None:
		"""Return the greatest number of characters of a field, None without limit."""
		return self._length_limits.get(fieldname)

	# ------------------------------------------------------------------ properties
	def get_title_field(self) -> str:
		"""Return the field whose value names a document for people."""
		title_field = self.title_field
		if not title_field and self.has_field("title"):
			title_field = "title"
		return title_field or "name"

	def get_search_fields(self) -> list[str]:
		"""Return the fields that a link search reads, the name first or added."""
		fields = [name.strip() for name in (self.search_fields or "name").split(",")]
		if "name" not in fields:
			fields.append("name")
		return fields

	def get_list_fields(self) -> list[str]:
		"""Return the fields that the list shows."""
		shown = [df.fieldname for df in self.fields if df.in_list_view and df.fieldtype in data_fieldtypes]
		names = ["name", *shown]
		if self.title_field and self.title_field not in names:
			names.append(self.title_field)
		return names

	def get_custom_fields(self) -> list:
		"""Return the fields that were added on this site."""
		return [df for df in self.fields if df.is_custom_field]

	def get_workflow(self) -> str | None:
		"""Return the active Workflow of the DocType."""
		known = shared("active_workflows").get("all")
		if known is None:
			known = shared("active_workflows")["all"] = _active_workflows()
		return known.get(self.name)

	def get_parent_doctypes(self) -> list[str]:
		"""Return the DocTypes that have a table of this child DocType."""
		return frappe.get_all(
			"DocField",
			filters={"fieldtype": ("in", table_fields), "options": self.name},
			pluck="parent",
			distinct=True,
		)

	def is_translatable(self, fieldname: str) -> bool:
		"""Tell whether the values of a field are translated."""
		df = self.get_field(fieldname)
		return bool(df and df.translatable)

	def is_nested_set(self) -> bool:
		"""Tell whether the documents form a tree."""
		return self.has_field("lft") and self.has_field("rgt")

	def get_web_template(self, suffix: str = "") -> str | None:
		"""Return the path of the template in the DocType's folder that shows a document on the web."""
		import os

		from frappe.modules.utils import get_module_app

		folder = frappe.scrub(self.name)
		parts = (frappe.scrub(self.module), "doctype", folder, "templates", f"{folder}{suffix}.html")
		if os.path.exists(frappe.get_app_path(get_module_app(self.module), *parts)):
			return os.path.join(*parts)
		return None

	def get_dashboard_data(self) -> Any:
		"""Return what the form's head shows of linked documents."""
		from frappe.model.meta_dashboard import dashboard_data

		return dashboard_data(self)

	# ------------------------------------------------------------------ statements
	def insert_statement(self, columns: tuple[str, ...]) -> str:
		"""Return the statement that inserts a row of these columns."""
		statement = self._statements.get(("insert", columns))
		if statement is None:
			names = ", ".join(f"`{column}`" for column in columns)
			marks = ", ".join(["%s"] * len(columns))
			statement = f"insert into `tab{self.name}` ({names}) values ({marks})"
			self._statements[("insert", columns)] = statement
		return statement

	def update_statement(self, columns: tuple[str, ...]) -> str:
		"""Return the statement that updates these columns of one row."""
		statement = self._statements.get(("update", columns))
		if statement is None:
			names = ", ".join(f"`{column}` = %s" for column in columns)
			statement = f"update `tab{self.name}` set {names} where `name` = %s"
			self._statements[("update", columns)] = statement
		return statement


def _customised_definition(doctype: str) -> dict[str, Any]:
	definition = load_definition(doctype)
	custom_fields = [] if doctype in _NEVER_CUSTOMISED else read_custom_fields(doctype)
	setters = read_property_setters(doctype)
	apply_overlay(definition, custom_fields, setters)
	custom_permissions = [] if definition.get("istable") else read_custom_permissions(doctype)
	if custom_permissions:
		definition["permissions"] = custom_permissions
	return definition


_NEVER_CUSTOMISED = frozenset(("DocType", "DocField", "DocPerm", "Custom Field", "Property Setter"))


def _definition_of(source: Any) -> dict[str, Any]:
	if isinstance(source, Document):
		values = dict(source.__dict__)
		rows = {part: [dict(row.__dict__) for row in source.get(part) or ()] for part in PARTS}
	else:
		values = dict(source)
		rows = {part: [dict(row) for row in source.get(part) or ()] for part in PARTS}
	plain = {key: value for key, value in values.items() if not key.startswith("_") and key != "flags"}
	return {**plain, **rows}


def _active_workflows() -> dict[str, str]:
	try:
		rows = frappe.db.sql("select `document_type`, `name` from `tabWorkflow` where `is_active` = 1")
	except Exception as error:
		if not frappe.db.is_table_missing(error):
			raise
		return {}
	return dict(rows)


# ---------------------------------------------------------------------- questions without a Meta at hand
def is_single(doctype: str) -> bool:
	"""Tell whether a DocType has only one document."""
	return bool(get_meta(doctype).issingle)


def is_table(doctype: str) -> bool:
	"""Tell whether a DocType's documents are rows of others."""
	return bool(get_meta(doctype).istable)


def get_parent_dt(dt: str) -> str:
	"""Return a DocType that has a table of this child DocType, "" without one."""
	return frappe.db.get_value("DocField", {"fieldtype": ("in", table_fields), "options": dt}, "parent") or ""


def set_fieldname(field_id: str, fieldname: str) -> None:
	"""Set the fieldname of a DocField row."""
	frappe.db.set_value("DocField", field_id, "fieldname", fieldname)


def get_default_df(fieldname: str) -> Any:
	"""Return a DocField for a field every DocType has."""
	if fieldname not in (*default_fields, *optional_fields):
		return None
	fieldtype = "Datetime" if fieldname in ("creation", "modified") else "Data"
	if fieldname in ("idx", "docstatus"):
		fieldtype = "Int"
	return frappe._dict(fieldname=fieldname, fieldtype=fieldtype, label=DEFAULT_FIELD_LABELS.get(fieldname))
