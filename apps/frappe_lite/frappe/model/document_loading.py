"""Reading a document and its rows from the database."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.controllers import get_controller
from frappe.model.docstatus import DocStatus


class DocumentLoading:
	"""How Document fills itself."""

	def load_from_db(self) -> Any:
		"""Read the document and its rows.

		Raises:
			DoesNotExistError: there is no such document.
		"""
		if self.meta.issingle:
			self._load_single()
		else:
			self._load_row()
		self.load_children_from_db()
		if hasattr(self, "__setup__"):
			self.__setup__()
		return self

	def _load_single(self) -> None:
		values = frappe.db.get_singles_dict(self.doctype)
		if not values:
			values = frappe.new_doc(self.doctype, as_dict=True)
			values["name"] = self.doctype
			values.pop("__islocal", None)
		own = self.__dict__
		own.update(values)
		own["name"] = self.doctype
		own["docstatus"] = DocStatus.of(own.get("docstatus"))
		own.pop("__unsaved", None)
		self.init_valid_columns()
		self._fix_numeric_types()

	def _load_row(self) -> None:
		row = self._read_row(self.__dict__["name"])
		if row is None:
			frappe.throw(
				frappe._("{0} {1} not found").format(frappe._(self.doctype), self.name),
				frappe.DoesNotExistError,
			)
		own = self.__dict__
		own.update(row)
		own["docstatus"] = DocStatus.of(own.get("docstatus"))

	def _read_row(self, name: Any) -> Any:
		if isinstance(name, dict | list):
			name = frappe.db.get_value(self.doctype, name, "name")
		if name is None:
			return None
		suffix = " for update" if self.flags.for_update else ""
		rows = frappe.db.sql(
			f"select * from `tab{self.doctype}` where `name` = %s{suffix}", (name,), as_dict=True
		)
		return rows[0] if rows else None

	def load_children_from_db(self) -> None:
		"""Read the rows of all table fields."""
		own = self.__dict__
		for fieldname, doctype in self._table_fieldnames.items():
			if frappe.get_meta(doctype).is_virtual:
				own[fieldname] = []
				continue
			rows = frappe.db.sql(
				f"select * from `tab{doctype}` where `parent` = %s and `parenttype` = %s"
				" and `parentfield` = %s order by `idx` asc",
				(str(self.name), self.doctype, fieldname),
				as_dict=True,
			)
			own[fieldname] = self._rows_as_documents(rows, doctype) if rows else []

	def _rows_as_documents(self, rows: list[dict], doctype: str) -> list:
		controller = get_controller(doctype)
		documents = []
		for row in rows:
			document = controller.__new__(controller)
			own = document.__dict__
			own["doctype"] = doctype
			own.update(row)
			own["docstatus"] = DocStatus.of(own.get("docstatus"))
			own["_parent_doc"] = self
			if hasattr(document, "__setup__"):
				document.__setup__()
			documents.append(document)
		return documents

	def init_child_tables(self) -> None:
		"""Give every table field a list."""
		own = self.__dict__
		for fieldname in self._table_fieldnames:
			if own.get(fieldname) is None:
				own[fieldname] = []

	def reload(self) -> Any:
		"""Read the document anew and drop what was not saved."""
		flags = {key: self.flags[key] for key in ("ignore_permissions",) if self.flags.get(key)}
		doctype, name = self.doctype, self.name
		self.__dict__.clear()
		self.__dict__.update(doctype=doctype, name=name)
		self.flags.update(flags)
		return self.load_from_db()

	reload_doc = reload

	def get_latest(self) -> Any:
		"""Return what the database holds; read once."""
		if self.__dict__.get("_latest") is None:
			self.__dict__["_latest"] = frappe.get_doc(self.doctype, self.name)
		return self.__dict__["_latest"]

	def load_doc_before_save(self, *, raise_exception: bool = False) -> None:
		"""Keep what the database holds before the save.

		Raises:
			DoesNotExistError: the document is gone and `raise_exception` is set.
		"""
		self.__dict__["_doc_before_save"] = None
		if self.is_new():
			return
		try:
			self._doc_before_save = frappe.get_doc(self.doctype, self.name, for_update=True)
		except frappe.DoesNotExistError:
			if raise_exception:
				raise
			frappe.clear_last_message()
