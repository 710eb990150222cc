"""Links of one document or child row: do they exist, and what is fetched from their targets."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import display_fieldtypes


class LinkValidation:
	"""What BaseDocument asks about its Link and Dynamic Link fields."""

	def get_invalid_links(self, is_submittable: bool = False) -> tuple[list[tuple], list[tuple]]:
		"""Return links without target and links to cancelled documents; fetch values from the others.

		Args:
			is_submittable: the document that holds this row can be submitted.

		Returns:
			Two lists of (fieldname, name, message).
		"""
		invalid: list[tuple] = []
		cancelled: list[tuple] = []
		for df in self.meta._any_link_fields:
			name = self.get(df.fieldname)
			if name:
				self._check_link(df, name, is_submittable, invalid, cancelled)
		return invalid, cancelled

	def _check_link(self, df: Any, name: Any, is_submittable: bool, invalid: list, cancelled: list) -> None:
		target = self._link_target(df)
		values = self._read_link(df, target, name)
		if not values.name:
			invalid.append((df.fieldname, name, self._link_message(df, name)))
			return
		self.__dict__[df.fieldname] = values.name
		if self._links_to_cancelled(df, target, values.name, is_submittable):
			cancelled.append((df.fieldname, name, self._link_message(df, name)))

	def _link_target(self, df: Any) -> str:
		if df.fieldtype == "Link":
			if not df.options:
				frappe.throw(frappe._("Options not set for link field {0}").format(df.fieldname))
			return df.options
		target = self.get(df.options)
		if not target:
			frappe.throw(frappe._("{0} must be set first").format(frappe._(self.meta.get_label(df.options))))
		return target

	def _read_link(self, df: Any, target: str, name: Any) -> Any:
		meta = frappe.get_meta(target)
		fetched = [each for each in self.meta.get_fields_to_fetch(df.fieldname) if self._is_to_fetch(each)]
		if meta.is_virtual:
			values = frappe.get_doc(target, name).as_dict()
		elif meta.issingle:
			values = self._read_single(target, fetched)
		elif not fetched:
			return frappe._dict(name=frappe.db.get_value(target, name, "name", cache=True))
		else:
			values = self._read_linked(meta, name, fetched)
		if values.get("name"):
			for each in fetched:
				self.set_fetch_from_value(target, each, values)
		return values

	def _is_to_fetch(self, df: Any) -> bool:
		if df.fetch_if_empty and self.get(df.fieldname) not in (None, "", 0, 0.0):
			return False
		return self.is_new() or not self.docstatus.is_submitted() or bool(df.allow_on_submit)

	def _read_single(self, target: str, fetched: list) -> Any:
		doc = frappe.get_cached_doc(target) if fetched else {}
		values = {_source_of(each): doc.get(_source_of(each)) for each in fetched}
		return frappe._dict(values, name=target)

	def _read_linked(self, meta: Any, name: Any, fetched: list) -> Any:
		stored = [_source_of(each) for each in fetched if meta.has_column(_source_of(each))]
		fields = ["name", *dict.fromkeys(stored)]
		return frappe.db.get_value(meta.name, name, fields, as_dict=True) or frappe._dict()

	def set_fetch_from_value(self, doctype: str, df: Any, values: dict[str, Any]) -> None:
		"""Copy a fetched value into its field; long text is cut to what the column holds."""
		source = _source_of(df)
		value = values.get(source)
		if df.fieldtype in display_fieldtypes:
			return
		if value and df.fieldtype in ("Data", "Select", "Small Text") and isinstance(value, str):
			limit = self.meta.length_limit(df.fieldname)
			if limit:
				value = value[:limit]
		self.set(df.fieldname, value)

	def _link_message(self, df: Any, name: Any) -> str:
		label = frappe._(df.label)
		if self.get("parentfield"):
			return "{} #{}: {}: {}".format(frappe._("Row"), self.idx, label, name)
		return f"{label}: {name}"

	def _links_to_cancelled(self, df: Any, target: str, name: Any, is_submittable: bool) -> bool:
		if df.fieldname == "amended_from" or not (is_submittable or self.meta.is_submittable):
			return False
		if not frappe.get_meta(target).is_submittable:
			return False
		return frappe.utils.cint(frappe.db.get_value(target, name, "docstatus")) == 2


def _source_of(df: Any) -> str:
	return df.fetch_from.split(".", 1)[-1]
