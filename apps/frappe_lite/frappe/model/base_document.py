"""A document as values: reading and setting fields, child rows, its dict, its row in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, ClassVar

import frappe
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.model.child_filter import filter_rows
from frappe.model.controllers import get_controller as get_controller
from frappe.model.docstatus import DocStatus
from frappe.model.field_validation import FieldValidation
from frappe.model.formatting import FormattedValues
from frappe.model.link_validation import LinkValidation
from frappe.types import _dict
from frappe.utils.caching import request_cache

RESERVED = frozenset(
	(
		"doctype",
		"meta",
		"flags",
		"parent_doc",
		"permitted_fieldnames",
		"dont_update_if_missing",
		"_meta",
		"_action",
		"_doc_before_save",
		"_original_modified",
		"_table_fieldnames",
		"_valid_columns",
	)
)
PRIVATE_PROPERTIES = ("_user_tags", "__islocal", "__onload", "_liked_by", "__run_link_triggers", "__unsaved")
MAX_HASH_RETRIES = 5
COMPOUND = (list, dict, _dict)


class BaseDocument(FieldValidation, LinkValidation, FormattedValues):
	"""The values of a document or of one row of a child table."""

	dont_update_if_missing: ClassVar[tuple[str, ...]] = ()

	def __init__(self, d: dict[str, Any]) -> None:
		if d.get("doctype"):
			self.doctype = d["doctype"]
		self.update(d)
		if hasattr(self, "__setup__"):
			self.__setup__()

	@cached_property
	def flags(self) -> _dict:
		return _dict()

	@property
	def meta(self) -> Any:
		found = self.__dict__.get("_meta")
		if found is None:
			found = self.__dict__["_meta"] = frappe.get_meta(self.doctype)
		return found

	@property
	def docstatus(self) -> DocStatus:
		return DocStatus.of(self.__dict__.get("docstatus"))

	@docstatus.setter
	def docstatus(self, value: Any) -> None:
		self.__dict__["docstatus"] = DocStatus.of(value)

	@property
	def _table_fieldnames(self) -> dict[str, str]:
		return self.meta._table_doctypes

	@cached_property
	def permitted_fieldnames(self) -> list[str]:
		from frappe.model import get_permitted_fields

		return get_permitted_fields(self.doctype, parenttype=self.get("parenttype"))

	def __getstate__(self) -> dict[str, Any]:
		state = self.__dict__.copy()
		state.pop("_meta", None)
		state.pop("permitted_fieldnames", None)
		return state

	# ------------------------------------------------------------------ values
	def get(self, key: Any, filters: Any = None, limit: int | None = None, default: Any = None) -> Any:
		"""Return the value of a field, or the child rows that match.

		Args:
			key: fieldname; a dict asks all child rows of the document.
			filters: conditions on the rows of a table field, or the default of any other field.
			limit: greatest number of rows.
			default: answer for a field that has no value.
		"""
		if isinstance(key, dict):
			return filter_rows(self.get_all_children(), key, limit)
		if filters:
			if isinstance(filters, dict):
				return filter_rows(self.__dict__.get(key) or [], filters, limit)
			default = filters
		value = self.__dict__.get(key, default)
		if limit and isinstance(value, list | tuple) and len(value) > limit:
			value = value[:limit]
		return value

	def getone(self, key: Any, filters: Any = None) -> Any:
		"""Return the first child row that matches, None without one."""
		found = self.get(key, filters=filters, limit=1)
		return found[0] if found else None

	def set(self, key: str, value: Any, as_value: bool = False) -> None:
		"""Set a field; the value of a table field is a list of rows, which replaces the present ones.

		Names that belong to the runtime itself and names of methods are left alone, so that posted values
		cannot disarm a controller.
		"""
		if key in RESERVED:
			return
		if not as_value and key in self._table_fieldnames:
			self.__dict__[key] = []
			if value:
				self.extend(key, value)
			return
		if key not in self.__dict__ and self._is_method(key) and not callable(value):
			return
		self.__dict__[key] = DocStatus.of(value) if key == "docstatus" else value

	def _is_method(self, key: str) -> bool:
		return callable(getattr(type(self), key, None)) and key not in self.meta._fields

	def delete_key(self, key: str) -> None:
		"""Forget a value."""
		self.__dict__.pop(key, None)

	def update(self, d: dict[str, Any]) -> BaseDocument:
		"""Set several fields, the name first, because child rows point to it."""
		if "name" in d:
			self.name = d["name"]
		as_value = bool("flags" in self.__dict__ and self.flags.ignore_children)
		for key, value in d.items():
			self.set(key, value, as_value=as_value)
		return self

	def update_if_missing(self, d: Any) -> None:
		"""Set those fields that have no value yet."""
		values = d.get_valid_dict() if isinstance(d, BaseDocument) else d
		skipped = self.dont_update_if_missing
		own = self.__dict__
		for key, value in values.items():
			if value is not None and own.get(key) is None and key not in skipped:
				self.set(key, value)

	def get_db_value(self, key: str) -> Any:
		"""Return what the database holds for a field."""
		return frappe.db.get_value(self.doctype, self.name, key)

	def get_parent(self) -> Any:
		"""Return the document that a child row belongs to."""
		return frappe.get_doc(self.parenttype, self.parent)

	def is_new(self) -> bool:
		"""Tell whether the document is not in the database yet."""
		return bool(self.__dict__.get("__islocal"))

	@property
	def parent_doc(self) -> Any:
		return self.__dict__.get("_parent_doc")

	@parent_doc.setter
	def parent_doc(self, value: Any) -> None:
		self.__dict__["_parent_doc"] = value

	# ------------------------------------------------------------------ child rows
	def append(self, key: str, value: Any = None, position: int = -1) -> Any:
		"""Add a row to a table field and return it.

		Args:
			key: the table field.
			value: values of the row as dict or document.
			position: index to insert at; -1 adds at the end.
		"""
		row = self._init_child({} if value is None else value, key)
		table = self.__dict__.get(key)
		if table is None:
			table = self.__dict__[key] = []
		if position == -1:
			table.append(row)
		else:
			table.insert(position, row)
			for idx, each in enumerate(table, 1):
				each.idx = idx
		row.parent_doc = self
		return row

	def extend(self, key: str, value: Iterable[Any]) -> None:
		"""Add several rows to a table field.

		Raises:
			ValidationError: the value is no list of rows.
		"""
		if isinstance(value, dict | str) or not isinstance(value, Iterable):
			label = frappe._(self.meta.get_label(key))
			frappe.throw(frappe._("{0} must be a list of rows").format(label))
		for row in value:
			self.append(key, row)

	def remove(self, doc: Any) -> None:
		"""Take a row out of its table field and number the others anew."""
		table = self.get(doc.parentfield)
		if table:
			table.remove(doc)
			for idx, row in enumerate(table, 1):
				row.idx = idx

	def _init_child(self, value: Any, key: str) -> Any:
		doctype = self._child_doctype(key)
		if not isinstance(value, BaseDocument):
			if not isinstance(value, dict):
				frappe.throw(frappe._("A row of {0} must be an object").format(key))
			value = get_controller(doctype)({**value, "doctype": doctype})
		own = value.__dict__
		own.update(parent=self.get("name"), parenttype=self.doctype, parentfield=key)
		if own.get("docstatus") is None:
			own["docstatus"] = DocStatus.draft()
		if not own.get("idx"):
			own["idx"] = len(self.__dict__.get(key) or ()) + 1
		if not own.get("name"):
			own["__islocal"] = 1
		return value

	def _child_doctype(self, key: str) -> str:
		doctype = self._table_fieldnames.get(key)
		if not doctype:
			raise AttributeError(f"{self.doctype} has no table field {key}")
		return doctype

	def get_all_children(self, parenttype: str | None = None) -> list:
		"""Return the rows of all table fields, or only those of one child DocType."""
		own = self.__dict__
		rows: list = []
		for fieldname, doctype in self._table_fieldnames.items():
			if parenttype is None or doctype == parenttype:
				rows.extend(own.get(fieldname) or ())
		return rows

	# ------------------------------------------------------------------ as values
	def init_valid_columns(self) -> None:
		"""Give every field of the DocType a value, None unless it is known."""
		own = self.__dict__
		for key, value in self.meta._empty_values.items():
			if key not in own or (value is not None and own[key] is None):
				own[key] = value

	def get_valid_columns(self) -> list[str]:
		"""Return the fields that have a column."""
		return self.meta.get_valid_columns()

	def get_valid_dict(
		self,
		sanitize: bool = True,
		convert_dates_to_str: bool = False,
		ignore_nulls: bool = False,
		ignore_virtual: bool = False,
	) -> _dict:
		"""Return fieldname → value of all fields of the DocType, numbers cast to their type.

		Args:
			sanitize: answer fields without a value as well.
			convert_dates_to_str: dates and times as text.
			ignore_nulls: leave out what is None.
			ignore_virtual: leave out fields that are computed.
		"""
		own = self.__dict__
		out = _dict()
		for fieldname, cast in self.meta._value_plan:
			value = own.get(fieldname)
			if value is None and not sanitize:
				continue
			if cast is not None:
				value = cast(value)
			elif value.__class__ in COMPOUND:
				self._refuse_compound(fieldname, value)
			out[fieldname] = value
		if not ignore_virtual and self.meta._virtual_fields:
			out.update(self._virtual_values())
		if convert_dates_to_str:
			_dates_to_text(out)
		return _dict((k, v) for k, v in out.items() if v is not None) if ignore_nulls else out

	def _refuse_compound(self, fieldname: str, value: Any) -> None:
		df = self.meta.get_field(fieldname)
		label = frappe._(df.label) if df else fieldname
		if value.__class__ is list:
			frappe.throw(frappe._("Value for {0} cannot be a list").format(label))
		frappe.throw(frappe._("Invalid value for {0}").format(label))

	def _virtual_values(self) -> Iterator[tuple[str, Any]]:
		for df in self.meta._virtual_fields:
			if df.fieldname in self.permitted_fieldnames:
				yield df.fieldname, self._virtual_value(df)

	def _virtual_value(self, df: Any) -> Any:
		if isinstance(getattr(type(self), df.fieldname, None), property | cached_property):
			return getattr(self, df.fieldname)
		if not df.options:
			return self.get(df.fieldname)
		return frappe.safe_eval(df.options, _expression_globals(), {"doc": self})

	def as_dict(
		self,
		no_nulls: bool = False,
		no_default_fields: bool = False,
		convert_dates_to_str: bool = False,
		no_child_table_fields: bool = False,
		no_private_properties: bool = False,
	) -> _dict:
		"""Return the document as a dict, its child rows as lists of dicts.

		Args:
			no_nulls: leave out what is None.
			no_default_fields: leave out name, owner, creation and the like.
			convert_dates_to_str: dates and times as text.
			no_child_table_fields: leave out parent, parenttype, parentfield.
			no_private_properties: leave out what begins with an underscore.
		"""
		own = self.__dict__
		doc = self.get_valid_dict(convert_dates_to_str=convert_dates_to_str, ignore_nulls=no_nulls)
		doc["doctype"] = self.doctype
		for fieldname in self._table_fieldnames:
			doc[fieldname] = [
				row.as_dict(
					no_nulls,
					no_default_fields,
					convert_dates_to_str,
					no_child_table_fields,
					no_private_properties,
				)
				for row in own.get(fieldname) or ()
			]
		_drop(
			doc,
			default_fields if no_default_fields else (),
			child_table_fields if no_child_table_fields else (),
		)
		if not no_private_properties:
			doc.update((key, own[key]) for key in PRIVATE_PROPERTIES if own.get(key))
		return doc

	def as_json(self) -> str:
		"""Return the document as JSON text."""
		return frappe.as_json(self.as_dict())

	def get_table_field_doctype(self, fieldname: str) -> str | None:
		"""Return the child DocType of a table field."""
		return self._table_fieldnames.get(fieldname)

	def get_parentfield_of_doctype(self, doctype: str) -> str | None:
		"""Return the table field that holds rows of a child DocType."""
		return next((name for name, child in self._table_fieldnames.items() if child == doctype), None)

	# ------------------------------------------------------------------ its row
	def db_insert(self, ignore_if_duplicate: bool = False) -> None:
		"""Insert the row without any check; a name is made if there is none.

		Raises:
			DuplicateEntryError: the name is taken.
			UniqueValidationError: a value that must be unique is taken.
		"""
		if not self.get("name"):
			from frappe.model.naming import set_new_name

			set_new_name(self)
		values = self.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
		try:
			frappe.db.sql(self.meta.insert_statement(tuple(values)), tuple(values.values()))
		except frappe.db.Error as error:
			if not self._recover_from(error, ignore_if_duplicate):
				raise
		self.__dict__["__islocal"] = False

	def _recover_from(self, error: Exception, ignore_if_duplicate: bool) -> bool:
		if frappe.db.is_primary_key_violation(error) or self._is_name_taken(error):
			return self._recover_from_taken_name(error, ignore_if_duplicate)
		if frappe.db.is_unique_key_violation(error):
			self.show_unique_validation_message(error)
		return False

	def _is_name_taken(self, error: Exception) -> bool:
		"""The field that names a document is often unique as well, and either may be found first."""
		if not frappe.db.is_unique_key_violation(error):
			return False
		return bool(frappe.db.sql(f"select 1 from `tab{self.doctype}` where `name` = %s", (self.name,)))

	def _recover_from_taken_name(self, error: Exception, ignore_if_duplicate: bool) -> bool:
		if self.meta.autoname == "hash" or self.meta.istable:
			self.flags.retry_count = (self.flags.retry_count or 0) + 1
			if self.flags.retry_count > MAX_HASH_RETRIES:
				return False
			self.name = None
			self.db_insert()
			return True
		if ignore_if_duplicate:
			return True
		frappe.msgprint(
			frappe._("{0} {1} already exists").format(frappe._(self.doctype), frappe.bold(self.name)),
			title=frappe._("Duplicate Name"),
			indicator="red",
		)
		raise frappe.DuplicateEntryError(self.doctype, self.name, error) from error

	def show_unique_validation_message(self, error: Exception) -> None:
		"""Say which value must be unique.

		Raises:
			UniqueValidationError: always.
		"""
		words = set(str(error).replace(".", " ").replace("'", " ").replace(",", " ").split())
		labels = [
			frappe._(df.label) for df in self.meta.get("fields", {"unique": 1}) if df.fieldname in words
		]
		frappe.msgprint(frappe._("{0} must be unique").format(frappe.bold(", ".join(labels) or self.doctype)))
		raise frappe.UniqueValidationError(self.doctype, self.name, error) from error

	def db_update(self) -> None:
		"""Write the row without any check; a new document is inserted.

		Raises:
			UniqueValidationError: a value that must be unique is taken.
		"""
		if self.is_new() or not self.get("name"):
			self.db_insert()
			return
		values = self.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
		name = values.pop("name")
		try:
			frappe.db.sql(self.meta.update_statement(tuple(values)), (*values.values(), name))
		except frappe.db.Error as error:
			if frappe.db.is_unique_key_violation(error):
				self.show_unique_validation_message(error)
			raise

	def db_update_all(self) -> None:
		"""Write the rows of the document and of its children without any check."""
		self.db_update()
		for row in self.get_all_children():
			row.db_update()


@request_cache
def _expression_globals() -> dict[str, Any]:
	from frappe.utils.safe_exec import get_safe_globals

	return get_safe_globals()


def _dates_to_text(values: dict[str, Any]) -> None:
	for key, value in values.items():
		if isinstance(value, date | datetime | time | timedelta):
			values[key] = str(value)


def _drop(doc: dict[str, Any], *groups: Iterable[str]) -> None:
	for group in groups:
		for key in group:
			doc.pop(key, None)


__all__ = ["BaseDocument", "get_controller", "optional_fields"]
