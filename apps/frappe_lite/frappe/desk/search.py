"""Search for link fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _, is_whitelisted, validate_and_sanitize_search_inputs
from frappe.permissions import has_permission
from frappe.utils import cint, cstr

__all__ = ["sanitize_searchfield", "search_link", "search_widget", "validate_and_sanitize_search_inputs"]

SEARCHED_TYPES = frozenset(
	(
		"Data",
		"Text",
		"Small Text",
		"Long Text",
		"Link",
		"Select",
		"Read Only",
		"Text Editor",
		"Phone",
		"Autocomplete",
	)
)
_FIELD = re.compile(r"^[A-Za-z_]\w*$")


def sanitize_searchfield(searchfield: Any) -> None:
	"""Refuse what is no plain fieldname.

	Raises:
		DataError: it is none.
	"""
	if searchfield and not _FIELD.match(str(searchfield)):
		frappe.throw(_("Invalid Search Field {0}").format(searchfield), frappe.DataError)


@frappe.whitelist()
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: Any = None,
	page_length: int | str = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | int | str = False,
) -> list[dict]:
	"""Return `[{value, label, description}]` of documents for a link field.

	Args:
		txt: what the user typed.
		query: whitelisted function that answers instead.
		filters: conditions or dict; only documents that match.
		ignore_user_permissions: the link field ignores them.
	"""
	rows = search_widget(
		doctype,
		cstr(txt).strip(),
		query,
		searchfield=searchfield,
		page_length=page_length,
		filters=filters,
		reference_doctype=reference_doctype,
		ignore_user_permissions=ignore_user_permissions,
	)
	return build_for_autosuggest(rows, doctype) if rows is not None else None


@frappe.whitelist()
def search_widget(
	doctype: str,
	txt: str,
	query: str | None = None,
	searchfield: str | None = None,
	start: int | str = 0,
	page_length: int | str = 10,
	filters: Any = None,
	filter_fields: Any = None,
	as_dict: bool | int | str = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool | int | str = False,
) -> Any:
	"""Return rows (name, search fields …) of documents for a link field; arguments as of `search_link`."""
	sanitize_searchfield(searchfield)
	start, page_length = max(cint(start), 0), max(cint(page_length), 0)
	filters = frappe.parse_json(filters) if isinstance(filters, str) else filters
	query = query or _standard_query(doctype)
	if query:
		return _run_query(
			query, doctype, txt, searchfield, start, page_length, filters, cint(as_dict), reference_doctype
		)
	if not frappe.db.exists("DocType", doctype):
		frappe.throw(_("DocType {0} not found").format(doctype), frappe.DoesNotExistError)
	meta = frappe.get_meta(doctype)
	ignore = _may_ignore_user_permissions(doctype, ignore_user_permissions)
	return _search(
		meta,
		txt,
		searchfield,
		start,
		page_length,
		_conditions(meta, filters),
		cint(as_dict),
		ignore,
		reference_doctype,
	)


def _standard_query(doctype: str) -> str | None:
	found = frappe.get_hooks("standard_queries", {}).get(doctype)
	return found[-1] if found else None


def _run_query(query: str, doctype: str, txt: str, searchfield: str | None, *rest: Any) -> Any:
	start, page_length, filters, as_dict, reference_doctype = rest
	try:
		function = frappe.get_attr(query)
		is_whitelisted(function)
	except (frappe.PermissionError, ImportError, AttributeError, ValueError, frappe.AppNotInstalledError):
		frappe.clear_messages()
		frappe.respond_as_web_page(_("Invalid Method"), _("Method not found"), http_status_code=404)
		from frappe.utils.response import build_response

		return build_response("page")
	return frappe.call(
		function,
		doctype,
		txt,
		searchfield or "name",
		start,
		page_length,
		filters,
		as_dict=as_dict,
		reference_doctype=reference_doctype,
	)


def _may_ignore_user_permissions(doctype: str, asked: Any) -> bool:
	if doctype == "DocType":
		return True
	if not cint(asked):
		return False
	right = "select" if frappe.only_has_select_perm(doctype) else "read"
	return has_permission(doctype, right, print_logs=False)


def _conditions(meta: Any, filters: Any) -> list:
	if isinstance(filters, dict):
		filters = [
			[meta.name, key, *(value if isinstance(value, list | tuple) else ("=", value))]
			for key, value in filters.items()
		]
	conditions = list(filters or [])
	if meta.get("fields", {"fieldname": "enabled", "fieldtype": "Check"}):
		conditions.append([meta.name, "enabled", "=", 1])
	if meta.get("fields", {"fieldname": "disabled", "fieldtype": "Check"}):
		conditions.append([meta.name, "disabled", "!=", 1])
	return conditions


def _search(
	meta: Any,
	txt: str,
	searchfield: str | None,
	start: int,
	page_length: int,
	conditions: list,
	*options: Any,
) -> list:
	as_dict, ignore_permissions, reference_doctype = options
	fields = _fields(meta, searchfield or "name")
	arguments = {
		"filters": conditions,
		"fields": fields,
		"limit_start": start,
		"limit_page_length": page_length,
		"order_by": f"`tab{meta.name}`.`idx` desc, `tab{meta.name}`.`modified` desc",
		"ignore_permissions": ignore_permissions,
		"reference_doctype": reference_doctype,
		"as_list": not as_dict,
	}
	rows = _matching(meta, txt, arguments)
	return sorted(rows, key=lambda row: _relevance(row, txt, as_dict))


def _matching(meta: Any, txt: str, arguments: dict) -> list:
	if not txt:
		return list(frappe.get_list(meta.name, **arguments))
	if meta.translated_doctype:
		return _matching_translated(meta, txt, arguments)
	names = searched_fields(meta)
	rows = frappe.get_list(
		meta.name, or_filters=[[meta.name, name, "like", f"%{txt}%"] for name in names], **arguments
	)
	wanted = arguments["limit_page_length"]
	if len(rows) < wanted or arguments["limit_start"]:
		return list(rows)
	first = frappe.get_list(
		meta.name, or_filters=[[meta.name, name, "like", f"{txt}%"] for name in names], **arguments
	)
	merged = {_name(row): row for row in [*first, *rows]}
	return list(merged.values())[:wanted]


def _matching_translated(meta: Any, txt: str, arguments: dict) -> list:
	wanted, start = arguments["limit_page_length"], arguments["limit_start"]
	rows = frappe.get_list(meta.name, **{**arguments, "limit_page_length": 0, "limit_start": 0})
	lowered = txt.lower()
	fitting = [row for row in rows if any(lowered in text for text in _words_of(row))]
	return fitting[start : start + wanted] if wanted else fitting


def _words_of(row: Any) -> Iterator[str]:
	for value in row.values() if isinstance(row, dict) else row:
		yield from (cstr(value).lower(), _(cstr(value)).lower())


def _name(row: Any) -> str:
	return cstr(row["name"] if isinstance(row, dict) else row[0])


def searched_fields(meta: Any) -> list[str]:
	"""Return the fields whose text a search looks at: name, title and search fields that the user may
	read."""
	names = ["name", *([meta.title_field] if meta.title_field else []), *meta.get_search_fields()]
	searched = []
	for name in dict.fromkeys(name.strip() for name in names):
		field = meta.get_field(name)
		if name == "name" or (field and field.fieldtype in SEARCHED_TYPES and _may_read(meta, field)):
			searched.append(name)
	return searched


def _may_read(meta: Any, field: Any) -> bool:
	return not field.permlevel or field.permlevel in meta.get_permlevel_access()


def _fields(meta: Any, key: str) -> list[str]:
	if key != "name" and not (meta.has_field(key) or key in ("owner", "modified", "creation")):
		frappe.throw(_("Invalid Search Field {0}").format(key), frappe.DataError)
	names = get_std_fields_list(meta, key)
	fields = [f"`tab{meta.name}`.`{name}`" for name in names]
	if meta.show_title_field_in_link and meta.title_field:
		fields.insert(1, f"`tab{meta.name}`.`{meta.title_field}` as `label`")
	return fields


def get_std_fields_list(meta: Any, key: str) -> list[str]:
	"""Return the fields a search answers: name, title, search fields."""
	names = ["name", *([meta.title_field] if meta.title_field else []), *meta.get_search_fields()]
	if key not in names:
		names.append(key)
	kept = []
	for name in dict.fromkeys(name.strip() for name in names):
		field = meta.get_field(name)
		if name == "name" or field is None or _may_read(meta, field):
			kept.append(name)
	return [
		name
		for name in kept
		if name == "name" or meta.has_field(name) or name in ("owner", "modified", "creation")
	]


def _relevance(row: Any, txt: str, as_dict: int) -> tuple[bool, str]:
	value = _(_name(row))
	return not value.lower().startswith((txt or "").lower()), value


def build_for_autosuggest(rows: Any, doctype: str) -> Any:
	"""Return rows of a search as `{value, label, description}`."""
	if not isinstance(rows, list | tuple):
		return rows
	meta = frappe.get_meta(doctype)
	with_title = bool(meta.show_title_field_in_link and meta.title_field)
	suggestions = [
		_suggestion([*(row.values() if isinstance(row, dict) else row)], with_title) for row in rows
	]
	for suggestion in suggestions if meta.translated_doctype and with_title else ():
		suggestion["label"] = _(suggestion["label"])
	return suggestions


def _suggestion(row: list, with_title: bool) -> dict[str, Any]:
	if not with_title:
		return {"value": row[0], "description": _description(row[1:])}
	label = row[1] if len(row) > 1 else row[0]
	rest = [row[0], *(value for value in row[2:] if value != label)]
	return {"value": row[0], "label": label, "description": _description(rest)}


def _description(parts: list) -> str:
	return ", ".join(dict.fromkeys(_(cstr(part)) for part in parts if part not in (None, "")))


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list[dict]:
	"""Return users that can be mentioned and whose name contains a text."""
	rows = frappe.get_all(
		"User",
		filters={
			"enabled": 1,
			"allowed_in_mentions": 1,
			"user_type": "System User",
			"name": ("not in", ("Guest",)),
		},
		or_filters=[["full_name", "like", f"%{search_term}%"], ["name", "like", f"%{search_term}%"]],
		fields=["name as id", "full_name as value"],
		limit_page_length=20,
	)
	return [{**row, "link": f"/app/user/{row['id']}"} for row in rows]


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str:
	"""Return the title of a linked document, its name when it shows none or the user may not see it."""
	meta = frappe.get_meta(doctype)
	if not (meta.title_field and meta.show_title_field_in_link):
		return docname
	rows = frappe.get_list(doctype, filters={"name": docname}, fields=[meta.title_field], limit_page_length=1)
	return (rows[0].get(meta.title_field) or docname) if rows else docname
