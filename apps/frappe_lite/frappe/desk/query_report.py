"""Run reports: the right to report on the DocType and a role of the report are needed, rows follow the
user's rights."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import frappe
from frappe import _
from frappe.desk.api.listing import provide_table
from frappe.permissions import rules
from frappe.permissions.user_permissions import get_user_permissions
from frappe.utils import cint, flt

NUMBERS = frozenset(("Currency", "Int", "Float", "Percent", "Duration"))


def get_report_doc(report_name: str) -> Any:
	"""Return a report the user may run; a Custom Report brings its own columns and filters.

	Raises:
		PermissionError: he lacks its roles, or the right to report on its DocType.
		ValidationError: it is disabled.
	"""
	report = frappe.get_doc("Report", report_name)
	report.custom_columns, report.custom_filters = [], []
	if report.report_type == "Custom Report":
		report = _reference_of(report)
	if not report.is_permitted():
		frappe.throw(_("You don't have access to Report: {0}").format(_(report.name)), frappe.PermissionError)
	if not frappe.has_permission(report.ref_doctype, "report"):
		frappe.throw(
			_("You don't have permission to get a report on: {0}").format(_(report.ref_doctype)),
			frappe.PermissionError,
		)
	if report.disabled:
		frappe.throw(_("Report {0} is disabled").format(_(report.name)))
	return report


def _reference_of(custom: Any) -> Any:
	report = frappe.get_doc("Report", custom.reference_report)
	saved = json.loads(custom.json or "{}")
	report.custom_report = custom.name
	report.custom_columns = saved.get("columns") or []
	report.custom_filters = saved.get("filters") or []
	return report


@frappe.whitelist()
@frappe.read_only()
def run(
	report_name: str,
	filters: Any = None,
	user: str | None = None,
	ignore_prepared_report: bool | int | str = False,
	custom_columns: Any = None,
	is_tree: bool | int | str = False,
	parent_field: str | None = None,
	are_default_filters: bool | int | str = True,
) -> dict[str, Any]:
	"""Return `{columns, result, message, chart, report_summary, add_total_row, execution_time …}` of a
	report.

	Args:
		filters: values of its filters.
		custom_columns: columns the user added or moved.
		is_tree, parent_field: totals count only rows without parent.
	"""
	report = get_report_doc(report_name)
	values = frappe.parse_json(filters) or {}
	if not isinstance(values, dict):
		frappe.throw(_("Invalid value for {0}").format("filters"), frappe.DataError)
	columns = frappe.parse_json(custom_columns) if custom_columns else report.custom_columns
	answer = generate_report_result(
		report, values, custom_columns=columns, is_tree=is_tree, parent_field=parent_field
	)
	answer["add_total_row"] = cint(report.add_total_row) and not answer.get("skip_total_row", False)
	if report.custom_filters:
		answer["custom_filters"] = report.custom_filters
	return answer


def generate_report_result(
	report: Any,
	filters: Any = None,
	user: str | None = None,
	custom_columns: list | None = None,
	is_tree: Any = False,
	parent_field: str | None = None,
) -> dict[str, Any]:
	"""Run a report and shape its result; arguments as of `run`."""
	started = time.monotonic()
	parts = [*get_report_result(report, frappe._dict(filters or {})), *([None] * 6)][:6]
	columns, result, message, chart, summary, skip_total = parts
	columns = [get_column_as_dict(column) for column in columns or []]
	rows = normalize_result(result or [], columns)
	if custom_columns:
		columns = [*custom_columns]
	rows = get_filtered_data(report.ref_doctype, columns, rows)
	if cint(report.add_total_row) and rows and not skip_total:
		rows = add_total_row(rows, columns, is_tree=bool(cint(is_tree)), parent_field=parent_field)
	return {
		"result": rows,
		"columns": columns,
		"message": message,
		"chart": chart,
		"report_summary": summary,
		"skip_total_row": skip_total or 0,
		"status": None,
		"execution_time": round(time.monotonic() - started, 4),
	}


def get_report_result(report: Any, filters: Any) -> list:
	"""Return what a report answers: [columns, rows, message, chart, summary, skip_total_row] as far as it
	does."""
	if report.report_type == "Query Report":
		return report.execute_query_report(filters)
	if report.report_type == "Script Report":
		return report.execute_script_report(filters)
	return list(report.run_standard_report(filters))


def get_column_as_dict(column: Any) -> dict[str, Any]:
	"""Return a column given as "Label:Fieldtype/Options:Width" or as a dict, as a dict."""
	if isinstance(column, dict):
		answer = frappe._dict(column)
		answer.fieldname = answer.fieldname or frappe.scrub(answer.label or "")
		return answer
	label, kind, width = [*str(column).split(":"), "", ""][:3]
	fieldtype, _slash, options = kind.partition("/")
	return frappe._dict(
		label=_(label),
		fieldname=frappe.scrub(label),
		fieldtype=fieldtype or "Data",
		options=options or None,
		width=cint(width) or None,
	)


def normalize_result(result: list, columns: list) -> list:
	"""Return rows as dicts by fieldname."""
	names = [column.fieldname for column in columns]
	return [
		row if isinstance(row, dict) else dict(zip(names, row, strict=False))
		for row in result
		if row is not None
	]


# ------------------------------------------------------------------ rights of rows
def get_filtered_data(ref_doctype: str, columns: list, data: list, user: str | None = None) -> list:
	"""Return the rows the user may see.

	A column that links to the report's DocType shows only documents he may read; other links follow his
	user permissions.
	"""
	if frappe.session.user == "Administrator" or not data:
		return data
	links = [column for column in columns if column.get("fieldtype") == "Link" and column.get("options")]
	permissions = get_user_permissions()
	for column in links:
		field = column["fieldname"]
		if column["options"] == ref_doctype:
			allowed = _readable(ref_doctype, {row.get(field) for row in data if row.get(field)})
		elif column["options"] in permissions and not column.get("ignore_user_permissions"):
			allowed = set(rules.allowed_values(permissions[column["options"]], ref_doctype))
		else:
			continue
		data = [row for row in data if not row.get(field) or row.get(field) in allowed]
	return data


def _readable(doctype: str, names: set) -> set:
	if not names:
		return set()
	if not frappe.has_permission(doctype, "read"):
		return set()
	return set(
		frappe.get_list(
			doctype, filters={"name": ("in", list(names))}, pluck="name", limit_page_length=0, order_by=None
		)
	)


def add_total_row(
	result: list, columns: list, is_tree: bool = False, parent_field: str | None = None
) -> list:
	"""Return rows with a last one that adds up number columns (percentages are averaged)."""
	counted = [row for row in result if not (is_tree and parent_field and row.get(parent_field))]
	total: list[Any] = []
	for index, column in enumerate(columns):
		kind = column.get("fieldtype")
		values = [flt(row.get(column["fieldname"])) for row in counted]
		if kind not in NUMBERS or column.get("disable_total"):
			total.append(_("Total") if index == 0 else "")
		elif kind == "Percent":
			total.append(sum(values) / len(values) if values else 0)
		else:
			total.append(int(sum(values)) if kind == "Int" else sum(values))
	return [*result, total]


# ------------------------------------------------------------------ script and export
@frappe.whitelist()
def get_script(report_name: str) -> dict[str, Any]:
	"""Return `{script, html_format, execution_time, filters, custom_report_name}` of a report the user may
	run."""
	report = get_report_doc(report_name)
	return {
		"script": _script_of(report),
		"html_format": _file_of(report, "html"),
		"execution_time": frappe.cache.hget("report_execution_time", report_name) or 0,
		"filters": report.custom_filters or [row.as_dict() for row in report.get("filters") or []],
		"custom_report_name": getattr(report, "custom_report", None),
	}


def _script_of(report: Any) -> str:
	if report.is_standard == "Yes":
		return _file_of(report, "js") or f"frappe.query_reports[{json.dumps(report.name)}] = {{}};"
	return report.get("javascript") or f"frappe.query_reports[{json.dumps(report.name)}] = {{}};"


def _file_of(report: Any, extension: str) -> str | None:
	if report.is_standard != "Yes":
		return None
	module = report.module or frappe.db.get_value("DocType", report.ref_doctype, "module")
	name = frappe.scrub(report.name)
	path = os.path.join(frappe.get_module_path(module, "report", name), f"{name}.{extension}")
	if not os.path.isfile(path):
		return None
	with open(path, encoding="utf-8") as file:
		return file.read()


@frappe.whitelist()
def get_reference_report(report: str) -> str | None:
	"""Return the report a Custom Report is made from."""
	return frappe.db.get_value("Report", report, "reference_report")


@frappe.whitelist()
def export_query() -> None:
	"""Answer with a CSV or Excel file of a report; the right to export its DocType is needed.

	Raises:
		PermissionError: the user lacks it.
	"""
	form = frappe.form_dict
	report = get_report_doc(form.get("report_name"))
	frappe.permissions.can_export(report.ref_doctype, raise_exception=True)
	answer = run(report.name, filters=form.get("filters"), custom_columns=form.get("custom_columns"))
	columns = [column for column in answer["columns"] if not column.get("hidden")]
	table = [[_(column.get("label") or "") for column in columns]]
	for row in answer["result"]:
		table.append(row if isinstance(row, list) else [row.get(column["fieldname"]) for column in columns])
	from frappe.core.doctype.access_log.access_log import make_access_log

	make_access_log(
		report_name=report.name, file_type=form.get("file_format_type"), filters=form.get("filters")
	)
	provide_table(report.name, form.get("file_format_type") or "Excel", table)


@frappe.whitelist(methods=["POST", "PUT"])
def save_report(reference_report: str, report_name: str, columns: Any, filters: Any) -> str:
	"""Save a report with other columns and filters as a Custom Report and return its name."""
	report = get_report_doc(reference_report)
	settings = json.dumps({"columns": frappe.parse_json(columns), "filters": frappe.parse_json(filters)})
	existing = frappe.db.get_value("Report", {"name": report_name, "report_type": "Custom Report"})
	doc = frappe.get_doc("Report", existing) if existing else frappe.new_doc("Report")
	if existing and doc.owner != frappe.session.user:
		doc.check_permission("write")
	doc.update(
		{
			"report_name": report_name,
			"report_type": "Custom Report",
			"reference_report": reference_report,
			"ref_doctype": report.ref_doctype,
			"is_standard": "No",
			"json": settings,
		}
	)
	doc.flags.ignore_permissions = True
	doc.save()
	return doc.name
