from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.desk.doctype.dashboard_chart.visibility import is_visible, visible_condition
from frappe.model.document import Document
from frappe.modules.utils import export_module_json

DAYS = {"Daily": 1, "Weekly": 7}
MONTHS = {"Monthly": 1, "Yearly": 12}


class NumberCard(Document):
	"""One number over the documents of a DocType, over a report, or from a function."""

	def autoname(self) -> None:
		if not self.name:
			self.name = self.label
		if frappe.db.exists("Number Card", self.name):
			from frappe.model.naming import append_number_if_name_exists

			self.name = append_number_if_name_exists("Number Card", self.name)

	def validate(self) -> None:
		if not self.type:
			self.type = "Document Type"
		self.check_needs()
		from_file = frappe.flags.in_import or frappe.flags.in_migrate or frappe.flags.in_install
		if self.is_standard and not frappe.conf.developer_mode and not from_file:
			frappe.throw(_("Cannot edit Standard number cards"))

	def check_needs(self) -> None:
		"""Each kind of card needs to know what it counts."""
		needs = {
			"Document Type": ("document_type", "function"),
			"Report": ("report_name", "report_field", "function"),
			"Custom": ("method",),
		}
		if self.type == "Report" and self.report_function:
			self.function = self.function or self.report_function
		for fieldname in needs[self.type]:
			if not self.get(fieldname):
				frappe.throw(
					_("{0} is mandatory for {1}").format(_(self.meta.get_label(fieldname)), _(self.type))
				)
		needs_field = (
			self.function in ("Sum", "Average", "Minimum", "Maximum") and self.type == "Document Type"
		)
		if needs_field and not self.aggregate_function_based_on:
			frappe.throw(_("Aggregate Field is required to create a number card"))

	def on_update(self) -> None:
		if self.is_standard:
			export_module_json(self, True, self.module)


@frappe.whitelist()
def get_result(doc: Any, filters: Any, to_date: Any = None) -> float | int:
	"""Return the number of a card, counted over what the user may read.

	Args:
		doc: the Number Card, as a dict or JSON.
		filters: conditions, as a list or JSON.
		to_date: only documents created before.
	"""
	values = frappe._dict(frappe.parse_json(doc))
	conditions = [list(item)[:4] for item in frappe.parse_json(filters or "[]") or ()]
	if to_date:
		conditions.append([values.document_type, "creation", "<", to_date])
	field = values.aggregate_function_based_on
	if values.function == "Count" or not field:
		return _count(values, conditions)
	meta = frappe.get_meta(values.document_type)
	if field not in meta.get_permitted_fieldnames():
		frappe.throw(_("Field {0} cannot be counted").format(field), frappe.PermissionError)
	rows = frappe.get_list(
		values.document_type, fields=[field], filters=conditions, pluck=field, limit_page_length=0
	)
	return _aggregate(values.function, [frappe.utils.flt(value) for value in rows if value is not None])


def _count(values: Any, conditions: list[Any]) -> int:
	rows = frappe.get_list(
		values.document_type,
		fields=["count(`name`) as result"] if not values.parent_document_type else ["name"],
		filters=conditions,
		limit_page_length=0,
		parent_doctype=values.parent_document_type or None,
		order_by=None,
	)
	if values.parent_document_type:
		return len(rows)
	return frappe.cint(rows[0].result) if rows else 0


def _aggregate(function: str, numbers: list[float]) -> float:
	if not numbers:
		return 0
	if function == "Average":
		return sum(numbers) / len(numbers)
	return {"Sum": sum, "Minimum": min, "Maximum": max}[function](numbers)


@frappe.whitelist()
def get_percentage_difference(doc: Any, filters: Any, result: Any) -> float | None:
	"""Return by how many per cent a card's number differs from that one interval ago; None when it was 0.

	Args:
		doc: the Number Card, as a dict or JSON.
		filters: conditions.
		result: the number now.
	"""
	values = frappe._dict(frappe.parse_json(doc))
	if not values.get("show_percentage_stats"):
		return None
	previous = get_result(doc, filters, _before(values.get("stats_time_interval") or "Daily"))
	result = frappe.utils.flt(result)
	if previous == 0:
		return None
	return ((result / previous) - 1) * 100.0


def _before(interval: str) -> str:
	today = frappe.utils.nowdate()
	if interval in DAYS:
		return frappe.utils.add_days(today, -DAYS[interval])
	return frappe.utils.add_months(today, -MONTHS.get(interval, 1))


@frappe.whitelist(methods=["POST"])
def create_number_card(args: Any) -> Any:
	"""Insert a card from the desk's dialog.

	Args:
		args: values of the card, as a dict or JSON.
	"""
	args = frappe.parse_json(args)
	doc = frappe.new_doc("Number Card")
	doc.update({key: value for key, value in args.items() if doc.meta.has_field(key)})
	return doc.insert()


@frappe.whitelist(methods=["POST"])
def add_card_to_dashboard(args: Any) -> None:
	"""Put a card on a dashboard.

	Args:
		args: {"dashboard", "name"} as a dict or JSON.
	"""
	args = frappe._dict(frappe.parse_json(args))
	dashboard = frappe.get_doc("Dashboard", args.dashboard)
	dashboard.append("cards", {"card": args.name})
	dashboard.save()


def get_permission_query_conditions(user: str | None = None) -> str | None:
	"""Return the SQL condition for the cards a user may see."""
	return visible_condition("Number Card", user)


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None) -> bool:
	"""Tell whether a user may see a card: what it counts decides."""
	return is_visible(doc, user)
