"""Reading of documents' values: `get_value`, `get_values`, singles, counts, existence."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.database.filters import NotPlain, build_condition
from frappe.database.singles import Singles
from frappe.database.utils import DefaultOrderBy, quote_name, table_name

_by_name: dict[tuple[str, Any], str] = {}


class Reading(Singles):
	"""The reading methods of a Database."""

	def get_value(
		self,
		doctype: str,
		filters: Any = None,
		fieldname: Any = "name",
		ignore: Any = None,
		as_dict: bool = False,
		debug: bool = False,
		order_by: str | None = DefaultOrderBy,
		cache: bool = False,
		for_update: bool = False,
		*,
		run: bool = True,
		pluck: bool = False,
		distinct: bool = False,
		skip_locked: bool = False,
		wait: bool = True,
	) -> Any:
		"""Return a value of the first matching document, a tuple or _dict of several; None when none matches.

		Args:
			doctype: DocType; of a single DocType its stored values are read.
			filters: a name, a dict or list of filters.
			fieldname: a field, a list of fields or "*".
			ignore: a missing table or column gives None.
			as_dict: several values as _dict.
			order_by: which document is the first; by default the last modified.
			cache: remember the answer of a lookup by name until the transaction ends.
			for_update: lock the row (MariaDB; SQLite has one writer).
			skip_locked, wait: pass over locked rows, or fail at once on them (MariaDB).
		"""
		if (
			run
			and type(filters) is str
			and filters != doctype
			and not (cache or for_update or debug or pluck or ignore)
		):
			return self._value_by_name(doctype, filters, fieldname, as_dict)
		result = self.get_values(
			doctype,
			filters,
			fieldname,
			ignore,
			as_dict,
			debug,
			order_by,
			cache=cache,
			for_update=for_update,
			run=run,
			pluck=pluck,
			distinct=distinct,
			limit=1,
			skip_locked=skip_locked,
			wait=wait,
		)
		if not run:
			return result
		if not result:
			return None
		row = result[0]
		return row if as_dict or pluck or len(row) > 1 else row[0]

	def _value_by_name(self, doctype: str, name: str, fieldname: Any, as_dict: bool) -> Any:
		key = (doctype, fieldname if isinstance(fieldname, str) else tuple(fieldname))
		query = _by_name.get(key)
		if query is None:
			table = quote_name(table_name(doctype))
			query = _by_name[key] = f"select {_columns(fieldname)} from {table} where `name` = %s limit 1"
		rows = self.sql(query, (name,), as_dict=as_dict)
		if not rows:
			return None
		row = rows[0]
		return row if as_dict or len(row) > 1 else row[0]

	def get_values(
		self,
		doctype: str,
		filters: Any = None,
		fieldname: Any = "name",
		ignore: Any = None,
		as_dict: bool = False,
		debug: bool = False,
		order_by: str | None = DefaultOrderBy,
		update: dict | None = None,
		cache: bool = False,
		for_update: bool = False,
		*,
		run: bool = True,
		pluck: bool = False,
		distinct: bool = False,
		limit: int | None = None,
		skip_locked: bool = False,
		wait: bool = True,
	) -> Any:
		"""Return the values of all matching documents; arguments as `get_value`.

		Args:
			update: values laid over every row with `as_dict`.
			limit: how many rows at most.
		"""
		cache_key = (filters, str(fieldname), as_dict) if cache and isinstance(filters, str) else None
		if cache_key and cache_key in self.value_cache.get(doctype, ()):
			return self.value_cache[doctype][cache_key]
		if filters is None or (filters == doctype and doctype != "DocType"):
			fields = fieldname if fieldname == "*" or not isinstance(fieldname, str) else [fieldname]
			result = self.get_values_from_single(fields, filters, doctype, as_dict, debug, update)
		else:
			query, values = self._select(
				doctype, filters, fieldname, order_by, distinct, limit, _lock(for_update, skip_locked, wait)
			)
			result = self._run_select(query, values, ignore, as_dict, debug, update, run, pluck)
		if cache_key:
			self.value_cache.setdefault(doctype, {})[cache_key] = result
		return result

	def _run_select(
		self,
		query: str,
		values: Any,
		ignore: Any,
		as_dict: bool,
		debug: bool,
		update: dict | None,
		run: bool,
		pluck: bool,
	) -> Any:
		try:
			return self.sql(query, values, as_dict=as_dict, debug=debug, update=update, run=run, pluck=pluck)
		except self.Error as error:
			if ignore and (self.is_missing_column(error) or self.is_table_missing(error)):
				return None
			raise

	def _select(
		self,
		doctype: str,
		filters: Any,
		fieldname: Any,
		order_by: str | None,
		distinct: bool,
		limit: int | None,
		lock: str = "",
	) -> tuple[str, Any]:
		try:
			condition, values = build_condition(doctype, filters)
			columns = _columns(fieldname)
		except NotPlain:
			return self._joined_select(doctype, filters, fieldname, order_by, distinct, limit)
		query = f"select {'distinct ' if distinct else ''}{columns} from {quote_name(table_name(doctype))}"
		if condition:
			query += f" where {condition}"
		order = _order_of(doctype, order_by)
		if order:
			query += f" order by {order}"
		if limit:
			query += f" limit {int(limit)}"
		return query + lock, values

	def _joined_select(
		self,
		doctype: str,
		filters: Any,
		fieldname: Any,
		order_by: str | None,
		distinct: bool,
		limit: int | None,
	) -> tuple[str, Any]:
		query = frappe.qb.get_query(
			doctype,
			fields=fieldname,
			filters=filters,
			order_by=None if order_by == DefaultOrderBy else order_by,
			distinct=distinct,
			limit=limit,
		)
		return query.walk()

	def get_all(self, doctype: str, *args: Any, **kwargs: Any) -> Any:
		"""Return documents' values without regard to permissions, see `frappe.get_all`."""
		return frappe.get_all(doctype, *args, **kwargs)

	def get_list(self, doctype: str, *args: Any, **kwargs: Any) -> Any:
		"""Return documents' values that the user may read, see `frappe.get_list`."""
		return frappe.get_list(doctype, *args, **kwargs)

	def exists(
		self, dt: Any, dn: Any = None, cache: bool = False, debug: bool = False, *args: Any, **kwargs: Any
	) -> Any:
		"""Return the name of a matching document, None when there is none.

		Args:
			dt: DocType, or a dict of filters with the key "doctype".
			dn: a name, or filters.
			cache: remember the answer until the transaction ends.
		"""
		if isinstance(dt, dict):
			dn = dict(dt)
			dt = dn.pop("doctype")
		elif dt != "DocType" and dt == dn:
			return dn
		if dn is None:
			dn = {}
		return self.get_value(dt, dn, "name", ignore=True, cache=cache, debug=debug, order_by=None)

	def count(
		self, dt: str, filters: Any = None, debug: bool = False, cache: bool = False, distinct: bool = True
	) -> int:
		"""Return how many documents match.

		Args:
			cache: remember the answer to a count without filters for a day.
		"""
		if cache and not filters:
			known = frappe.cache.get_value(f"doctype:count:{dt}")
			if known is not None:
				return known
		try:
			condition, values = build_condition(dt, filters)
			query = f"select count(*) from {quote_name(table_name(dt))}" + (
				f" where {condition}" if condition else ""
			)
		except NotPlain:
			query, values = self._joined_count(dt, filters)
		found = self.sql(query, values, debug=debug)[0][0]
		if cache and not filters:
			frappe.cache.set_value(f"doctype:count:{dt}", found, expires_in_sec=86400)
		return found

	def _joined_count(self, doctype: str, filters: Any) -> tuple[str, Any]:
		from frappe.query_builder.functions import Count

		name = frappe.qb.DocType(doctype).name
		return frappe.qb.get_query(doctype, fields=[Count(name).distinct()], filters=filters).walk()

	def estimate_count(self, doctype: str) -> int:
		"""Return about how many documents there are."""
		return self.count(doctype)

	def get_creation_count(self, doctype: str, minutes: int) -> int:
		"""Return how many documents were created in the last minutes."""
		from frappe.utils import add_to_date, now_datetime

		return self.count(doctype, {"creation": (">=", add_to_date(now_datetime(), minutes=-minutes))})

	def get_last_created(self, doctype: str) -> Any:
		"""Return when the newest document was created, None when there is none."""
		from frappe.utils import get_datetime

		found = self.sql(f"select max(`creation`) from {quote_name(table_name(doctype))}")
		return get_datetime(found[0][0]) if found and found[0][0] else None

	def get_list_of_values(self, doctype: str, fieldname: str, filters: Any = None) -> list:
		"""Return one field of all matching documents."""
		return self.get_values(doctype, filters or {}, fieldname, pluck=True)

	def get_ancestors(self, doctype: str, name: str) -> list[str]:
		"""Return the names above a document of a tree."""
		from frappe.utils.nestedset import get_ancestors_of

		return get_ancestors_of(doctype, name)

	def get_descendants(self, doctype: str, name: str) -> list[str]:
		"""Return the names below a document of a tree."""
		from frappe.utils.nestedset import get_descendants_of

		return get_descendants_of(doctype, name, ignore_permissions=True)


def _lock(for_update: bool, skip_locked: bool, wait: bool) -> str:
	if not for_update:
		return ""
	return " for update" + (" skip locked" if skip_locked else "") + ("" if wait else " nowait")


def _columns(fieldname: Any) -> str:
	if fieldname == "*":
		return "*"
	if isinstance(fieldname, str):
		return _column(fieldname)
	return ", ".join(_column(field) for field in fieldname)


def _column(field: Any) -> str:
	"""Return a field as a column, with its alias; what is no plain field is for `frappe.qb`.

	Raises:
		NotPlain: the field is an expression or belongs to another table.
	"""
	if not isinstance(field, str):
		raise NotPlain
	name, found, alias = field.partition(" as ")
	name = name.strip().strip("`")
	if not name.replace("_", "").isalnum():
		raise NotPlain
	return f"`{name}` as {quote_name(alias.strip().strip('`'))}" if found else f"`{name}`"


def _order_of(doctype: str, order_by: str | None) -> str:
	if order_by == DefaultOrderBy:
		return "" if doctype.startswith("__") else "`modified` desc"
	return _checked_order(order_by) if order_by else ""


def _checked_order(order_by: str) -> str:
	"""Return an `order by` clause; a column without a direction is descending, as in Frappe.

	Raises:
		frappe.ValidationError: a part is no column with a direction.
	"""
	parts = []
	for part in order_by.split(","):
		column, _, direction = part.strip().partition(" ")
		names = column.replace("`", "").split(".")
		if direction.strip().lower() not in ("", "asc", "desc") or not all(
			name.replace("_", "").replace(" ", "").isalnum() for name in names
		):
			return _order_expression(order_by)
		parts.append(f"`{names[-1]}` {direction.strip().lower() or 'desc'}")
	return ", ".join(parts)


def _order_expression(order_by: str) -> str:
	if any(word in order_by.lower() for word in (";", "--", "/*", "select ", "#")):
		raise frappe.ValidationError(frappe._("Invalid Order By {0}").format(order_by))
	return order_by
