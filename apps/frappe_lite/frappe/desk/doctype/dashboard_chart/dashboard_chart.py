from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.desk.doctype.dashboard_chart.series import add_periods, first_day, label_of, period_start
from frappe.desk.doctype.dashboard_chart.visibility import is_visible, visible_condition
from frappe.model.document import Document
from frappe.modules.utils import export_module_json

AGGREGATES = {"Count": "count", "Sum": "sum", "Average": "avg"}


class DashboardChart(Document):
	"""A chart over the documents of a DocType, or over a report."""

	def validate(self) -> None:
		self.check_standard()
		self.check_needs()
		self.check_options()

	def check_standard(self) -> None:
		"""A standard chart is a file of an app."""
		from_file = frappe.flags.in_import or frappe.flags.in_migrate or frappe.flags.in_install
		if self.is_standard and not frappe.conf.developer_mode and not from_file:
			frappe.throw(_("Cannot edit Standard charts"))

	def check_needs(self) -> None:
		"""Each kind of chart needs to know what it counts."""
		if self.chart_type in ("Custom", "Report"):
			return
		if not self.document_type:
			frappe.throw(_("Document type is required to create a dashboard chart"))
		if self.chart_type == "Group By" and not self.group_by_based_on:
			frappe.throw(_("Group By field is required to create a dashboard chart"))
		if self.timeseries and not self.based_on:
			frappe.throw(_("Time series based on is required to create a dashboard chart"))

	def check_options(self) -> None:
		"""Refuse options that are not JSON.

		Raises:
			ValidationError: the text cannot be read.
		"""
		try:
			json.loads(self.custom_options or "{}")
		except ValueError as error:
			frappe.throw(_("Invalid json added in the custom options: {0}").format(error))

	def on_update(self) -> None:
		if self.is_standard:
			export_module_json(self, True, self.module)

	def get_parent_doctype(self) -> str | None:
		"""Return the parent DocType of a chart over a child table."""
		return self.parent_document_type or None


@frappe.whitelist()
def get(
	chart_name: str | None = None,
	chart: Any = None,
	no_cache: Any = None,
	filters: Any = None,
	from_date: Any = None,
	to_date: Any = None,
	timespan: str | None = None,
	time_interval: str | None = None,
	heatmap_year: str | None = None,
	refresh: Any = None,
) -> dict[str, Any]:
	"""Return the values of a chart for the user who asks; nothing is kept, for each user may see other
	documents.

	Args:
		chart_name: name of a Dashboard Chart.
		chart: an unsaved one, as a dict or JSON.
		filters: in place of the chart's own.
		from_date, to_date, timespan, time_interval: period and steps of a time series.
		no_cache, refresh, heatmap_year: kept for Frappe's signature.

	Returns:
		{"labels": […], "datasets": [{"name", "values"}]}.
	"""
	doc = (
		frappe.get_doc("Dashboard Chart", chart_name)
		if chart_name
		else frappe.get_doc(frappe.parse_json(chart))
	)
	doc.check_permission("read")
	if doc.chart_type == "Custom":
		return _from_source(doc, filters, from_date, to_date, timespan, time_interval)
	found = _filters(filters or doc.filters_json)
	if doc.chart_type == "Group By":
		return get_group_by_chart_config(doc, found)
	period = _Period(doc, timespan, from_date, to_date, time_interval)
	return get_chart_config(doc, found, period)


def _from_source(
	doc: Any, filters: Any, from_date: Any, to_date: Any, timespan: Any, time_interval: Any
) -> Any:
	source = frappe.get_doc("Dashboard Chart Source", doc.source)
	return source.run(doc.name, filters, from_date, to_date, timespan, time_interval)


def _filters(filters: Any) -> list[Any]:
	filters = frappe.parse_json(filters) if isinstance(filters, str) else filters
	if isinstance(filters, dict):
		return [[key, "=", value] for key, value in filters.items()]
	# The desk stores a fifth item, whether the filter is hidden.
	return [list(item)[:4] for item in filters or ()]


class _Period:
	"""From when to when a time series goes, and in which steps."""

	def __init__(
		self, doc: Any, timespan: str | None, from_date: Any, to_date: Any, interval: str | None
	) -> None:
		timespan = timespan or doc.timespan or "Last Year"
		if timespan == "Select Date Range":
			from_date, to_date = from_date or doc.from_date, to_date or doc.to_date
		self.to_date = frappe.utils.getdate(to_date)
		self.from_date = frappe.utils.getdate(from_date) if from_date else first_day(self.to_date, timespan)
		self.interval = interval or doc.time_interval or "Monthly"


def get_chart_config(doc: Any, filters: list[Any], period: _Period) -> dict[str, Any]:
	"""Return a chart of counts, sums or averages per step of time.

	Args:
		doc: the Dashboard Chart.
		filters: list of conditions.
		period: from when to when.
	"""
	field = doc.based_on or "creation"
	value = doc.value_based_on if doc.chart_type != "Count" else None
	_check_fields(doc.document_type, field, value)
	conditions = [
		*filters,
		[doc.document_type, field, ">=", period.from_date],
		[doc.document_type, field, "<", frappe.utils.add_days(period.to_date, 1)],
	]
	rows = frappe.get_list(
		doc.document_type,
		fields=[field, *([value] if value else [])],
		filters=conditions,
		limit_page_length=0,
		as_list=True,
		parent_doctype=doc.get_parent_doctype(),
	)
	steps: dict[Any, list[float]] = {
		step: [] for step in add_periods(period.from_date, period.to_date, period.interval)
	}
	for row in rows:
		if row[0]:
			steps.setdefault(period_start(frappe.utils.getdate(row[0]), period.interval), []).append(
				row[1] if value else 1
			)
	values = [_aggregate(doc.chart_type, numbers) for numbers in steps.values()]
	labels = [label_of(step, period.interval) for step in steps]
	return {"labels": labels, "datasets": [{"name": _(doc.chart_name), "values": values}]}


def _aggregate(kind: str, numbers: list[Any]) -> float:
	numbers = [frappe.utils.flt(number) for number in numbers]
	if kind == "Average":
		return sum(numbers) / len(numbers) if numbers else 0
	return sum(numbers)


def get_group_by_chart_config(doc: Any, filters: list[Any]) -> dict[str, Any]:
	"""Return a chart of the values of one field, the most frequent first."""
	field = doc.group_by_based_on
	value = doc.aggregate_function_based_on if doc.group_by_type != "Count" else None
	_check_fields(doc.document_type, field, value)
	rows = frappe.get_list(
		doc.document_type,
		fields=[field, *([value] if value else [])],
		filters=filters,
		limit_page_length=0,
		as_list=True,
		parent_doctype=doc.get_parent_doctype(),
	)
	groups: dict[Any, list[Any]] = {}
	for row in rows:
		groups.setdefault(row[0], []).append(row[1] if value else 1)
	counted = [
		(group, _aggregate(doc.group_by_type or "Count", numbers)) for group, numbers in groups.items()
	]
	counted.sort(key=lambda item: -item[1])
	counted = _limited(counted, frappe.cint(doc.number_of_groups))
	return {
		"labels": [
			_(str(group)) if group not in (None, "") else _("Not Specified") for group, _number in counted
		],
		"datasets": [{"name": _(doc.chart_name), "values": [number for _group, number in counted]}],
	}


def _limited(counted: list[tuple[Any, float]], limit: int) -> list[tuple[Any, float]]:
	if not limit or len(counted) <= limit:
		return counted
	return [*counted[: limit - 1], (_("Other"), sum(number for _group, number in counted[limit - 1 :]))]


def _check_fields(doctype: str, *fields: str | None) -> None:
	"""A chart reads fields of its DocType only, and only those the user may read."""
	meta = frappe.get_meta(doctype)
	permitted = {*meta.get_permitted_fieldnames(), "name", "creation", "modified", "owner", "docstatus"}
	for field in fields:
		if field and field not in permitted:
			frappe.throw(_("Field {0} cannot be charted").format(field), frappe.PermissionError)


@frappe.whitelist(methods=["POST"])
def create_dashboard_chart(args: Any) -> Any:
	"""Insert a chart from the desk's dialog.

	Args:
		args: values of the chart, as a dict or JSON.
	"""
	args = frappe.parse_json(args)
	doc = frappe.new_doc("Dashboard Chart")
	doc.update({key: value for key, value in args.items() if doc.meta.has_field(key)})
	doc.chart_name = args.get("chart_name")
	doc.insert()
	return doc


@frappe.whitelist(methods=["POST"])
def add_chart_to_dashboard(args: Any) -> None:
	"""Put a chart on a dashboard.

	Args:
		args: {"dashboard", "chart_name"} as a dict or JSON.
	"""
	args = frappe._dict(frappe.parse_json(args))
	dashboard = frappe.get_doc("Dashboard", args.dashboard)
	dashboard.append("charts", {"chart": args.chart_name})
	dashboard.save()


def get_permission_query_conditions(user: str | None = None) -> str | None:
	"""Return the SQL condition for the charts a user may see."""
	return visible_condition("Dashboard Chart", user)


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None) -> bool:
	"""Tell whether a user may see a chart: what it counts decides, and its roles."""
	return is_visible(doc, user)
