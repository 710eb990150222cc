"""Shape lists for the desk: columns and rows, exports, statistics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.desk.api.fields import columns_of
from frappe.utils import cstr


def compress(rows: list, args: dict | None = None) -> Any:
	"""Return `{keys, values, user_info}` of rows given as dicts; the rows themselves when there are none."""
	if not rows:
		return rows
	keys = list(rows[0])
	return {
		"keys": keys,
		"values": [[row.get(key) for key in keys] for row in rows],
		"user_info": user_info_of(row.get("owner") for row in rows) if "owner" in keys else {},
	}


def user_info_of(users: Any) -> dict[str, dict]:
	"""Return name, picture and address of users for the desk."""
	from frappe.permissions.roles import get_user_facts

	info = {}
	for user in {user for user in users if user}:
		facts = get_user_facts(user)
		info[user] = {
			"email": user,
			"fullname": facts.get("full_name") or user,
			"image": facts.get("user_image"),
			"name": user,
		}
	return info


def export_rows(args: Any, title: str, file_format: str, execute: Callable) -> None:
	"""Answer with the rows of a list as a CSV or Excel file and note the export in the Access Log.

	Args:
		args: checked arguments of the list; `limit_page_length` is lifted.
		title: name of the file without extension.
		file_format: "CSV" or "Excel".
	"""
	from frappe.core.doctype.access_log.access_log import make_access_log

	doctype = args.doctype
	args.limit_page_length = None
	args.limit_start = None
	columns = [column for field in args.fields for column in columns_of(field)[:1]]
	args.fields = [
		*args.fields,
		*([] if any(name == "owner" for _table, name in columns) else [f"`tab{doctype}`.`owner`"]),
	]
	owner_only = _exports_own_rows_only(doctype)
	if owner_only:
		args.filters = _with_owner(args.filters, doctype)
	rows = execute(**args, as_list=True)
	make_access_log(
		doctype=doctype, file_type=file_format, report_name=title, filters=args.filters, method="Export"
	)
	header = [_("Sr"), *labels_of(args.fields, doctype)]
	table = [header, *([number, *row] for number, row in enumerate(rows, 1))]
	provide_table(title, file_format, table)


def _exports_own_rows_only(doctype: str) -> bool:
	rights = frappe.permissions.get_role_permissions(doctype)
	return "export" in (rights.get("if_owner") or {}) and not rights.get("export")


def _with_owner(filters: Any, doctype: str) -> list:
	mine = [doctype, "owner", "=", frappe.session.user]
	if isinstance(filters, dict):
		filters = [
			[doctype, key, *(value if isinstance(value, list | tuple) else ("=", value))]
			for key, value in filters.items()
		]
	return [*(filters or []), mine]


def provide_table(title: str, file_format: str, table: list) -> None:
	"""Answer with a table as a file.

	Args:
		table: rows of values, the first row the header.
	"""
	if file_format == "CSV":
		content: Any = to_csv(table)
		extension = "csv"
	elif file_format == "Excel":
		from frappe.utils.xlsxutils import make_xlsx

		content = make_xlsx(table, title[:31]).getvalue()
		extension = "xlsx"
	else:
		frappe.throw(_("Unknown file format: {0}").format(file_format))
		return
	frappe.local.response["filename"] = f"{title}.{extension}"
	frappe.local.response["filecontent"] = content
	frappe.local.response["type"] = "binary"


def to_csv(table: list) -> str:
	"""Return a table as CSV: texts in quotes, numbers plain; texts that a spreadsheet would run as formula
	get a quote."""
	import csv
	import io

	out = io.StringIO()
	writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
	for row in table:
		writer.writerow([_cell(value) for value in row])
	return out.getvalue()


def _cell(value: Any) -> Any:
	if value is None:
		return ""
	if isinstance(value, bool | int | float):
		return value
	text = cstr(value)
	return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(text) else text


def _is_number(text: str) -> bool:
	try:
		float(text)
	except ValueError:
		return False
	return True


def labels_of(fields: list[str], doctype: str) -> list[str]:
	"""Return the headings of columns; columns that are no fields of the DocType keep their name."""
	labels = []
	for field in fields:
		columns = columns_of(field)
		table, name = columns[0] if columns else (None, field)
		meta = frappe.get_meta(table or doctype)
		if name == "name":
			labels.append(_("ID"))
			continue
		df = meta.get_field(name)
		label = _(df.label) if df and df.label else name
		labels.append(f"{label} ({_(table)})" if table and table != doctype else label)
	return labels


def stats_of(columns: list[str], doctype: str, filters: list) -> dict[str, list]:
	"""Return column → [[value, count]] among what the user may read; tags are counted one by one."""
	from frappe.desk.reportview import count_of

	known = frappe.db.get_table_columns(doctype)
	stats: dict[str, list] = {}
	for column in columns:
		if column not in known:
			continue
		rows = frappe.get_list(
			doctype,
			fields=[column, "count(*) as `total`"],
			filters=_and(filters, [doctype, column, "!=", ""]),
			group_by=f"`tab{doctype}`.`{column}`",
			order_by=None,
			limit_page_length=0,
		)
		pairs = [[row[column], row["total"]] for row in rows if row[column]]
		if column == "_user_tags":
			pairs = scrub_user_tags(pairs)
			pairs.append([_("No Tags"), count_of(doctype, _and(filters, [doctype, column, "in", ("", ",")]))])
		stats[column] = pairs
	return stats


def _and(filters: Any, condition: list) -> list:
	if isinstance(filters, dict):
		filters = [
			[condition[0], key, *(value if isinstance(value, list) else ("=", value))]
			for key, value in filters.items()
		]
	return [*(filters or []), condition]


def scrub_user_tags(pairs: list) -> list:
	"""Return [[tag, count]] from counts of comma-separated tag lists."""
	counts: dict[str, int] = {}
	for text, count in pairs:
		for tag in (part.strip() for part in str(text).split(",")):
			if tag:
				counts[tag] = counts.get(tag, 0) + count
	return [[tag, count] for tag, count in counts.items()]
