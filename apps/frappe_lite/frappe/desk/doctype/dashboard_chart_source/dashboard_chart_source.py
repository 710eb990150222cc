from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.modules.utils import export_module_json, get_module_app


class DashboardChartSource(Document):
	"""A function of an app that feeds charts of kind Custom."""

	def on_update(self) -> None:
		export_module_json(self, True, self.module)

	def run(self, chart_name: str | None, *args: Any) -> Any:
		"""Call `get(chart_name, …)` of the source's module.

		Args:
			chart_name: the chart that asks.
			args: filters, from_date, to_date, timespan, time_interval.

		Raises:
			ValidationError: the module has no such whitelisted function.
		"""
		scrubbed = frappe.scrub(self.name)
		module = frappe.scrub(self.module)
		path = f"{get_module_app(self.module)}.{module}.dashboard_chart_source.{scrubbed}.{scrubbed}.get"
		function = frappe.get_attr(path)
		if not frappe.is_whitelisted(function) and function not in frappe.whitelisted:
			frappe.throw(_("{0} is not whitelisted").format(path), frappe.PermissionError)
		names = ("filters", "from_date", "to_date", "timespan", "time_interval")
		return frappe.call(function, chart_name=chart_name, **dict(zip(names, args, strict=True)))


@frappe.whitelist()
def get_config(name: str) -> str:
	"""Return the script that describes the source to the desk."""
	import os

	source = frappe.get_doc("Dashboard Chart Source", name)
	source.check_permission("read")
	scrubbed = frappe.scrub(name)
	folder = os.path.join(frappe.get_module_path(source.module), "dashboard_chart_source", scrubbed)
	return frappe.read_file(os.path.join(folder, f"{scrubbed}.js")) or ""
