from __future__ import annotations

import json
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json


class Dashboard(Document):
	"""Charts and number cards on one page."""

	def validate(self) -> None:
		from_file = frappe.flags.in_import or frappe.flags.in_migrate or frappe.flags.in_install
		if self.is_standard and not frappe.conf.developer_mode and not from_file:
			frappe.throw(_("Cannot edit Standard Dashboards"))
		try:
			json.loads(self.chart_options or "{}")
		except ValueError as error:
			frappe.throw(_("Invalid json added in the custom options: {0}").format(error))

	def on_update(self) -> None:
		if self.is_default:
			others = {"name": ("!=", self.name), "is_default": 1}
			for name in frappe.get_all("Dashboard", filters=others, pluck="name"):
				frappe.db.set_value("Dashboard", name, "is_default", 0)
		if self.is_standard:
			export_module_json(self, True, self.module)


@frappe.whitelist()
def get_permitted_charts(dashboard_name: str) -> list[dict[str, Any]]:
	"""Return the charts of a dashboard that the user may see."""
	dashboard = frappe.get_doc("Dashboard", dashboard_name)
	dashboard.check_permission("read")
	rows = []
	for row in dashboard.charts:
		if row.chart and frappe.has_permission("Dashboard Chart", doc=row.chart):
			chart = {"chart": row.chart, "width": row.width}
			if dashboard.chart_options:
				chart["custom_options"] = dashboard.chart_options
			rows.append(chart)
	return rows


@frappe.whitelist()
def get_permitted_cards(dashboard_name: str) -> list[Any]:
	"""Return the number cards of a dashboard that the user may see."""
	dashboard = frappe.get_doc("Dashboard", dashboard_name)
	dashboard.check_permission("read")
	return [row for row in dashboard.cards if frappe.has_permission("Number Card", doc=row.card)]
