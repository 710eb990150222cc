"""Values of single DocTypes: rows (doctype, field, value) of `tabSingles`."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.types import _dict


class Singles:
	"""The methods of a Database for single DocTypes."""

	def get_values_from_single(
		self,
		fields: Any,
		filters: Any,
		doctype: str,
		as_dict: bool = False,
		debug: bool = False,
		update: dict | None = None,
		**_ignored: Any,
	) -> list:
		"""Return one row with the stored values of a single DocType's fields, [] when none is stored.

		Args:
			fields: list of fields, or "*" for all that are stored.
			filters: ignored, a single DocType has one document.
		"""
		stored = self._stored_singles(doctype, debug)
		if fields == "*" or as_dict:
			wanted = stored if fields == "*" else {key: stored[key] for key in fields if key in stored}
			if not wanted:
				return []
			row = _dict(wanted)
			return [row.update(update) if update else row]
		found = [stored.get(field) for field in fields]
		return [found] if any(field in stored for field in fields) else []

	def _stored_singles(self, doctype: str, debug: bool = False) -> dict[str, Any]:
		rows = self.sql(
			"select `field`, `value` from `tabSingles` where `doctype` = %s", (doctype,), debug=debug
		)
		return dict(rows)

	def get_singles_dict(
		self, doctype: str, debug: bool = False, *, for_update: bool = False, cast: bool = False
	) -> _dict:
		"""Return the stored values of a single DocType.

		Args:
			for_update: lock the rows (MariaDB).
			cast: values as the fields' types instead of text.
		"""
		lock = " for update" if for_update else ""
		query = f"select `field`, `value` from `tabSingles` where `doctype` = %s{lock}"
		values = _dict(self.sql(query, (doctype,), debug=debug))
		return self._cast_singles(doctype, values) if cast else values

	@staticmethod
	def _cast_singles(doctype: str, values: _dict) -> _dict:
		from frappe.utils import cast as cast_value

		meta = frappe.get_meta(doctype)
		for fieldname, value in values.items():
			field = meta.get_field(fieldname)
			if field and value is not None:
				values[fieldname] = cast_value(field.fieldtype, value)
		return values

	def get_single_value(self, doctype: str, fieldname: str, cache: bool = True) -> Any:
		"""Return a value of a single DocType as its field's type.

		Args:
			cache: remember the answer until the transaction ends.

		Raises:
			frappe.ValidationError: the DocType has no such field.
		"""
		known = self.value_cache.setdefault(doctype, {})
		if cache and fieldname in known:
			return known[fieldname]
		rows = self.sql(
			"select `value` from `tabSingles` where `doctype` = %s and `field` = %s", (doctype, fieldname)
		)
		value = self._cast_single(doctype, fieldname, rows[0][0] if rows else None)
		known[fieldname] = value
		return value

	def _cast_single(self, doctype: str, fieldname: str, value: Any) -> Any:
		from frappe.utils import cast

		field = frappe.get_meta(doctype).get_field(fieldname)
		if not field:
			message = frappe._("Field {0} does not exist on {1}").format(
				frappe.bold(fieldname), frappe.bold(doctype)
			)
			frappe.throw(message, self.InvalidColumnName)
		return cast(field.fieldtype, value)

	def set_single_value(
		self,
		doctype: str,
		fieldname: str | dict,
		value: Any = None,
		modified: Any = None,
		modified_by: str | None = None,
		update_modified: bool = True,
		debug: bool = False,
	) -> None:
		"""Store values of a single DocType without running its controller."""
		from frappe.utils import now

		values = dict(fieldname) if isinstance(fieldname, dict) else {fieldname: value}
		if update_modified:
			values["modified"] = modified or now()
			values["modified_by"] = modified_by or frappe.session.user
		self.store_singles(doctype, values, debug)
		frappe.clear_document_cache(doctype, doctype)

	def store_singles(self, doctype: str, values: dict[str, Any], debug: bool = False) -> None:
		"""Replace stored values of a single DocType, and nothing else."""
		if not values:
			return
		self.sql(
			"delete from `tabSingles` where `doctype` = %s and `field` in %s",
			(doctype, tuple(values)),
			debug=debug,
		)
		rows = [item for field, value in values.items() for item in (doctype, field, _as_stored(value))]
		places = ", ".join(["(%s, %s, %s)"] * len(values))
		self.sql(f"insert into `tabSingles` (`doctype`, `field`, `value`) values {places}", rows, debug=debug)
		self.value_cache.pop(doctype, None)


def _as_stored(value: Any) -> str | None:
	if value is None:
		return None
	return str(int(value)) if isinstance(value, bool) else str(value)
