"""Lists of the desk: rows, counts, statistics, export, saved reports."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.desk.api.listing import compress, export_rows, stats_of
from frappe.model.db_query import DatabaseQuery
from frappe.utils import cint, sbool

SHAPES: dict[str, Any] = {
	"fields": (list, tuple),
	"filters": (list, tuple, dict),
	"or_filters": (list, tuple, dict),
	"order_by": str,
	"group_by": str,
}
# What a request may say of its list; anything else a client sends is not for the query.
ARGUMENTS = (
	"doctype",
	"fields",
	"filters",
	"or_filters",
	"docstatus",
	"group_by",
	"order_by",
	"limit_start",
	"limit_page_length",
	"limit",
	"distinct",
	"with_childnames",
	"parent_doctype",
)
NOT_ARGUMENTS = ("cmd", "data", "ignore_permissions", "view", "user", "csrf_token", "join")


@frappe.whitelist()
def get() -> Any:
	"""Return `{keys, values, user_info}` of a list the request describes; [] without hits."""
	args = get_form_params()
	if is_virtual_doctype(args.doctype):
		return compress(frappe.call(_controller(args.doctype).get_list, args), args)
	return compress(_rows(**args), args)


@frappe.whitelist()
def get_list() -> Any:
	"""Return the rows of a list the request describes as dicts."""
	args = get_form_params()
	if is_virtual_doctype(args.doctype):
		return frappe.call(_controller(args.doctype).get_list, args)
	return _rows(**args)


def _rows(as_list: bool = False, **args: Any) -> list:
	known = {key: value for key, value in args.items() if key in ARGUMENTS}
	return execute(**known, as_list=as_list)


@frappe.whitelist()
def get_count() -> int:
	"""Return how many documents match what the request describes, among those the user may read."""
	args = get_form_params()
	if is_virtual_doctype(args.doctype):
		return frappe.call(_controller(args.doctype).get_count, args)
	return count_of(
		args.doctype, args.filters, args.or_filters, distinct=sbool(args.distinct) is True, limit=args.limit
	)


def count_of(
	doctype: str, filters: Any = None, or_filters: Any = None, distinct: bool = False, limit: Any = None
) -> int:
	"""Return how many documents match, among those the user may read.

	Args:
		distinct: count documents, not rows of joined child tables.
		limit: stop counting there.

	Raises:
		PermissionError: he may not list the DocType.
	"""
	args = frappe._dict(doctype=doctype, filters=filters, or_filters=or_filters)
	validate_args(args)
	column = f"`tab{doctype}`.`name`"
	if cint(limit):
		args.fields = [column]
		return len(execute(**args, limit_page_length=cint(limit), order_by=None, as_list=True))
	args.fields = [f"count({'distinct ' if distinct else ''}{column}) as total_count"]
	rows = execute(**args, order_by=None)
	return rows[0]["total_count"] if rows else 0


def execute(doctype: str, *args: Any, **kwargs: Any) -> list:
	"""Return rows of a DocType that the user may read."""
	return DatabaseQuery(doctype).execute(*args, **kwargs)


def is_virtual_doctype(doctype: str) -> bool:
	"""Tell whether a DocType has no table of its own."""
	return bool(frappe.get_meta(doctype).is_virtual)


def _controller(doctype: str) -> Any:
	from frappe.model.base_document import get_controller

	return get_controller(doctype)


# ------------------------------------------------------------------ arguments
def get_form_params() -> Any:
	"""Return the arguments of a list request, checked.

	Raises:
		DataError: a field is unknown, or the user may not filter or sort by it.
	"""
	data = frappe._dict(frappe.local.form_dict)
	for name in NOT_ARGUMENTS:
		data.pop(name, None)
	if not isinstance(data.doctype, str) or not data.doctype:
		frappe.throw(_("DocType is required"))
	_rename_paging(data)
	return validate_args(data)


def _rename_paging(data: Any) -> None:
	if "start" in data:
		data.limit_start = data.pop("start")
	if "page_length" in data:
		data.limit_page_length = data.pop("page_length")
	for name in ("save_user_settings", "as_list", "with_comment_count", "strict"):
		data.pop(name, None)


def validate_args(data: Any) -> Any:
	"""Read the JSON of a list's arguments and check their shapes; the query itself checks fields and rights.

	Raises:
		DataError: an argument has the wrong shape.
	"""
	if not isinstance(data.doctype, str):
		frappe.throw(_("DocType is required"))
	for key in ("fields", "filters", "or_filters"):
		if isinstance(data.get(key), str):
			data[key] = _parsed(data[key], key)
	for key, shapes in SHAPES.items():
		if data.get(key) is not None and not isinstance(data[key], shapes):
			frappe.throw(_("Invalid value for {0}").format(key), frappe.DataError)
	if data.get("aggregate_function"):
		_setup_group_by(data)
	if not data.get("fields"):
		data.fields = ["name"]
	return data


def _parsed(text: str, key: str) -> Any:
	try:
		return json.loads(text) if text else None
	except ValueError:
		if key == "fields" and text[:1] not in ("[", "{"):
			return [part.strip() for part in text.split(",")]
		frappe.throw(_("Invalid value for {0}").format(key), frappe.DataError)
	return None


def _setup_group_by(data: Any) -> None:
	function = str(data.pop("aggregate_function", "")).lower()
	column = str(data.pop("aggregate_on_field", None) or "name")
	data.pop("aggregate_on_doctype", None)
	if function not in ("count", "sum", "avg") or not column.isidentifier():
		frappe.throw(_("Invalid aggregate function"), frappe.DataError)
	expression = "count(*)" if function == "count" else f"{function}(`tab{data.doctype}`.`{column}`)"
	data.fields = [*(data.get("fields") or []), f"{expression} as _aggregate_column"]
	data.order_by = data.get("order_by") or "_aggregate_column desc"


# ------------------------------------------------------------------ export and statistics
@frappe.whitelist()
@frappe.read_only()
def export_query() -> None:
	"""Answer with a CSV or Excel file of a list; the right to export is needed.

	Raises:
		PermissionError: the user lacks it.
	"""
	form = frappe._dict(frappe.local.form_dict)
	file_format = form.pop("file_format_type", "CSV")
	title = form.pop("title", None) or form.doctype
	for name in (
		"csv_params",
		"export_in_background",
		"file_format_type",
		"title",
		"add_totals_row",
		"selected_items",
	):
		frappe.local.form_dict.pop(name, None)
	selected = form.pop("selected_items", None)
	args = get_form_params()
	frappe.permissions.can_export(args.doctype, raise_exception=True)
	if selected:
		args.filters = {"name": ["in", frappe.parse_json(selected)]}
	export_rows(args, title, file_format, _rows)


@frappe.whitelist()
@frappe.read_only()
def get_stats(stats: Any, doctype: str, filters: Any = None) -> dict[str, list]:
	"""Return how often each value of some columns occurs, such as the tags, among what the user may read."""
	args = validate_args(frappe._dict(doctype=doctype, filters=filters or [], fields=["name"]))
	return stats_of(frappe.parse_json(stats), doctype, args.filters or [])


@frappe.whitelist()
@frappe.read_only()
def get_sidebar_stats(stats: Any, doctype: str, filters: Any = None) -> dict[str, dict]:
	"""Return the statistics of a list's side bar."""
	return {"stats": get_stats(stats, doctype, filters)}


@frappe.whitelist(methods=["POST", "DELETE"])
def delete_items() -> None:
	"""Delete several documents; those that cannot be deleted are named in a message."""
	items = sorted(json.loads(frappe.form_dict.get("items") or "[]"), reverse=True)
	doctype = frappe.form_dict.get("doctype")
	delete_bulk(doctype, items)


def delete_bulk(doctype: str, items: list[str]) -> list[str]:
	"""Delete documents one by one and return those that stayed."""
	kept = []
	for name in items:
		frappe.db.savepoint("delete_item")
		try:
			frappe.delete_doc(doctype, name)
		except (frappe.ValidationError, frappe.PermissionError):
			frappe.db.rollback(save_point="delete_item")
			kept.append(name)
	if kept:
		frappe.msgprint(_("Could not delete: {0}").format(", ".join(str(name) for name in kept)))
	return kept


@frappe.whitelist(methods=["POST", "PUT"])
def save_report(name: str, doctype: str, report_settings: str) -> str:
	"""Save what a list shows as a report and return its name.

	Raises:
		PermissionError: another report has the name, or the user may not report on the DocType.
	"""
	frappe.has_permission(doctype, "report", throw=True)
	if frappe.db.exists("Report", name):
		report = frappe.get_doc("Report", name)
		if report.is_standard == "Yes" or report.report_type != "Report Builder":
			frappe.throw(_("Only reports of type Report Builder can be edited"))
		if report.owner != frappe.session.user:
			report.check_permission("write")
	else:
		report = frappe.new_doc("Report")
		report.update(
			{
				"report_name": name,
				"ref_doctype": doctype,
				"report_type": "Report Builder",
				"is_standard": "No",
			}
		)
	report.json = report_settings
	report.flags.ignore_permissions = True
	report.save()
	return report.name


@frappe.whitelist(methods=["POST", "DELETE"])
def delete_report(name: str) -> None:
	"""Delete a saved report.

	Raises:
		ValidationError: it is no saved report of the user.
	"""
	report = frappe.get_doc("Report", name)
	if report.is_standard == "Yes" or report.report_type != "Report Builder":
		frappe.throw(_("Only reports of type Report Builder can be deleted"))
	if report.owner != frappe.session.user:
		report.check_permission("delete")
	report.flags.ignore_permissions = True
	report.delete()


# ------------------------------------------------------------------ conditions for reports
def build_match_conditions(doctype: str, user: str | None = None, as_condition: bool = True) -> str:
	"""Return the SQL condition that limits rows to what a user may see; "" without limits."""
	from frappe.permissions.query import build_match_conditions as build

	return build(doctype, user)


def get_match_cond(doctype: str, as_condition: bool = True) -> str:
	"""Return the same as text to append to a where clause."""
	condition = build_match_conditions(doctype, as_condition=as_condition)
	return f" and {condition}".replace("%", "%%") if condition else ""


def get_filters_cond(
	doctype: str,
	filters: Any,
	conditions: list,
	ignore_permissions: bool | None = None,
	with_match_conditions: bool = False,
) -> str:
	"""Return filters as text to append to a where clause of a query on `doctype`."""
	query = DatabaseQuery(doctype)
	query.filters = frappe.parse_json(filters) or []
	query.conditions = conditions
	if with_match_conditions:
		query.build_match_conditions()
	query.build_filter_conditions(query.filters, conditions, ignore_permissions)
	return " and " + " and ".join(conditions) if conditions else ""
