"""Settings and groups of lists."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _


@frappe.whitelist()
@frappe.read_only()
def get_list_settings(doctype: str) -> Any:
	"""Return the settings of a list, None when it has none."""
	if frappe.db.exists("List View Settings", doctype):
		return frappe.get_cached_doc("List View Settings", doctype)
	return None


@frappe.whitelist(methods=["POST", "PUT"])
def set_list_settings(doctype: str, values: Any) -> None:
	"""Change the settings of a list; for those who may write List View Settings."""
	if frappe.db.exists("List View Settings", doctype):
		settings = frappe.get_doc("List View Settings", doctype)
	else:
		settings = frappe.new_doc("List View Settings")
		settings.name = doctype
	settings.update(frappe.parse_json(values))
	settings.save()


@frappe.whitelist()
@frappe.read_only()
def get_group_by_count(doctype: str, current_filters: Any, field: str) -> list[dict]:
	"""Return `[{name, count}]` of the values of a field among what the user may read, the most frequent
	first.

	Args:
		current_filters: filters of the list.
		field: a field of the DocType, or `assigned_to`.
	"""
	filters = frappe.parse_json(current_filters) or []
	if field == "assigned_to":
		return _count_assignments(doctype, filters)
	meta = frappe.get_meta(doctype)
	if not (meta.has_field(field) or field in ("owner", "modified_by", "docstatus")):
		frappe.throw(_("Field {0} not found").format(field), frappe.DataError)
	data = frappe.get_list(
		doctype,
		filters=filters,
		fields=[f"`tab{doctype}`.`{field}` as `name`", "count(*) as `count`"],
		group_by=f"`tab{doctype}`.`{field}`",
		order_by="`count` desc",
		limit_page_length=50,
	)
	if field == "owner":
		mine = [row for row in data if row.name == frappe.session.user]
		data = mine + [row for row in data if row.name != frappe.session.user]
	return data


def _count_assignments(doctype: str, filters: Any) -> list[dict]:
	names = frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=0)
	if not names:
		return []
	return frappe.db.sql(
		"""select `allocated_to` as `name`, count(*) as `count` from `tabToDo`
		where `status` != 'Cancelled' and `reference_type` = %(doctype)s and `reference_name` in %(names)s
		and `allocated_to` is not null group by `allocated_to` order by `count` desc limit 50""",
		{"doctype": doctype, "names": names},
		as_dict=True,
	)
